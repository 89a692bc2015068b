import type { Props } from '../rules/rule';
import type { Mutation } from './mutation';

/** Ways to cut people off. */
export function connectionMutations(): readonly Mutation[] {
  const changes: readonly [what: string, props: Props][] = [
    ['people cut off while the store is away', { targetHealthStates: undefined }],
    ['people cut off before the farewell', { connectionTermination: true }],
    ['an instance taken away at once', { deregistrationDelay: 0 }],
  ];
  return changes.map(([what, changed]) => ({
    what,
    type: 'TargetGroup',
    change: (props) => ({ ...props, ...changed }),
    rule: 'no-connection-cut',
  }));
}

/** Ways to let an instance do more than it has to. */
export function rightsMutations(): readonly Mutation[] {
  const right = { Effect: 'Allow', Action: ['logs:PutLogEvents'] };
  const logs = 'arn:aws:logs:eu-central-1:123456789012:log-group';
  const added: readonly [what: string, statement: object][] = [
    ['the right to do everything', { ...right, Action: '*', Resource: `${logs}:/a:*` }],
    ['the right to all of a service', { ...right, Action: ['logs:*'], Resource: `${logs}:/a:*` }],
    ['all rights but one', { Effect: 'Allow', NotAction: 'iam:*', Resource: `${logs}:/a:*` }],
    ['a right to everything', { ...right, Resource: '*' }],
    ['a right to every log group', { ...right, Resource: `${logs}:*` }],
    ['a right to many log groups', { ...right, Resource: [`${logs}:/a:*`, `${logs}:/chat/*`] }],
    ['a right to all but something', { ...right, NotResource: `${logs}:/a:*` }],
  ];
  return [
    ...added.map(([what, statement]) => ({
      what,
      type: 'RolePolicy',
      change: withStatements((statements) => [...statements, statement]),
      rule: 'no-wide-rights',
    })),
    {
      what: "the agent installed on all of the account's instances",
      type: 'Association',
      change: (props) => ({ ...props, targets: [{ key: 'InstanceIds', values: ['*'] }] }),
      rule: 'no-foreign-instances',
    },
    {
      what: 'the agent installed on whatever has a tag',
      type: 'Association',
      change: (props) => ({
        ...props,
        targets: [{ key: 'tag:Project', values: ['service_chat'] }],
      }),
      rule: 'no-foreign-instances',
    },
    {
      what: 'an administrator',
      type: 'RolePolicyAttachment',
      change: (props) => ({ ...props, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
      rule: 'no-wide-rights',
    },
    {
      what: 'a role with a policy of AWS on itself',
      type: 'Role',
      change: (props) => ({ ...props, managedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3'] }),
      rule: 'no-wide-rights',
    },
    ...parameterMutations(),
  ];
}

function parameterMutations(): readonly Mutation[] {
  return [
    {
      what: "the account's parameters for all to read",
      type: 'RolePolicy',
      change: withStatements((statements) => statements.filter((one) => one['Effect'] !== 'Deny')),
      rule: 'no-foreign-parameters',
    },
    {
      what: 'a denial of one of two ways to read',
      type: 'RolePolicy',
      change: withDenial({ Action: ['ssm:GetParameter'] }),
      rule: 'no-foreign-parameters',
    },
    {
      what: 'a denial of a single parameter',
      type: 'RolePolicy',
      change: withDenial({ Resource: 'arn:aws:ssm:::parameter/a', NotResource: undefined }),
      rule: 'no-foreign-parameters',
    },
    {
      what: 'a denial with too wide an exception',
      type: 'RolePolicy',
      change: (props) => ({
        ...props,
        policy: String(props['policy']).replace('parameter/chat/chat-test/', 'parameter/*'),
      }),
      rule: 'no-foreign-parameters',
    },
  ];
}

function withDenial(changed: Props): (props: Props) => Props {
  return withStatements((statements) =>
    statements.map((one) => (one['Effect'] === 'Deny' ? Object.assign({}, one, changed) : one)),
  );
}

function withStatements(
  change: (statements: readonly Props[]) => readonly object[],
): (props: Props) => Props {
  return (props) => {
    const policy = JSON.parse(String(props['policy']));
    return { ...props, policy: JSON.stringify({ ...policy, Statement: change(policy.Statement) }) };
  };
}
