import { expect, test } from 'vitest';
import { latest } from '../../src/server/latest.ts';

/** A maker whose work ends when the test says so. */
function workshop(patience: number) {
  let state = 1;
  const begun: { state: number; end: () => void; fail: () => void }[] = [];
  const kept = latest<string>({ most: 420, sizeOf: () => 10, patience: () => patience });
  const get = (key = 'k') =>
    kept.get(
      key,
      () => String(state),
      () =>
        new Promise((resolve, reject) => {
          const own = state;
          begun.push({ state: own, end: () => resolve(`made of ${own}`), fail: () => reject(new Error('broken')) });
        }),
    );
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { kept, get, begun, turn, write: () => (state += 1) }; // biome-ignore format: one line
}

test('it is made once for all who ask at the same time, and kept until something is written', async () => {
  const { get, begun, turn } = workshop(1000);
  const asked = [get(), get(), get()];
  await turn();
  begun[0]?.end();
  expect(await Promise.all(asked)).toEqual(['made of 1', 'made of 1', 'made of 1']);
  expect(await get()).toBe('made of 1');
  expect(begun).toHaveLength(1);
});

test('whoever has time gets what is of the newest state, also when one of an older state is under way', async () => {
  const { get, begun, turn, write } = workshop(1000);
  const first = get();
  await turn();
  write();
  const second = get();
  begun[0]?.end();
  expect(await first).toBe('made of 1');
  await turn();
  begun[1]?.end();
  expect(await second).toBe('made of 2');
});

test('whoever has none gets the last one there is, and the new one as soon as it is made', async () => {
  const { get, begun, turn, write } = workshop(0);
  const first = get();
  await turn();
  begun[0]?.end();
  await first;
  write();
  expect(await get()).toBe('made of 1');
  expect(await get()).toBe('made of 1');
  expect(begun).toHaveLength(2);
  begun[1]?.end();
  await turn();
  expect(await get()).toBe('made of 2');
});

test('what cannot be made is told, and tried again', async () => {
  const { get, begun, turn } = workshop(1000);
  const first = get();
  await turn();
  begun[0]?.fail();
  await expect(first).rejects.toThrow('broken');
  const again = get();
  await turn();
  begun[1]?.end();
  expect(await again).toBe('made of 1');
});

test('what was not asked for the longest gives way', async () => {
  const { get, begun, turn } = workshop(1000);
  for (const key of ['a', 'b', 'c', 'a']) {
    const asked = get(key);
    await turn();
    begun.at(-1)?.end();
    await asked;
  }
  expect(begun).toHaveLength(4);
});

test('after many versions of many pages no more is kept than there is room for', async () => {
  const { kept, get, begun, turn, write } = workshop(1000);
  for (let version = 0; version < 50; version += 1) {
    for (const key of ['a', 'b', 'c']) {
      const asked = get(key);
      await turn();
      begun.at(-1)?.end();
      await asked;
      expect(kept.size()).toBeLessThanOrEqual(420);
    }
    write();
  }
  expect(kept.size()).toBe(420);
  expect(begun).toHaveLength(150);
});

test('of those who were given the last one nothing is left while the new one is still in the making', async () => {
  const { kept, get, begun, turn, write } = workshop(0);
  const first = get();
  await turn();
  begun[0]?.end();
  await first;
  write();
  const given = await Promise.all(Array.from({ length: 1000 }, () => get()));
  expect(new Set(given)).toEqual(new Set(['made of 1']));
  expect([begun.length, kept.waiting()]).toEqual([2, 0]);
});

test('whoever came first of all is not made to wait for one version after the other', async () => {
  const { get, begun, turn, write } = workshop(0);
  const first = get();
  await turn();
  write();
  const second = get();
  begun[0]?.end();
  expect([await first, await second]).toEqual(['made of 1', 'made of 1']);
  expect(begun).toHaveLength(2);
});
