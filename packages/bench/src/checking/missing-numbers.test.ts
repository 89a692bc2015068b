import * as fc from 'fast-check';
import { MissingNumbers } from './missing-numbers';

test('numbers are missing until they come, and each is missing once', () => {
  const ranges = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })));
  fc.assert(
    fc.property(ranges, fc.array(fc.integer({ min: 1, max: 60 })), (steps, arrivals) => {
      const missing = new MissingNumbers();
      const model = new Set<number>();
      let next = 1;
      for (const [gap, length] of steps) {
        const first = next + gap;
        next = first + length;
        missing.add(first, next - 1);
        for (let number = first; number < next; number++) model.add(number);
      }
      for (const number of arrivals) expect(missing.remove(number)).toBe(model.delete(number));
      expect(missing.count).toBe(model.size);
    }),
  );
});
