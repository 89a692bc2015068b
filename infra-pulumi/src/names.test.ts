import { logsUrl, namesOf } from './names';

test('a stack names its group, hooks and logs after itself', () => {
  expect(namesOf('Prod_EU')).toEqual({
    asg: 'chat-prod-eu',
    launchHook: 'chat-prod-eu-ready',
    logGroup: '/chat/chat-prod-eu',
    agentParameter: '/chat/chat-prod-eu/cloudwatch-agent',
  });
});

test('no name is longer than AWS takes', () => {
  const { asg, launchHook } = namesOf('x'.repeat(300));
  expect(asg.length).toBeLessThanOrEqual(255);
  expect(launchHook.length).toBeLessThanOrEqual(255);
});

test('the link to the logs is escaped as the console wants it', () => {
  expect(logsUrl('eu-central-1', '/chat/a')).toMatch(
    /#logsV2:log-groups\/log-group\/\$252Fchat\$252Fa$/,
  );
});
