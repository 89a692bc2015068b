import { portOfRecord } from './server-process';

test('the port is read from the record that says the server listens', () => {
  const record = { level: 'info', port: 4711, msg: 'Chat server listening on port 4711' };
  expect(portOfRecord(JSON.stringify(record))).toBe(4711);
});

test('no other line of a log is taken for it', () => {
  expect(portOfRecord('{"msg":"progress report","port":1}')).toBeUndefined();
  expect(portOfRecord('Chat server listening on port 4711')).toBeUndefined();
  expect(portOfRecord('')).toBeUndefined();
});
