import { type Rule, isOn, listOf, propsOf, ruleFor } from './rule';

const drainSecondsMin = 120;

/** The load balancer cuts nobody off: not when a store is away, and not before the farewell. */
export const keptConnections: Rule = ruleFor(
  'no-connection-cut',
  'The load balancer leaves connections alone, and has time to hear that an instance goes.',
  ['aws:lb/targetGroup:TargetGroup', 'aws:alb/targetGroup:TargetGroup'],
  (props) => {
    const problems: string[] = [];
    const states = listOf(props['targetHealthStates']).map((one) => propsOf(one));
    const isKept = states.some((state) => state['enableUnhealthyConnectionTermination'] === false);
    if (!isKept) problems.push('people on an instance that is not ready are cut off');
    if (isOn(props['connectionTermination'])) {
      problems.push('people on an instance that goes are cut off before it says so');
    }
    if (Number(props['deregistrationDelay'] ?? 300) < drainSecondsMin) {
      problems.push(`deregistrationDelay is less than ${drainSecondsMin}`);
    }
    return problems;
  },
);
