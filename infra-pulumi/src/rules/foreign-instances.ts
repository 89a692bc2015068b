import { type Rule, listOf, propsOf, ruleFor } from './rule';

/** State Manager runs commands as root: on whose instances has to be said. */
export const foreignInstances: Rule = ruleFor(
  'no-foreign-instances',
  'What State Manager runs, it runs on the instances of a group only.',
  ['aws:ssm/association:Association'],
  (props) => {
    const targets = listOf(props['targets']).map((one) => propsOf(one));
    const isGroup = targets.some(
      ({ key, values }) =>
        key === 'tag:aws:autoscaling:groupName' && listOf(values).every((one) => one !== '*'),
    );
    return isGroup ? [] : ['it is for more instances than those of a group'];
  },
);
