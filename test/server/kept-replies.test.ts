import { expect, test } from 'vitest';
import { keptReply, keptSize } from '../../src/server/kept-replies.ts';
import { smallDossier } from '../store/facts-fixture.ts';

test('a reply is made once for a state, and anew for the next', async () => {
  const db = smallDossier();
  let made = 0;
  const ask = async (state: string, key = 'k') =>
    await keptReply(db, {
      key,
      state,
      make: () => {
        made += 1;
        return { made };
      },
    }).json();
  expect([await ask('1'), await ask('1'), await ask('2'), await ask('2', 'other')]).toEqual([
    { made: 1 },
    { made: 1 },
    { made: 2 },
    { made: 3 },
  ]);
});

test('what is kept is bounded: the reply that was not asked for the longest gives way', async () => {
  const db = smallDossier();
  const large = 'x'.repeat(8 * 1024 * 1024);
  let made = 0;
  const ask = (key: string) =>
    keptReply(db, {
      key,
      state: '1',
      make: () => {
        made += 1;
        return large;
      },
    });
  for (const key of ['a', 'b', 'c', 'd', 'e']) ask(key);
  ask('e');
  expect(made).toBe(5);
  ask('a');
  expect(made).toBe(6);
});

test('after many versions of many replies no more is kept than 32 MB', () => {
  const db = smallDossier();
  const large = 'x'.repeat(1024 * 1024);
  for (let version = 0; version < 40; version += 1)
    for (const key of ['a', 'b', 'c']) keptReply(db, { key: `${key}${version % 20}`, state: String(version), make: () => large });
  expect(keptSize(db)).toBeGreaterThan(30 * 1024 * 1024);
  expect(keptSize(db)).toBeLessThanOrEqual(32 * 1024 * 1024);
});
