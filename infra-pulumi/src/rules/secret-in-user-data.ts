import { type Planned, type Rule, propsOf } from './rule';

/** What looks like a secret, whatever its value is. */
const shapes: readonly RegExp[] = [
  /\/\/[^/\s'"@]*:[^/\s'"@$]+@/, // a URL with a password
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/, // an AWS access key
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bgh[pousr]_[A-Za-z0-9]{36}\b/, // a GitHub token
];

/** User-data can be read by whoever may describe instances, and by everything on them. */
export const secretInUserData: Rule = {
  name: 'no-secret-in-user-data',
  description: 'The user-data holds none of the secrets of the stack, and nothing shaped like one.',
  violations: (plan) => {
    const secrets = plan.flatMap(secretsOf);
    return plan
      .filter(({ props }) => 'userData' in props || 'userDataBase64' in props)
      .flatMap((resource) => leaks(resource, secrets));
  },
};

function leaks({ name, props }: Planned, secrets: readonly string[]): readonly string[] {
  const given = [props['userData'], props['userDataBase64']].map(plain);
  const texts = given.flatMap((text) => [text, decoded(text)]);
  // Neither line repeats what it found.
  const known = secrets.some((secret) => texts.some((text) => text.includes(secret)));
  const shaped = shapes.some((shape) => texts.some((text) => shape.test(text)));
  return [
    ...(known ? [`${name}: the user-data holds a secret of the stack`] : []),
    ...(shaped ? [`${name}: the user-data holds something that looks like a secret`] : []),
  ];
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

function secretsOf({ props }: Planned): readonly string[] {
  return ['secretString', 'authToken']
    .map((key) => plain(props[key]))
    .filter((secret) => secret.length >= 4);
}

/** Pulumi wraps secret values where they are recorded. */
function plain(value: unknown): string {
  const text = propsOf(value)['value'] ?? value;
  return typeof text === 'string' ? text : '';
}
