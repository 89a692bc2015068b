import type { PolicyConfigSchema, StackValidationPolicy } from '@pulumi/policy';
import type { Planned } from './rules/rule';
import { rulesFor } from './rules/rules';

/** As the program's defaults are: `port` and `tlsPort`. */
const defaultPorts: readonly number[] = [8080, 8443];

const configSchema: PolicyConfigSchema = {
  properties: {
    publicPorts: {
      type: 'array',
      items: { type: 'integer' },
      default: [...defaultPorts],
    },
  },
};

/** The rules as Pulumi's policy engine takes them: each sees the whole stack. */
export const policies: StackValidationPolicy[] = rulesFor(defaultPorts).map((rule) => ({
  name: rule.name,
  description: rule.description,
  enforcementLevel: 'mandatory',
  configSchema,
  validateStack: (stack, report) => {
    const { publicPorts = [...defaultPorts] } = stack.getConfig<{ publicPorts?: number[] }>();
    const plan: Planned[] = stack.resources.map(({ type, name, props }) => ({ type, name, props }));
    const configured = rulesFor(publicPorts).find(({ name }) => name === rule.name) ?? rule;
    for (const problem of configured.violations(plan)) report(problem);
  },
}));
