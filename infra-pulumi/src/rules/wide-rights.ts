import { type Planned, type Props, type Rule, listOf, propsOf, ruleFor } from './rule';

const attachment = 'aws:iam/rolePolicyAttachment:RolePolicyAttachment';
const policyTypes: readonly string[] = [
  'aws:iam/rolePolicy:RolePolicy',
  'aws:iam/policy:Policy',
  'aws:iam/role:Role',
];
/** The only policy of AWS' that is taken. */
const systemsManager = /^arn:[\w-]+:iam::aws:policy\/AmazonSSMManagedInstanceCore$/;

/** What an instance may do to what: each named, as the role is anyone's who gets onto it. */
export const wideRights: Rule = ruleFor(
  'no-wide-rights',
  'Roles may do what is named to what is named; of the policies of AWS only the one of its agent.',
  [...policyTypes, attachment],
  (props, { type }) => {
    if (type === attachment) {
      const arn = String(props['policyArn']);
      return systemsManager.test(arn) ? [] : [`${arn} is attached`];
    }
    const others = listOf(props['managedPolicyArns']).concat(listOf(props['inlinePolicies']));
    return [
      ...(others.length > 0 ? ['the role has policies of its own that are not looked at'] : []),
      ...statementsOf(props).flatMap(tooWide),
    ];
  },
);

/** The agent's policy lets its role read the parameters of the whole account. */
export const foreignParameters: Rule = {
  name: 'no-foreign-parameters',
  description: "A role with the policy of AWS' agent is denied the parameters of others.",
  violations: (plan) =>
    plan
      .filter(({ type }) => type === attachment)
      .filter(({ props }) => !isDeniedParameters(plan, props['role']))
      .map(({ name }) => `${name}: the role may read every parameter of the account`),
};

function isDeniedParameters(plan: readonly Planned[], role: unknown): boolean {
  return plan
    .filter(({ type, props }) => policyTypes.includes(type) && props['role'] === role)
    .flatMap(({ props }) => statementsOf(props))
    .some(isDenial);
}

function isDenial(statement: Props): boolean {
  const actions = listOf(statement['Action']);
  const excepted = listOf(statement['NotResource']).map(String);
  return (
    statement['Effect'] === 'Deny' &&
    ['ssm:GetParameter', 'ssm:GetParameters'].every((action) => actions.includes(action)) &&
    excepted.length > 0 &&
    excepted.every((arn) => /:parameter\/[^*]/.test(arn))
  );
}

function tooWide(statement: Props): readonly string[] {
  if (statement['Effect'] !== 'Allow') return [];
  const problems: string[] = [];
  const actions = listOf(statement['Action']).map(String);
  const wide = actions.find((action) => action.includes('*'));
  if (wide !== undefined || statement['NotAction'] !== undefined) {
    problems.push(`it may do ${wide ?? 'all but a few things'}`);
  }
  const resources = listOf(statement['Resource']).map(String);
  if (resources.length === 0 || resources.some((arn) => !isNamed(arn))) {
    problems.push(`it may do ${actions.join(', ')} to anything`);
  }
  return problems;
}

/** Whether an ARN ends in a name, or in all that is under a name: `log-group:/chat/prod:*`. */
function isNamed(arn: string): boolean {
  const resource = arn.replace(/:\*$/, '').split(':').slice(5).join(':');
  return /[:/][^*]+$/.test(resource);
}

function statementsOf(props: Props): readonly Props[] {
  const { policy } = props;
  if (typeof policy !== 'string') return [];
  try {
    return listOf(propsOf(JSON.parse(policy))['Statement']).map((one) => propsOf(one));
  } catch {
    // Of what is not known yet nothing can be said.
    return [];
  }
}
