import type { IncomingMessage, ServerResponse } from 'node:http';
import { accessOf, type Asked, isOwnForm } from './access';
import type { EventConnections } from './event-connection';
import { healthAnswer, isHealthPath } from './health-answer';
import { loginPage } from './login-page';
import { loginStyle } from './login-style';
import type { Readiness } from './readiness';
import { bodyOf } from './request-body';
import { type HttpAnswer, type Route, routeOf, textAnswer } from './route';
import { noCookie, Token } from './token';

export interface ResponderOptions {
  readonly readiness: Readiness;
  readonly routes: readonly Route[];
  readonly events: EventConnections;
  readonly token?: string | undefined;
  /** Told of an exception in a route; whoever asked is answered 500. */
  readonly onBug: (error: unknown) => void;
}

/** What browsers are told of everything but health: nothing from elsewhere, in no frame, kept nowhere. */
const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not none at all: a browser would then not say whose form it sends.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

const loginStyleAnswer: HttpAnswer = {
  status: 200,
  contentType: 'text/css; charset=utf-8',
  body: loginStyle,
};

/** Answers requests: health to everyone, all else to those who are let in. */
export class Responder {
  readonly #token: Token | undefined;

  constructor(private readonly options: ResponderOptions) {
    const { token } = options;
    this.#token = token === undefined ? undefined : new Token(token);
  }

  /** Never rejects. */
  async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#answer(request, response);
    } catch (error) {
      this.options.onBug(error);
      if (response.headersSent) response.destroy();
      else send(request, response, textAnswer(500, 'internal error'));
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const [path = ''] = url.split('?', 1);
    // A body is not read where it is not asked for, so nothing can follow it.
    if (hasBody(request)) response.setHeader('Connection', 'close');
    if (isHealthPath(path)) {
      send(request, response, healthAnswer(method, path, this.options.readiness));
      return;
    }
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (path === '/login.css' && (method === 'GET' || method === 'HEAD')) {
      send(request, response, loginStyleAnswer);
      return;
    }
    if (path === '/login' || path === '/logout') {
      send(request, response, await this.#login(request, path));
      return;
    }
    const asked = askedIn(request);
    const access = accessOf(asked, this.#token, Date.now());
    if (access.isAllowed) await this.#route(request, response, path, access.from);
    else send(request, response, this.#refusal(asked, access.status, access.why));
  }

  #refusal({ method, headers }: Asked, status: 401 | 403, why: string): HttpAnswer {
    const isPerson = method === 'GET' && (headers.accept ?? '').includes('text/html');
    if (status === 401 && isPerson) return loginPage(401);
    const answer = textAnswer(status, why);
    return status === 401 ? { ...answer, headers: { 'WWW-Authenticate': 'Bearer' } } : answer;
  }

  async #login(request: IncomingMessage, path: string): Promise<HttpAnswer> {
    const token = this.#token;
    const { method = '' } = request;
    if (token === undefined) return textAnswer(404, 'There is no token to log in with.');
    if (path === '/login' && (method === 'GET' || method === 'HEAD')) return loginPage(200);
    if (method !== 'POST') return notAllowed('POST');
    if (!isOwnForm(askedIn(request))) return loginPage(403, 'Asked for by another site.');
    if (path === '/logout') return redirect('/login', noCookie);
    const body = await bodyOf(request);
    if (body === undefined) return textAnswer(413, 'too large');
    const given = new URLSearchParams(body).get('token') ?? '';
    return token.isSame(given)
      ? redirect('/observer/', token.cookie(Date.now()))
      : loginPage(401, 'That is not the token.');
  }

  async #route(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    from: string,
  ): Promise<void> {
    const { method = '', url = '', headers } = request;
    const route = routeOf(this.options.routes, method, path);
    if (route === undefined) return send(request, response, textAnswer(404, 'not found'));
    if (route === 'method-not-allowed') return send(request, response, notAllowed());
    const body = method === 'POST' ? await bodyOf(request) : '';
    if (body === undefined) return send(request, response, textAnswer(413, 'too large'));
    const query = new URLSearchParams(url.slice(path.length));
    const answer = await route.answer({ method, path, query, headers, body, from });
    if (!('subscribe' in answer)) return send(request, response, answer);
    const { events } = this.options;
    if (events.isFull) {
      return send(request, response, textAnswer(503, 'As many are watching as may.'));
    }
    response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
    if (method === 'HEAD') response.end();
    else events.open(response, answer.subscribe);
  }
}

function askedIn(request: IncomingMessage): Asked {
  const { method = '', headers, socket } = request;
  return { method, headers, remoteAddress: socket.remoteAddress };
}

function notAllowed(allowed = 'GET, HEAD, POST'): HttpAnswer {
  return { ...textAnswer(405, 'method not allowed'), headers: { Allow: allowed } };
}

function redirect(to: string, cookie: string): HttpAnswer {
  return { ...textAnswer(303, ''), headers: { Location: to, 'Set-Cookie': cookie } };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return 'content-length' in headers || 'transfer-encoding' in headers;
}

/** A HEAD gets all of it but the body. */
function send(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  const { status, contentType, body, headers } = answer;
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
