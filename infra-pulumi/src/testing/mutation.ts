import type { Planned, Props } from '../rules/rule';

/** A bad change to a plan. */
export interface Mutation {
  readonly what: string;
  /** The resources that it changes, by type; or the one that is added. */
  readonly type: string;
  readonly name?: string;
  readonly change: (props: Props) => Props;
  /** The rule that has to notice. */
  readonly rule: string;
}

/** Properties but one. */
export function without(props: Props, key: string): Props {
  return Object.fromEntries(Object.entries(props).filter(([one]) => one !== key));
}

/** The plan, changed. */
export function mutated(
  plan: readonly Planned[],
  { type, name, change }: Mutation,
): readonly Planned[] {
  return plan.map((resource) =>
    resource.type.endsWith(`:${type}`) && (name === undefined || resource.name.startsWith(name))
      ? { ...resource, props: change(resource.props) }
      : resource,
  );
}
