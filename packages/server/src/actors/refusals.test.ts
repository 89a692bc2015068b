import { noMetrics } from '../metrics/metrics';
import type { RefusalReason } from '../transports/transport';
import { Refusals } from './refusals';

function refusals() {
  const records: [level: string, fields: object][] = [];
  const counted: string[] = [];
  const at = (level: string) => (fields: object) => void records.push([level, fields]);
  const log = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
  };
  const metrics = { ...noMetrics, refused: (reason: string) => void counted.push(reason) };
  const all = new Refusals({ log, metrics });
  const note = (address: string, nowMs: number, reason: RefusalReason = 'no-proxy-header'): void =>
    all.note({ address, reason }, nowMs);
  return { all, records, counted, note };
}

test('all are counted, and one a minute and address is logged, with how many it stands for', () => {
  const { records, counted, note } = refusals();
  for (const nowMs of [0, 1, 59_999, 60_000]) note('192.0.2.1', nowMs);
  note('192.0.2.2', 60_000);
  const reason = 'no-proxy-header';
  expect(records).toEqual([
    ['warn', { address: '192.0.2.1', reason, refusals: 1 }],
    ['warn', { address: '192.0.2.1', reason, refusals: 3 }],
    ['warn', { address: '192.0.2.2', reason, refusals: 1 }],
  ]);
  expect(counted).toHaveLength(5);
});

test('who speaks no TLS is logged only for those who look for it', () => {
  const { records, note } = refusals();
  note('192.0.2.1', 0, 'no-handshake');
  note('192.0.2.1', 0, 'too-many-handshakes');
  expect(records.map(([level]) => level)).toEqual(['debug', 'warn']);
});

test('of however many addresses, some are remembered: the last ones', () => {
  const { records, note } = refusals();
  for (let each = 0; each < 1_001; each++) note(`address ${each}`, 0);
  note('address 1', 1);
  expect(records).toHaveLength(1_001);
  note('address 0', 1);
  expect(records).toHaveLength(1_002);
});

test('some are told why at once, and then so many a second', () => {
  const { all } = refusals();
  const explained = (nowMs: number): number =>
    Array.from({ length: 1_000 }, () => all.mayExplain(nowMs)).filter((may) => may).length;
  expect([explained(0), explained(0), explained(1_000), explained(60_000)]).toEqual([
    100, 0, 20, 100,
  ]);
});
