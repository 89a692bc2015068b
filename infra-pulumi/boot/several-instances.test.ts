import { ChatClient } from './testing/chat-client';
import type { Machine } from './testing/machine';
import { balancedPort } from './testing/load-balancer';
import { hostAddress } from './testing/network';
import { Stage, awaitLogin, chatPort, openingMsMax } from './testing/stage';

const stage = new Stage();
let machines: readonly [Machine, Machine, Machine];

beforeAll(async () => {
  await stage.open();
  const userData = await stage.userData(await stage.repository.commit('main'));
  machines = [
    await stage.instance(userData),
    await stage.instance(userData),
    await stage.instance(userData),
  ];
  await stage.startLoadBalancer(machines);
  const [first, second] = machines;
  await Promise.all([first, second].map(bootUntilLogin));
  await stage.loadBalancer.awaitTargets([first.address, second.address]);
}, openingMsMax);

afterAll(() => stage.close());

async function bootUntilLogin(machine: Machine): Promise<void> {
  await machine.start();
  await awaitLogin(machine, 180);
}

async function inRoom(name: string, address: string, port: number): Promise<ChatClient> {
  const client = await ChatClient.join(name, address, port);
  client.says('/join Planes');
  await client.sees(`User ${name} joined Planes.`);
  return client;
}

test('people on different instances see each other', async () => {
  const [first, second] = machines;
  const founder = await ChatClient.join('founder', hostAddress, balancedPort);
  founder.says('/create Planes');
  await founder.sees('Room Planes created.');
  founder.leave();
  const one = await inRoom('one', first.address, chatPort);
  const two = await inRoom('two', second.address, chatPort);
  await one.sees('User two joined Planes.');
  one.says('Can you see me?');
  two.says('Yes, and you me?');
  await expect(two.sees('[one]: Can you see me?')).resolves.toBeUndefined();
  await expect(one.sees('[two]: Yes, and you me?')).resolves.toBeUndefined();
  one.leave();
  two.leave();
});

test('a rolling replacement loses no line: the new instance first, then the old one drained', async () => {
  const [old, staying, replacement] = machines;
  const listener = await inRoom('listener', staying.address, chatPort);
  const speakers = await Promise.all(
    ['ada', 'bea', 'cyd', 'dot'].map((name) => inRoom(name, hostAddress, balancedPort)),
  );
  const accepted = new Set<string>();
  let number = 0;
  const talk = async (speaker: ChatClient) => {
    if (!speaker.isConnected) return;
    const line = `${speaker.name} line ${++number}.`;
    speaker.says(line);
    // Whoever says something is shown it as others are: then it has been accepted.
    await listener.sees(line).then(() => accepted.add(line));
  };
  const talkAll = async () => {
    for (const speaker of speakers) await talk(speaker);
  };
  await talkAll();
  const booted = bootUntilLogin(replacement);
  await talkAll();
  await booted;
  await stage.loadBalancer.awaitTargets([old, staying, replacement].map((one) => one.address));
  await stage.loadBalancer.drain(old.address);
  await talkAll();
  await old.stop();
  await talkAll();
  await stage.loadBalancer.awaitTargets([staying, replacement].map((one) => one.address));
  // Who was on the old one is back on the others.
  for (const speaker of speakers) {
    if (speaker.isConnected) await talk(speaker);
    else await talk(await inRoom(speaker.name, hostAddress, balancedPort));
  }
  const reader = await ChatClient.join('reader', replacement.address, chatPort);
  reader.says('/join Planes');
  await reader.sees('User reader joined Planes.');
  reader.says('/history 100');
  await reader.sees(`dot line ${number}.`);
  expect([...accepted].filter((line) => !reader.has(line))).toEqual([]);
  reader.leave();
});
