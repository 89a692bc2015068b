import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { probedIn, probePeers } from './tcp-table';

const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

function row(local: string, remote: string, state: string, retransmissions: string): string {
  const queues = '00000040:00000000 01:0000135E';
  return `   7: ${local} ${remote} ${state} ${queues} ${retransmissions}     0        0 1059 1 0`;
}

function table(...rows: readonly string[]): string {
  return [header, ...rows, ''].join('\n');
}

const nobody: ReadonlySet<string> = new Set();

/** Who does not answer on port 8080, by a table. */
function unansweredIn(text: string): string[] {
  return [...probedIn([text], 8080, nobody).unanswered];
}

test('a connection to which something is sent again is told by its other end', () => {
  const text = table(row('0100007F:1F90', '0200000A:B5FD', '01', '00000003'));
  expect(unansweredIn(text)).toEqual(['10.0.0.2:46589']);
});

test('one that answers, one that is closing and one of another port are not', () => {
  const text = table(
    row('0100007F:1F90', '0200000A:B5FD', '01', '00000000'),
    row('0100007F:1F90', '0200000A:B5FE', '04', '00000003'),
    row('0100007F:1F91', '0200000A:B5FF', '01', '00000003'),
  );
  expect(unansweredIn(text)).toEqual([]);
});

test('IPv4 ends of a dual-stack socket read as IPv4, and IPv6 ones in their short form', () => {
  const local = '00000000000000000000000000000000:1F90';
  const mapped = '0000000000000000FFFF00000200000A:B5FD';
  const ipv6 = 'B80D0120000000000000000001000000:0017';
  const text = table(row(local, mapped, '01', '00000001'), row(local, ipv6, '01', '00000001'));
  expect(unansweredIn(text)).toEqual(['10.0.0.2:46589', '2001:db8::1:23']);
});

test('a live connection of this machine answers', async () => {
  const server = createServer((socket) => socket.write('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect(port, '127.0.0.1');
  await once(client, 'data');
  const { unanswered } = await probePeers(port, nobody);
  client.destroy();
  server.close();
  expect(unanswered).toEqual(new Set());
});

test('who is connected is told from who is not, among those asked about', () => {
  const text = table(
    row('0100007F:1F90', '0200000A:B5FD', '01', '00000000'),
    row('0100007F:1F90', '0200000A:B5FE', '08', '00000000'),
    row('0100007F:1F90', '0200000A:B5FF', '06', '00000000'),
    row('0100007F:1F91', '0200000A:B600', '01', '00000000'),
    row('0100007F:1F90', '0200000A:B601', '01', '00000000'),
  );
  const ends = [46_589, 46_590, 46_591, 46_592].map((port) => `10.0.0.2:${port}`);
  expect(probedIn([text], 8080, new Set(ends)).gone).toEqual(new Set(ends.slice(2)));
});

test('nobody is taken to be gone, nor not to answer, where there is no table', () => {
  const probed = probedIn([], 8080, new Set(['10.0.0.2:46589']));
  expect(probed).toEqual({ unanswered: nobody, gone: nobody });
});

test('a connection that was reset while nobody read from it is gone', async () => {
  const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted: Socket[] = [];
  const ends: string[] = [];
  const clients: Socket[] = [];
  for (let count = 0; count < 2; count++) {
    const client = connect(port, '127.0.0.1');
    const [socket] = (await once(server, 'connection')) as [Socket];
    accepted.push(socket);
    ends.push(`127.0.0.1:${socket.remotePort}`);
    clients.push(client);
  }
  const [first] = clients;
  if (first === undefined) throw new Error('nobody is connected');
  first.write('x'.repeat(1_000));
  const closed = once(first, 'close');
  first.resetAndDestroy();
  await closed;
  const { gone } = await probePeers(port, new Set(ends));
  for (const socket of [...accepted, ...clients]) socket.destroy();
  server.close();
  expect(gone).toEqual(new Set(ends.slice(0, 1)));
});
