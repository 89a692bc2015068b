import type { Readiness } from './readiness';
import { type HttpAnswer, textAnswer } from './route';

const methods = ['GET', 'HEAD'];
// An answer that someone keeps for later would be a lie by then.
const headers = { 'Cache-Control': 'no-store' };

/** Whether everyone may ask for it, without a word about who they are. */
export function isHealthPath(path: string): boolean {
  return path === '/healthz' || path === '/readyz';
}

/** What is answered to a health check. */
export function healthAnswer(method: string, path: string, readiness: Readiness): HttpAnswer {
  if (!methods.includes(method)) {
    const answer = textAnswer(405, 'method not allowed');
    return { ...answer, headers: { ...headers, Allow: methods.join(', ') } };
  }
  return { ...healthOf(path, readiness), headers };
}

function healthOf(path: string, readiness: Readiness): HttpAnswer {
  if (path === '/healthz') return textAnswer(200, 'ok');
  const answer = readiness.check();
  return answer.ready ? textAnswer(200, 'ready') : textAnswer(503, answer.reason);
}
