/** One metric of an exposition. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const labelPair = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const baseUnits = /_(?:seconds|bytes|messages|ratio|info)(?:_total)?$/;
const foreignUnits =
  /_(?:ms|milliseconds|microseconds|nanoseconds|minutes|hours|kb|mb|kilobytes|megabytes|percent)(?:_|$)/;

/** Reads Prometheus' text format. Throws where it is none. */
export function familiesOf(exposition: string): readonly Family[] {
  const families: (Family & { help: string; type: string; samples: Sample[] })[] = [];
  for (const line of exposition.split('\n')) {
    const [, keyword, name = '', text = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    const last = families.at(-1);
    if (keyword === 'HELP') families.push({ name, help: text, type: '', samples: [] });
    else if (keyword === 'TYPE' && last?.name === name) last.type = text;
    else if (line !== '') last?.samples.push(sampleOf(line));
  }
  return families;
}

function sampleOf(line: string): Sample {
  const [whole, name = '', labels = '', value] = sampleLine.exec(line) ?? [];
  if (whole === undefined) throw new Error(`not a sample: ${line}`);
  const pairs = [...labels.matchAll(labelPair)].map(([, key, text]) => [key, text]);
  return { name, labels: Object.fromEntries(pairs), value: Number(value) };
}

/** What Prometheus' conventions have against an exposition, a line each. */
export function complaintsAbout(families: readonly Family[]): readonly string[] {
  const names = families.map(({ name }) => name);
  return [
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name}: twice`),
    ...families.flatMap((family) => complaintsOf(family).map((text) => `${family.name}: ${text}`)),
  ];
}

function complaintsOf({ name, help, type, samples }: Family): readonly string[] {
  const isCounter = type === 'counter';
  const suffixes = type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
  const wrong: readonly (readonly [boolean, string])[] = [
    [!/^[a-z][a-z0-9_]*$/.test(name), 'name is not snake case'],
    [help.trim() === '', 'no help'],
    [!['counter', 'gauge', 'histogram', 'summary'].includes(type), `type ${type}`],
    [isCounter !== name.endsWith('_total'), 'counters and only they end with _total'],
    [/_(?:counter|gauge|histogram|summary|count|sum|bucket)$/.test(name), 'name tells its type'],
    [foreignUnits.test(name), 'not in a base unit'],
    [type === 'histogram' && !baseUnits.test(name), 'histogram without a unit'],
    [
      samples.some((sample) => !suffixes.some((suffix) => sample.name === `${name}${suffix}`)),
      'a sample of another name',
    ],
    [samples.some(({ value }) => Number.isNaN(value)), 'a value that is no number'],
    [isCounter && samples.some(({ value }) => value < 0), 'a counter below zero'],
  ];
  return wrong.filter(([isWrong]) => isWrong).map(([, complaint]) => complaint);
}
