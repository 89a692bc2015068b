import { telnetCode } from './telnet';

const { iac, will, wont, dont } = telnetCode;

test('the codes are those of RFC 854', () => {
  expect([iac, dont, telnetCode.do, wont, will, telnetCode.sb]).toEqual([
    255, 254, 253, 252, 251, 250,
  ]);
  expect([telnetCode.se, telnetCode.nop, telnetCode.ga]).toEqual([240, 241, 249]);
});
