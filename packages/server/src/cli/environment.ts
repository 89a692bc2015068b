/**
 * A yes or no from the environment or a file, for an option that takes no value: 1, true and yes, or
 * 0, false, no and nothing. Undefined for anything else.
 */
export function parseFlag(text: string): boolean | undefined {
  if (/^(?:1|true|yes)$/i.test(text)) return true;
  return /^(?:0|false|no)?$/i.test(text) ? false : undefined;
}

/**
 * Takes variables out of an environment, and answers those that were there: what is started later
 * does not get to see the passwords among them.
 */
export function takeVariables(
  environment: Record<string, string | undefined>,
  names: readonly (string | undefined)[],
): Record<string, string | undefined> {
  const taken: Record<string, string | undefined> = {};
  for (const name of names) {
    if (name === undefined || environment[name] === undefined) continue;
    taken[name] = environment[name];
    Reflect.deleteProperty(environment, name);
  }
  return taken;
}
