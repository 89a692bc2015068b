import type { TerminalPlan } from '../generator/traffic-plan';
import { closedLoop, oneRoom } from './plans';
import type { Scenario, TerminalVariant } from './scenario';

/** The room of `room-1000`, some of whose members have terminals. */
function variant(name: string, terminals?: TerminalPlan): TerminalVariant {
  const plan = oneRoom(1_000, 10, closedLoop(4));
  return { name, plan: terminals === undefined ? plan : { ...plan, terminals } };
}

/** Those in which the server edits people's lines; the baselines cannot. */
export const terminalScenarios: readonly Scenario[] = [
  {
    name: 'terminals',
    course: {
      kind: 'terminals',
      variants: [
        variant('all plain'),
        variant('half terminals', { everyNth: 2, columns: [80] }),
        variant('half, 60 to 140 columns', { everyNth: 2, columns: [60, 70, 80, 100, 120, 140] }),
        variant('all terminals', { everyNth: 1, columns: [80] }),
      ],
    },
    comparedBy: [],
    servers: ['server'],
  },
  {
    name: 'terminals-idle',
    course: { kind: 'terminals-idle', users: 2_000, linesEntered: 20 },
    comparedBy: [],
    servers: ['server'],
  },
];
