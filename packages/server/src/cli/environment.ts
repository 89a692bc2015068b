/**
 * A yes or no from the environment, for an option that takes no value: 1, true and yes, or 0, false,
 * no and nothing. Undefined for anything else.
 */
export function parseFlag(text: string): boolean | undefined {
  if (/^(?:1|true|yes)$/i.test(text)) return true;
  return /^(?:0|false|no)?$/i.test(text) ? false : undefined;
}

/**
 * The environment as the options are read from it: a flag that says no is left out, since commander
 * takes whatever is there for a yes. Throws an error that says what to do for one that says neither.
 */
export function withoutNegatedFlags(
  environment: Readonly<Record<string, string | undefined>>,
  flags: readonly string[],
): Record<string, string | undefined> {
  const result = { ...environment };
  for (const name of flags) {
    const isOn = parseFlag(result[name] ?? '');
    if (isOn === undefined) throw new Error(`${name} is neither true nor false; set it to one.`);
    if (!isOn) delete result[name];
  }
  return result;
}
