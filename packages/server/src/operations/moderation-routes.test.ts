import type { RequestOptions } from 'node:http';
import { texts } from '@chat-server/protocol';
import { Chat } from '../actors/chat.suite';
import { operator, registers } from '../actors/operator.suite';
import { httpAnswer } from '../http/http-client.suite';
import { HttpServer } from '../http/http-server';
import { Readiness } from '../http/readiness';
import { moderationRoutes } from './moderation-routes';

const open: HttpServer[] = [];
const action = { 'X-Chat-Action': '1', 'Content-Type': 'application/json' };
const token = 'a-token-of-many-letters';

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A chat whose operators can be asked about over HTTP. */
async function served(options: { readonly token?: string } = {}) {
  const chat = await Chat.start();
  const routes = moderationRoutes(
    () => chat.services,
    () => chat.clock.now(),
  );
  const server = new HttpServer(
    { port: 0, host: '127.0.0.1', ...options },
    new Readiness(),
    routes,
  );
  open.push(server);
  const port = await server.open(() => undefined);
  const ask = (path: string, more: RequestOptions = {}, body = '') =>
    httpAnswer(port, path, more, body);
  const change = (kind: string, body: string, headers: RequestOptions['headers'] = action) =>
    ask(`/api/operators/${kind}`, { method: 'POST', headers }, body);
  return { chat, ask, change };
}

test('an operator is made and unmade, and told at once', async () => {
  const { chat, ask, change } = await served();
  const one = await registers(chat, 'one');
  expect(await change('add', '{"name":"ONE"}')).toMatchObject({
    status: 200,
    body: '{"outcome":"done"}',
  });
  await one.sees(texts.nowOperator);
  expect((await ask('/api/operators')).body).toBe('{"operators":["one"]}');
  expect(await change('remove', '{"name":"one"}')).toMatchObject({ status: 200 });
  await one.sees(texts.noLongerOperator);
  expect(await chat.services.records.latest(2)).toMatchObject([
    { by: '127.0.0.1 (this machine)', action: 'operator add', target: 'one' },
    { by: '127.0.0.1 (this machine)', action: 'operator remove', target: 'one' },
  ]);
});

test.each([
  ['{"name":"nobody"}', 404, 'not-registered'],
  ['{"name":"no name"}', 400, 'no-name'],
  ['{"name":7}', 400, 'no-name'],
  ['null', 400, 'no-name'],
  ['nonsense', 400, 'no-name'],
  ['', 400, 'no-name'],
])('%j makes nobody an operator', async (body, status, outcome) => {
  const { chat, change } = await served();
  await chat.login('nobody');
  expect(await change('add', body)).toMatchObject({ status, body: JSON.stringify({ outcome }) });
});

test('nobody is made an operator by another site, or without the header of an action', async () => {
  const { chat, change } = await served();
  const one = await registers(chat, 'one');
  const body = '{"name":"one"}';
  for (const headers of [
    { 'Content-Type': 'application/json' },
    { 'X-Chat-Action': '1', 'Content-Type': 'text/plain' },
    { ...action, Origin: 'http://example.org' },
    { ...action, 'Sec-Fetch-Site': 'cross-site' },
    { ...action, Host: 'example.org' },
    { ...action, 'X-Forwarded-For': '192.0.2.7' },
  ]) {
    expect((await change('add', body, headers)).status).toBe(403);
  }
  await one.does('/lockdown', texts.unknownCommand);
});

test('with a token, nobody is made an operator or sees what they did without it', async () => {
  const { chat, ask, change } = await served({ token });
  await registers(chat, 'one');
  const body = '{"name":"one"}';
  expect((await change('add', body)).status).toBe(401);
  const wrong = { ...action, Authorization: 'Bearer another-token-of-letters' };
  expect((await change('add', body, wrong)).status).toBe(401);
  for (const path of ['/api/moderation', '/api/operators']) {
    expect((await ask(path)).status).toBe(401);
  }
  expect(await chat.services.operators.list()).toEqual([]);
  const headers = { ...action, Authorization: `Bearer ${token}` };
  expect((await change('add', body, headers)).status).toBe(200);
});

test('all that is in force and was done is told, without what is over', async () => {
  const { chat, ask } = await served();
  const op = await operator(chat);
  const nowMs = chat.clock.now();
  const terms = { reason: '<b>spam</b>' };
  await op.does(
    '/server ban one 1s',
    texts.sanctioned('banned', 'one', { untilMs: nowMs + 1_000 }, nowMs),
  );
  await op.does('/server ban two <b>spam</b>', texts.sanctioned('banned', 'two', terms, nowMs));
  await op.does('/lockdown guests', texts.lockdownIs('guests'));
  chat.clock.advance(1_000);
  const { status, body } = await ask('/api/moderation?limit=2');
  const by = { by: 'op', atMs: nowMs };
  expect({ status, view: JSON.parse(body) as unknown }).toEqual({
    status: 200,
    view: {
      outcome: 'done',
      atMs: nowMs + 1_000,
      operators: ['op'],
      lockdown: { mode: 'guests', ...by },
      bans: [{ target: 'two', reason: '<b>spam</b>', ...by }],
      mutes: [],
      records: [
        { action: 'lockdown', target: 'guests', ...by },
        { action: 'ban', target: 'two', reason: '<b>spam</b>', ...by },
      ],
    },
  });
});

test('where the store is away, that is answered', async () => {
  const { chat, ask, change } = await served();
  chat.store.losesTouch('read', 'change', 'tail');
  const away = { status: 503, body: '{"outcome":"store-away"}' };
  expect(await ask('/api/moderation')).toMatchObject(away);
  expect(await ask('/api/operators')).toMatchObject(away);
  expect(await change('add', '{"name":"one"}')).toMatchObject(away);
});
