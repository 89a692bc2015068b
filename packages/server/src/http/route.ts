/** A request that was let in. */
export interface HttpRequest {
  readonly method: string;
  /** Without what follows a question mark. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Of a POST; empty else. */
  readonly body: string;
  /** Who asks, for records: an address, and how they were known. */
  readonly from: string;
}

/** What is answered, whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that goes on (server-sent events). */
export interface EventStream {
  /**
   * Sends what `eventOf` or others made. Whoever does not read is cut off, and is told nothing more:
   * they connect again and get what is then.
   */
  send(events: string): void;
}

/** Starts telling a stream of events; answers how to stop, which is called once, at its end. */
export type Subscribe = (stream: EventStream) => () => void;

/** What may be asked for; the first that matches a request answers it. */
export interface Route {
  /** A GET is also answered to HEAD. A POST is let in with X-Chat-Action only. */
  readonly method: 'GET' | 'POST';
  /** All of the path, or how it begins where it ends with `*`. */
  readonly path: string;
  readonly answer: (
    request: HttpRequest,
  ) => HttpAnswer | { readonly subscribe: Subscribe } | Promise<HttpAnswer>;
}

/** One server-sent event, its data as JSON. */
export function eventOf(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function jsonAnswer(value: unknown, status = 200): HttpAnswer {
  return {
    status,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(value),
  };
}

export function textAnswer(status: number, body: string): HttpAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

/** The route of a request; `method-not-allowed` where the path is known, with another method. */
export function routeOf(
  routes: readonly Route[],
  method: string,
  path: string,
): Route | 'method-not-allowed' | undefined {
  const matching = routes.filter((route) => isAt(route, path));
  if (matching.length === 0) return undefined;
  const wanted = method === 'HEAD' ? 'GET' : method;
  return matching.find((route) => route.method === wanted) ?? 'method-not-allowed';
}

function isAt(route: Route, path: string): boolean {
  return route.path.endsWith('*') ? path.startsWith(route.path.slice(0, -1)) : path === route.path;
}
