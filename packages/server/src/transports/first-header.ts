import type { Socket } from 'node:net';
import { parseProxyHeader, type RemoteEnd } from './proxy-header';

/** What came of waiting for a PROXY header. */
export type FirstHeader =
  | { readonly type: 'header'; readonly client?: RemoteEnd }
  /** There is none, or not in time. */
  | { readonly type: 'missing' }
  /** It was closed without a byte, as load balancers do to see whether someone is there. */
  | { readonly type: 'closed' };

/**
 * Reads a PROXY header off a socket that nobody reads yet, and tells once what came of it. Of what
 * the client says nothing is taken: whoever reads next gets all of it. The socket is left paused.
 */
export function readFirstHeader(
  socket: Socket,
  withinMs: number,
  tell: (first: FirstHeader) => void,
): void {
  let bytes = Buffer.alloc(0);
  const timer = setTimeout(() => finish({ type: 'missing' }), withinMs);
  const onEnd = (): void => finish({ type: bytes.length === 0 ? 'closed' : 'missing' });
  const finish = (first: FirstHeader): void => {
    clearTimeout(timer);
    socket.off('data', onData).off('end', onEnd).off('close', onEnd);
    socket.pause();
    tell(first);
  };
  const onData = (chunk: Buffer): void => {
    bytes = Buffer.concat([bytes, chunk]);
    const parsed = parseProxyHeader(bytes);
    switch (parsed.type) {
      case 'incomplete':
        return;
      case 'invalid':
        finish({ type: 'missing' });
        return;
      case 'header': {
        const { byteLength, client } = parsed;
        socket.pause();
        if (bytes.length > byteLength) socket.unshift(bytes.subarray(byteLength));
        finish({ type: 'header', ...(client !== undefined && { client }) });
      }
    }
  };
  socket.on('data', onData).on('end', onEnd).on('close', onEnd);
  socket.resume();
}
