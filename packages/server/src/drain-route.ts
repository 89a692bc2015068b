import { jsonAnswer, type Route } from './http/route';

/** Has operators drain the server over HTTP; `onDrain` is told who asked. */
export function drainRoute(onDrain: (from: string) => void): Route {
  return {
    method: 'POST',
    path: '/drain',
    answer({ from }) {
      onDrain(from);
      return jsonAnswer({ draining: true }, 202);
    },
  };
}
