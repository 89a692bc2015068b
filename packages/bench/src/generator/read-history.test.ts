import { texts } from '@chat-server/protocol';
import { lineKey } from '../checking/order-log';
import { CountedLineEncoder, userName } from '../wire/counted-line';
import { keyOfHistoryLine } from './read-history';

test('a counted line is recognised in a history', () => {
  const text = new CountedLineEncoder('').encode([{ sequence: 42, sentAtUs: undefined }]);
  const line = texts.historyLine(0, texts.said(userName(7), text.toString().trimEnd()));
  expect(keyOfHistoryLine(line)).toBe(lineKey(7, 42));
});

test('any other line is none', () => {
  expect(keyOfHistoryLine(texts.historyLine(0, texts.joined('u00007', 'r00000')))).toBeUndefined();
  expect(keyOfHistoryLine(texts.historyLine(0, texts.said('u00007', '#1')))).toBeUndefined();
});
