import type { Readiness } from './readiness';

export interface HealthAnswer {
  readonly status: 200 | 404 | 405 | 503;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const methods = ['GET', 'HEAD'];
// An answer that someone keeps for later would be a lie by then.
const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };

/** What is answered to a request; a HEAD gets all of it but the body. */
export function healthAnswer(method: string, target: string, readiness: Readiness): HealthAnswer {
  const page = pageOf(pathOf(target), readiness);
  if (page.status === 404 || methods.includes(method)) return { ...page, headers };
  return {
    status: 405,
    body: 'method not allowed',
    headers: { ...headers, Allow: methods.join(', ') },
  };
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}

function pageOf(path: string, readiness: Readiness): Pick<HealthAnswer, 'status' | 'body'> {
  switch (path) {
    case '/healthz':
      return { status: 200, body: 'ok' };
    case '/readyz': {
      const answer = readiness.check();
      return answer.ready ? { status: 200, body: 'ready' } : { status: 503, body: answer.reason };
    }
    default:
      return { status: 404, body: 'not found' };
  }
}
