import { type HttpAnswer, type HttpRequest, jsonAnswer, type Route } from '../http/route';
import type { Action, ActionOutcome, Observer } from './observer';
import { pageFile } from './page-files';
import { type ReportFilter, reportKinds } from './report-journal';

const api = '/observer/api';
const searchedByDefault = 50;
const reportsByDefault = 200;
const samplesByDefault = 720;
const textCharactersMax = 200;

const statuses: Readonly<Record<ActionOutcome, number>> = {
  done: 200,
  'not-found': 404,
  'not-running': 409,
  'not-allowed': 403,
};

/** The observer over HTTP: its page, what it shows as JSON and as events, and its actions. */
export function observerRoutes(observer: Observer): readonly Route[] {
  return [
    { method: 'GET', path: '/observer', answer: () => toThePage },
    get('/server', ({ from }) => jsonAnswer({ ...observer.server(), you: from })),
    get('/tree', () => jsonAnswer(observer.tree())),
    get('/actors', ({ query }) => {
      const actor = observer.actor(query.get('path') ?? '');
      return actor === undefined ? notFound : jsonAnswer(actor);
    }),
    get('/search', ({ query }) => {
      const text = textOf(query, 'q') ?? '';
      return jsonAnswer({ actors: observer.search(text, countOf(query, searchedByDefault)) });
    }),
    get('/reports', ({ query }) => {
      const count = countOf(query, reportsByDefault);
      const after = Number(query.get('after') ?? 0) || 0;
      return jsonAnswer({ reports: observer.reports(filterOf(query), count, after) });
    }),
    get('/charts', ({ query }) => jsonAnswer(observer.charts(countOf(query, samplesByDefault)))),
    { method: 'GET', path: `${api}/rooms`, answer: async () => jsonAnswer(await observer.rooms()) },
    {
      method: 'GET',
      path: `${api}/events`,
      answer: ({ query }) => ({
        subscribe: (stream) => observer.watch(stream, filterOf(query)),
      }),
    },
    action('restart', observer),
    action('disconnect', observer),
    { method: 'GET', path: '/observer/*', answer: ({ path }) => pageFile(pageName(path)) },
  ];
}

const notFound = jsonAnswer({ error: 'not-found' }, 404);

const toThePage: HttpAnswer = {
  status: 303,
  contentType: 'text/plain; charset=utf-8',
  body: '',
  headers: { Location: '/observer/' },
};

function get(path: string, answer: (request: HttpRequest) => HttpAnswer): Route {
  return { method: 'GET', path: api + path, answer };
}

function action(name: Action['action'], observer: Observer): Route {
  return {
    method: 'POST',
    path: `${api}/actions/${name}`,
    answer({ body, from }) {
      const target = targetIn(body, name);
      if (target === undefined) return jsonAnswer({ error: 'bad-request' }, 400);
      const outcome = observer.act(name, target, from);
      return jsonAnswer({ outcome }, statuses[outcome]);
    },
  };
}

/** What an action is to be done to: `path`, or the number of a `connection`. */
function targetIn(body: string, name: Action['action']): string | number | undefined {
  const { path, connection } = fieldsOf(body);
  if (typeof path === 'string' && path.length <= textCharactersMax) return path;
  return name === 'disconnect' && Number.isSafeInteger(connection)
    ? (connection as number)
    : undefined;
}

function fieldsOf(body: string): { readonly path?: unknown; readonly connection?: unknown } {
  try {
    const fields: unknown = JSON.parse(body);
    return typeof fields === 'object' && fields !== null ? fields : {};
  } catch {
    return {};
  }
}

function pageName(path: string): string {
  return path.slice('/observer/'.length) || 'index.html';
}

function filterOf(query: URLSearchParams): ReportFilter {
  const kinds = (query.get('kind') ?? '').split(',').filter((kind) => isKind(kind));
  const path = textOf(query, 'path');
  const text = textOf(query, 'text');
  return {
    ...(kinds.length > 0 && { kinds: new Set(kinds) }),
    ...(path !== undefined && { path }),
    ...(text !== undefined && { text }),
  };
}

function isKind(kind: string): boolean {
  return (reportKinds as readonly string[]).includes(kind);
}

function textOf(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name)?.slice(0, textCharactersMax);
  return text === '' ? undefined : text;
}

function countOf(query: URLSearchParams, byDefault: number): number {
  const limit = Number(query.get('limit') ?? byDefault);
  return Number.isSafeInteger(limit) && limit > 0 ? limit : byDefault;
}
