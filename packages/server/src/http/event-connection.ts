import type { ServerResponse } from 'node:http';
import type { EventStream, Subscribe } from './route';

const heartbeatMs = 15_000;
/** What may wait for someone who does not read; the socket's own buffers come on top. */
const waitingBytesMax = 512 * 1_024;

/** Streams of server-sent events: a bounded number, each to someone who reads it. */
export class EventConnections {
  readonly #streams = new Set<ServerResponse>();

  constructor(private readonly streamsMax: number) {}

  get isFull(): boolean {
    return this.#streams.size >= this.streamsMax;
  }

  open(response: ServerResponse, subscribe: Subscribe): void {
    this.#streams.add(response);
    // It has nothing more to say, and is quiet for as long as nothing changes.
    response.socket?.setTimeout(0);
    response.writeHead(200);
    // So that whoever watches knows that it is open.
    response.write('retry: 2000\n\n');
    const stream = streamTo(response);
    const heartbeat = setInterval(() => stream.send(':\n\n'), heartbeatMs);
    const stop = subscribe(stream);
    response.once('close', () => {
      clearInterval(heartbeat);
      this.#streams.delete(response);
      stop();
    });
  }
}

function streamTo(response: ServerResponse): EventStream {
  return {
    send(events) {
      if (response.destroyed || response.writableEnded) return;
      response.write(events);
      if (response.writableLength > waitingBytesMax) response.destroy();
    },
  };
}
