export type Architecture = 'arm64' | 'x86_64';

/**
 * The processor architecture that an EC2 instance type has, or undefined if it is not the name of
 * a type. A `g` among the letters after the generation is Graviton; `a1` is its first.
 */
export function architectureOf(instanceType: string): Architecture | undefined {
  const [, series, options] =
    /^([a-z]+\d+)([a-z]*(?:-[a-z]+)?)\.(?:nano|micro|small|medium|\d*x?large|metal(?:-\d+xl)?)$/.exec(
      instanceType,
    ) ?? [];
  if (series === undefined || options === undefined || series.startsWith('mac')) return undefined;
  return series === 'a1' || options.includes('g') ? 'arm64' : 'x86_64';
}
