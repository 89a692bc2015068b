import { architectureOf } from './instance-type';

test.each(['t4g.micro', 'm7gd.xlarge', 'c6gn.16xlarge', 'a1.medium', 'is4gen.large', 'g5g.xlarge'])(
  '%s is Graviton',
  (type) => {
    expect(architectureOf(type)).toBe('arm64');
  },
);

test.each(['t3.micro', 't3a.small', 'g4dn.xlarge', 'm7i-flex.large', 'x2iedn.metal', 'c5.9xlarge'])(
  '%s is x86',
  (type) => {
    expect(architectureOf(type)).toBe('x86_64');
  },
);

test.each(['', 't4g', 'micro', 't4g.', 't4g.mikro', 'T4G.micro', 'mac2.metal', 't4g.micro;ls'])(
  '"%s" is no instance type',
  (type) => {
    expect(architectureOf(type)).toBeUndefined();
  },
);
