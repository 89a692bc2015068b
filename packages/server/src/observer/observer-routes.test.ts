import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { ActorSystem } from '@chat-server/supervision';
import { httpAnswer } from '../http/http-client.suite';
import { HttpServer } from '../http/http-server';
import { Readiness } from '../http/readiness';
import { crowdSystem, observedIn } from './observed.suite';
import { Observer } from './observer';
import { observerRoutes } from './observer-routes';

let system: ActorSystem;
let server: HttpServer;
let port: number;
let observer: Observer;
const bugs: unknown[] = [];

beforeAll(async () => {
  system = await crowdSystem(30);
  observer = new Observer(observedIn(system));
  const options = { port: 0, host: '127.0.0.1' };
  server = new HttpServer(options, new Readiness(), observerRoutes(observer), (bug) => {
    bugs.push(bug);
  });
  port = await server.open(() => undefined);
});

afterAll(async () => {
  server.close();
  await system.stop();
});

async function json(path: string): Promise<unknown> {
  const { status, headers, body } = await httpAnswer(port, `/observer/api${path}`);
  expect({ status, type: headers['content-type'] }).toEqual({
    status: 200,
    type: 'application/json; charset=utf-8',
  });
  return JSON.parse(body);
}

async function post(
  action: string,
  body: unknown,
): Promise<{ status: number | undefined; told: unknown }> {
  const headers = { 'Content-Type': 'application/json', 'X-Chat-Action': '1' };
  const options = { method: 'POST', headers };
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await httpAnswer(port, `/observer/api/actions/${action}`, options, sent);
  return { status: answer.status, told: JSON.parse(answer.body) };
}

test('the page and its files are served, and no others', async () => {
  const page = await httpAnswer(port, '/observer/');
  expect(page).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
  expect(page.body).toContain('<script src="observer.js"');
  expect(page.body).not.toMatch(/<script>|style=|onclick=/);
  expect(await httpAnswer(port, '/observer/observer.js')).toMatchObject({ status: 200 });
  expect(await httpAnswer(port, '/observer')).toMatchObject({
    status: 303,
    headers: { location: '/observer/' },
  });
  const others = [
    'none.js',
    '../observer.ts',
    '%2e%2e/observer.ts',
    '..%2fobserver.ts',
    'a/b.js',
    '.x.js',
  ];
  for (const name of others) {
    expect(await httpAnswer(port, `/observer/${name}`)).toMatchObject({ status: 404 });
  }
});

test('the tree, an actor, and a search are told as JSON', async () => {
  expect(await json('/tree')).toMatchObject({
    atMs: expect.any(Number),
    actors: expect.arrayContaining([expect.objectContaining({ path: 'top/one', parent: 'top' })]),
  });
  expect(await json('/actors?path=top/crowd/connection-3')).toMatchObject({ id: 'connection-3' });
  expect(await httpAnswer(port, '/observer/api/actors?path=top/none')).toMatchObject({
    status: 404,
    body: '{"error":"not-found"}',
  });
  expect(await httpAnswer(port, '/observer/api/actors')).toMatchObject({ status: 404 });
  expect(await json('/search?q=connection-2&limit=2')).toMatchObject({
    actors: [{ id: 'connection-2' }, { id: 'connection-20' }],
  });
  expect(await json('/search?q=connection&limit=-1')).toMatchObject({
    actors: { length: 30 },
  });
});

test('who asks is told which server it is, and how they are known', async () => {
  expect(await json('/server')).toEqual({
    version: '1.2.3',
    node: 'abc-1',
    state: 'ready',
    you: '127.0.0.1 (this machine)',
  });
});

test('charts, reports and rooms are told as JSON', async () => {
  expect(await json('/charts')).toEqual({ everyMs: 5_000, names: [], samples: [] });
  expect(await json('/reports?kind=crash,nonsense&path=top&text=x&limit=5&after=1')).toEqual({
    reports: [],
  });
  expect(await json('/rooms')).toEqual({
    rooms: [{ name: 'Planes', size: 2 }],
    publicCount: 1,
    privateCount: 4,
  });
});

test('events begin with all there is, and end when nobody reads them', async () => {
  const asked = request({
    host: '127.0.0.1',
    port,
    path: '/observer/api/events',
    agent: false,
  }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let read = '';
  for await (const chunk of response) {
    read += String(chunk);
    if (read.includes('event: charts')) break;
  }
  expect(read).toMatch(/event: tree\ndata: \{"atMs":.*\n\nevent: reports\ndata: /s);
  while (observer.isWatched) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(observer.isWatched).toBe(false);
});

test('an action says what became of it', async () => {
  expect(await post('restart', { path: 'top/one' })).toEqual({
    status: 200,
    told: { outcome: 'done' },
  });
  expect(await post('restart', { path: 'top/none' })).toMatchObject({ status: 404 });
  expect(await post('disconnect', { connection: 7 })).toMatchObject({ status: 200 });
  expect(await post('disconnect', { path: 'top/x' })).toMatchObject({ status: 404 });
  expect(await json('/reports?kind=action')).toMatchObject({
    reports: [
      { summary: 'restart by 127.0.0.1 (this machine): done' },
      { summary: expect.stringContaining('not-found') },
      { summary: expect.stringContaining('done') },
      {},
    ],
  });
});

test.each([
  ['restart', '{'],
  ['restart', 'null'],
  ['restart', { connection: 7 }],
  ['restart', { path: 5 }],
  ['disconnect', { connection: 'x' }],
  ['disconnect', { connection: 1.5 }],
  ['disconnect', { path: 'x'.repeat(300) }],
])('%s of %j is no request', async (action, body) => {
  expect(await post(action, body)).toEqual({ status: 400, told: { error: 'bad-request' } });
});

test('nothing of this was a bug', () => {
  expect(bugs).toEqual([]);
});
