export type ReadinessAnswer =
  { readonly ready: true } | { readonly ready: false; readonly reason: NotReady };

export type NotReady = 'stopping' | 'draining' | 'store-away' | 'overloaded' | 'not listening';

/** Whether people can be sent to this node; each part is kept true by whoever knows it. */
export class Readiness {
  isListening = false;
  isStoreAvailable = false;
  /** It still serves, and accepts, but is about to stop. */
  isDraining = false;
  isStopping = false;
  /** It lets nobody in until it is on time again; who is in stays. */
  isOverloaded = false;

  /** The answer now, with the first reason against it. */
  check(): ReadinessAnswer {
    if (this.isStopping) return { ready: false, reason: 'stopping' };
    if (this.isDraining) return { ready: false, reason: 'draining' };
    if (!this.isStoreAvailable) return { ready: false, reason: 'store-away' };
    if (this.isOverloaded) return { ready: false, reason: 'overloaded' };
    if (!this.isListening) return { ready: false, reason: 'not listening' };
    return { ready: true };
  }
}
