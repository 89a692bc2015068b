import { type OnReadOpts, Socket } from 'node:net';

/**
 * What is read of a socket at once, into memory that all sockets share. Node reads 64 KB otherwise, each
 * time into memory of its own, and once more as much after it was paused: many who flood and must wait
 * would have the server keep all of that.
 */
const buffer = Buffer.allocUnsafeSlow(1_024);

/** Where Node keeps what it makes a server's socket of: no part of its API, and so not taken for granted. */
const handleKey = '_handle';

interface Accepted {
  [handleKey]?: { readonly useUserBuffer?: unknown } | null;
}

/** One for all, too: called as a method of the socket. */
const onread: OnReadOpts = {
  buffer,
  callback(this: Socket, count: number, bytes: Uint8Array) {
    // Not Buffer.from: its pool would be kept, all of it, for as long as a line that must wait.
    this.emit('data', new Uint8Array(bytes.subarray(0, count)));
    return !this.isPaused();
  },
};

/**
 * A socket in the place of one that a server has accepted, which reads little at once (`onread` of
 * `net.Socket`, which servers have no option for) and stops at once when it is paused; it is paused, and
 * gives first what was read of the other one and put back. Where Node does not hand out what that
 * takes, it is the one that was accepted.
 */
export function readingLittle(accepted: Socket): Socket {
  const owner = accepted as unknown as Accepted;
  const handle = owner[handleKey];
  if (typeof handle?.useUserBuffer !== 'function') return accepted;
  const early = accepted.readableLength > 0 ? (accepted.read() as Buffer | null) : null;
  const options: object = { handle, allowHalfOpen: true, pauseOnCreate: true, onread };
  const socket = new Socket(options);
  if (early !== null) socket.unshift(early);
  owner[handleKey] = null;
  accepted.destroy();
  return socket;
}
