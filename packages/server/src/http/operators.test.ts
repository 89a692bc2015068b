import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { httpAnswer } from './http-client.suite';
import { HttpServer } from './http-server';
import { Readiness } from './readiness';
import { eventOf, type EventStream, jsonAnswer, type Route, textAnswer } from './route';

const secret = 'a-token-of-some-length';
const servers: HttpServer[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const streams = new Set<EventStream>();
const routes: readonly Route[] = [
  { method: 'GET', path: '/metrics', answer: () => textAnswer(200, 'up 1') },
  {
    method: 'GET',
    path: '/api/*',
    answer: ({ path, query, from }) => jsonAnswer({ path, q: query.get('q'), from }),
  },
  { method: 'POST', path: '/api/act', answer: ({ body }) => jsonAnswer({ body }) },
  {
    method: 'GET',
    path: '/bug',
    answer() {
      throw new Error('bug');
    },
  },
  {
    method: 'GET',
    path: '/events',
    answer: () => ({
      subscribe(stream) {
        streams.add(stream);
        stream.send(eventOf('hello', { a: 1 }));
        return () => streams.delete(stream);
      },
    }),
  },
];

async function listening(token?: string): Promise<{ port: number; bugs: unknown[] }> {
  const bugs: unknown[] = [];
  const options = { port: 0, host: '127.0.0.1', token };
  const server = new HttpServer(options, new Readiness(), routes, (bug) => bugs.push(bug));
  servers.push(server);
  return { port: await server.open(() => undefined), bugs };
}

const json = { 'Content-Type': 'application/json', 'X-Chat-Action': '1' };

test('without a token, this machine is answered, under its own names only', async () => {
  const { port } = await listening();
  expect(await httpAnswer(port, '/metrics')).toMatchObject({ status: 200, body: 'up 1' });
  const headers = { Host: 'chat.example' };
  const refused = await httpAnswer(port, '/metrics', { headers });
  expect(refused).toMatchObject({ status: 403, body: expect.stringContaining('--http-token') });
  expect(await httpAnswer(port, '/healthz', { headers })).toMatchObject({ status: 200 });
});

test('with a token, only health is for everyone', async () => {
  const { port } = await listening(secret);
  expect(await httpAnswer(port, '/healthz')).toMatchObject({ status: 200 });
  expect(await httpAnswer(port, '/readyz')).toMatchObject({ status: 503 });
  const refused = await httpAnswer(port, '/metrics');
  expect(refused).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
  expect(await httpAnswer(port, '/missing')).toMatchObject({ status: 401 });
  const headers = { Authorization: `Bearer ${secret}` };
  expect(await httpAnswer(port, '/metrics', { headers })).toMatchObject({ status: 200 });
});

test('a browser logs in with a form, and out again', async () => {
  const { port } = await listening(secret);
  const form = await httpAnswer(port, '/observer/', { headers: { Accept: 'text/html' } });
  expect(form).toMatchObject({ status: 401, body: expect.stringContaining('action="/login"') });
  const post = {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  };
  const wrong = await httpAnswer(port, '/login', post, 'token=<b>');
  expect(wrong).toMatchObject({ status: 401, body: expect.not.stringContaining('<b>') });
  expect(wrong.headers['set-cookie']).toBeUndefined();
  const right = await httpAnswer(port, '/login', post, `token=${secret}`);
  expect(right).toMatchObject({ status: 303, headers: { location: '/observer/' } });
  const [cookie = ''] = right.headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  const headers = { Cookie: cookie.split(';', 1)[0] };
  expect(await httpAnswer(port, '/metrics', { headers })).toMatchObject({ status: 200 });
  const out = await httpAnswer(port, '/logout', { method: 'POST' });
  expect(out.headers['set-cookie']?.[0]).toContain('Max-Age=0');
});

test('the form has a style that everyone may have, and nothing else of the pages', async () => {
  const { port } = await listening(secret);
  const form = await httpAnswer(port, '/login');
  expect(form.body).toContain('href="/login.css"');
  const style = await httpAnswer(port, '/login.css');
  expect(style).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/css; charset=utf-8' },
  });
  expect(await httpAnswer(port, '/observer/observer.css')).toMatchObject({ status: 401 });
});

test('a form of another site logs nobody in, and without a token there is none', async () => {
  const { port } = await listening(secret);
  const foreign = { method: 'POST', headers: { Origin: 'http://evil' } };
  expect(await httpAnswer(port, '/login', foreign, `token=${secret}`)).toMatchObject({
    status: 403,
  });
  const { port: open } = await listening();
  expect(await httpAnswer(open, '/login')).toMatchObject({ status: 404 });
});

test('what is answered to operators is for this page alone, and kept nowhere', async () => {
  const { port } = await listening();
  for (const path of ['/metrics', '/missing', '/login']) {
    expect((await httpAnswer(port, path)).headers).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /default-src 'self'.*frame-ancestors 'none'/,
      ),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  }
});

test('a route is told what was asked, and by whom', async () => {
  const { port } = await listening();
  const answer = await httpAnswer(port, '/api/a/b?q=x%20y');
  expect(JSON.parse(answer.body)).toEqual({
    path: '/api/a/b',
    q: 'x y',
    from: '127.0.0.1 (this machine)',
  });
  expect(await httpAnswer(port, '/api/a', { method: 'HEAD' })).toMatchObject({ body: '' });
  expect(await httpAnswer(port, '/api/a', { method: 'PUT' })).toMatchObject({ status: 405 });
});

test('an action needs its header, and has a body of a bounded size', async () => {
  const { port } = await listening();
  const post = (headers: Record<string, string>, body: string) =>
    httpAnswer(port, '/api/act', { method: 'POST', headers }, body);
  expect(await post({}, '{}')).toMatchObject({ status: 403 });
  expect(await post({ ...json, Origin: 'http://evil' }, '{}')).toMatchObject({ status: 403 });
  expect(JSON.parse((await post(json, '{"a":1}')).body)).toEqual({ body: '{"a":1}' });
  expect(await post({ ...json, 'Content-Length': '5000' }, 'x'.repeat(5_000))).toMatchObject({
    status: 413,
  });
});

test('a bug in a route is told, and answered without a word of it', async () => {
  const { port, bugs } = await listening();
  const answer = await httpAnswer(port, '/bug');
  expect(answer).toMatchObject({ status: 500, body: 'internal error' });
  expect(bugs).toEqual([new Error('bug')]);
});

async function watching(
  port: number,
): Promise<{ status: number | undefined; response: IncomingMessage }> {
  const asked = request({ host: '127.0.0.1', port, path: '/events', agent: false }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: response.statusCode, response };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !isSo(); tries++) await setTimeout(20);
  if (!isSo()) throw new Error('waited in vain');
}

test('events come as they are sent, to a bounded number of watchers', async () => {
  const { port } = await listening();
  const watchers = await Promise.all(Array.from({ length: 16 }, () => watching(port)));
  expect(watchers.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200));
  expect(await httpAnswer(port, '/events')).toMatchObject({ status: 503 });
  expect(await httpAnswer(port, '/healthz')).toMatchObject({ status: 200 });
  const [first] = watchers;
  let read = '';
  first?.response.on('data', (chunk: Buffer) => (read += chunk.toString()));
  for (const stream of streams) stream.send(eventOf('more', 'x\ny'));
  await until(() => read.includes('event: more\ndata: "x\\ny"\n\n'));
  expect(read).toContain('event: hello\ndata: {"a":1}\n\n');
  expect(first?.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  for (const { response } of watchers) response.destroy();
  await until(() => streams.size === 0);
  expect(await watching(port)).toMatchObject({ status: 200 });
});

test('a watcher who does not read is cut off', async () => {
  const { port } = await listening();
  const { response } = await watching(port);
  response.on('error', () => undefined);
  await until(() => streams.size === 1);
  const [stream] = streams;
  const much = eventOf('much', 'x'.repeat(100_000));
  for (let sent = 0; sent < 500 && streams.size > 0; sent++) {
    stream?.send(much);
    await setTimeout(1);
  }
  expect(streams.size).toBe(0);
  expect(() => stream?.send(much)).not.toThrow();
});
