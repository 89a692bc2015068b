/** What started this process, and wants to know how it does; that it hears of it is not promised. */
export interface ServiceManager {
  /** How often it is to be told that all is well; undefined where it does not ask. */
  readonly aliveEveryMs: number | undefined;
  /** People can connect. */
  ready(): void;
  /** The settings were read again, whatever came of it. */
  reloaded(): void;
  /** People are told goodbye, for which it may need `atMostMs` more than is usual. */
  stopping(atMostMs: number): void;
  /** All is well. */
  alive(): void;
}
