import {
  actorName,
  ask,
  type Behaviour,
  type Reply,
  type Report,
  startSystem,
  supervisor,
  worker,
} from './index';

type Message = number | { readonly sum: Reply<number> };

const counter: Behaviour<number, number, Message> = {
  init: (first) => first,
  receive(sum, message) {
    if (message === 13) throw new Error('13 is no number of mine');
    if (typeof message === 'number') return sum + message;
    message.sum.send(sum);
    return sum;
  },
};

export async function run(): Promise<unknown[]> {
  const said: unknown[] = [];
  const reports = (report: Report): void => {
    if (report.report === 'crash') said.push(`crash ${report.path}: ${report.error.message}`);
  };
  const name = actorName<Message>('counter');
  const root = supervisor({ children: [{ id: 'counter', start: worker(counter, 0, { name }) }] });
  const started = await startSystem(root, { name: 'chat', reports });
  const ref = started.ok ? started.system.whereIs(name) : undefined;
  for (const message of [1, 13, 3]) ref?.send(message); // starts again at 0 after 13; 3 still counts
  const sum = ref && (await ask<Message, number>(ref, (reply) => ({ sum: reply }), 1_000));
  if (sum?.ok) said.push(sum.value);
  if (started.ok) await started.system.stop();
  return said;
}
