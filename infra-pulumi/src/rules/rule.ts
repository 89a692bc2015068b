/** A resource of the plan: its inputs, as the program or the policy engine knows them. */
export interface Planned {
  readonly type: string;
  readonly name: string;
  readonly props: Props;
}

export type Props = Readonly<Record<string, unknown>>;

/** Something that must never happen. */
export interface Rule {
  readonly name: string;
  readonly description: string;
  /** What is wrong, a line each; nothing where all is well. */
  readonly violations: (plan: readonly Planned[]) => readonly string[];
}

/** A rule about single resources of some types. */
export function ruleFor(
  name: string,
  description: string,
  types: readonly string[],
  check: (props: Props, resource: Planned) => readonly string[],
): Rule {
  return {
    name,
    description,
    violations: (plan) =>
      plan
        .filter(({ type }) => types.includes(type))
        .flatMap((resource) =>
          check(resource.props, resource).map((problem) => `${resource.name}: ${problem}`),
        ),
  };
}

export function propsOf(value: unknown): Props {
  return typeof value === 'object' && value !== null ? (value as Props) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** A switch that AWS' providers write now as a boolean, now as a string. */
export function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}
