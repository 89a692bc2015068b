import * as fc from 'fast-check';
import { claimsChannel, RedisKeys } from './redis-keys';

const prefixes = fc.stringMatching(/^[\w.:-]{0,64}$/);
const names = fc.string({ unit: 'binary', minLength: 1 });

/** What decides in which part of a cluster a key is, by the specification of Redis Cluster. */
function hashTag(key: string): string {
  const open = key.indexOf('{');
  const close = key.indexOf('}', open);
  return open >= 0 && close > open + 1 ? key.slice(open + 1, close) : key;
}

test('keys are what the README says', () => {
  const keys = new RedisKeys('chat:');
  expect(keys.channel('room:planes')).toEqual([
    'chat:{channel:room:planes}:log',
    'chat:{channel:room:planes}:meta',
  ]);
  expect(keys.topic('room:planes')).toBe('chat:{channel:room:planes}:news');
  expect(keys.collection('rooms')).toBe('chat:{collection:rooms}:documents');
  expect(keys.claims).toEqual([
    'chat:{channel:claims}:names',
    'chat:{channel:claims}:leases',
    'chat:{channel:claims}:gone',
    'chat:{channel:claims}:heard',
    'chat:{channel:claims}:log',
    'chat:{channel:claims}:meta',
    'chat:{channel:claims}:shares',
  ]);
});

test('all keys of one script are in one part of a cluster', () => {
  fc.assert(
    fc.property(prefixes, names, (prefix, name) => {
      const keys = new RedisKeys(prefix);
      expect(new Set(keys.channel(name).map(hashTag)).size).toBe(1);
      expect(new Set(keys.claims.map(hashTag)).size).toBe(1);
    }),
  );
});

test('channels are spread over a cluster', () => {
  const keys = new RedisKeys('chat:');
  const tags = ['room:a', 'room:b', claimsChannel].map((name) => hashTag(keys.channel(name)[0]));
  expect(new Set(tags).size).toBe(3);
});

test('whatever is published on the topic of a channel is for that channel', () => {
  fc.assert(
    fc.property(prefixes, names, (prefix, name) => {
      const keys = new RedisKeys(prefix);
      expect(keys.channelOf(keys.topic(name))).toBe(name);
    }),
  );
});

test('no key is two things at once', () => {
  fc.assert(
    fc.property(names, names, (one, other) => {
      const keys = new RedisKeys('chat:');
      fc.pre(one !== other && one !== claimsChannel && other !== claimsChannel);
      const all = [
        ...keys.claims,
        ...keys.channel(one),
        ...keys.channel(other),
        keys.collection(one),
        keys.collection(other),
      ];
      expect(new Set(all).size).toBe(all.length);
    }),
  );
});
