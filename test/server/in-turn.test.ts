import { expect, test } from 'vitest';
import { inTurn } from '../../src/server/in-turn.ts';

const ask = (n: number) => new Request(`http://localhost/${n}`);

test('requests begin in the order they came, with a round of the loop between two of them', async () => {
  const begun: string[] = [];
  const fetch = inTurn((request: Request) => {
    begun.push(new URL(request.url).pathname);
    return new Response('');
  });
  let rounds = 0;
  let isOver = false;
  const round = (): void => {
    rounds += 1;
    if (!isOver) setImmediate(round);
  };
  setImmediate(round);
  await Promise.all(Array.from({ length: 50 }, (_, n) => fetch(ask(n), {})));
  isOver = true;
  expect(begun).toEqual(Array.from({ length: 50 }, (_, n) => `/${n}`));
  expect(rounds).toBeGreaterThan(45);
});

test('one that takes long does not keep the others waiting, and one that fails fails alone', async () => {
  const fetch = inTurn(async (request: Request) => {
    if (request.url.endsWith('/0')) await new Promise((resolve) => setTimeout(resolve, 50));
    if (request.url.endsWith('/1')) throw new Error('broken');
    return new Response(request.url);
  });
  const ended: number[] = [];
  const all = [0, 1, 2].map((n) =>
    Promise.resolve(fetch(ask(n), {})).finally(() => {
      ended.push(n);
    }),
  );
  const results = await Promise.allSettled(all);
  expect(ended).toEqual([1, 2, 0]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('when the server ends, each reply says that it is the last of its connection', async () => {
  let isEnding = false;
  const fetch = inTurn(() => new Response(''), { isEnding: () => isEnding });
  expect((await fetch(ask(1), {})).headers.get('connection')).toBeNull();
  isEnding = true;
  expect((await fetch(ask(2), {})).headers.get('connection')).toBe('close');
});
