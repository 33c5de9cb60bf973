/** The Syr Darya over HTTP: options, a way of one's own, the drawing. */
import { beforeAll, expect, test } from 'vitest';
import { type RiverReply, riverReply } from '../../src/api/river.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

let get: (path: string) => Promise<Response>;
beforeAll(async () => {
  const db = sharedDossier();
  person(db, 'reads', { '*': 'reader' });
  const browser = await browserOf(served(db), db, 'reads');
  get = async (path) => browser('GET', path);
});

const river = async (query = ''): Promise<RiverReply> => riverReply.parse(await (await get(`/api/water/river${query}`)).json());

test('the shipped options and one of one’s own, all proved, with the flows of every node', async () => {
  const { own, shipped, nodes, years, game } = await river('?aral=5');
  expect(shipped.map(({ id }) => id)).toEqual([
    'alone',
    'summer-release',
    'together',
    'together-winter',
    'together-aral',
    'equal-shortage',
  ]);
  expect([...shipped, own].every(({ proved }) => proved)).toBe(true);
  expect(own.aralAsked).toBe(5);
  expect(own.parties).toEqual(shipped.find(({ id }) => id === 'together-aral')?.parties);
  expect(nodes.map(({ months }) => months.length)).toEqual(nodes.map(() => 12));
  const aral = nodes.find(({ id }) => id === 'aral')?.months.reduce((sum, value) => sum + value, 0);
  expect(aral).toBeCloseTo(own.aral.mean, 9);
  expect(years.count).toBe(28);
  expect(game.stable).toBe(true);
  for (const division of ['shapley', 'nucleolus'] as const)
    expect(game.parties.reduce((sum, one) => sum + (one[division] ?? 0) - one.alone, 0)).toBeCloseTo(game.gain, 4);
});

test('an arrangement that is switched on costs; one that is not there is refused by name', async () => {
  const free = await river('?goal=together');
  const bound = await river('?goal=together&rules=shardara-winter,equal-shortage');
  expect(bound.own.all.mean).toBeLessThan(free.own.all.mean);
  const refused = await get('/api/water/river?rules=peace');
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('toktogul-summer');
  expect((await get('/api/water/river?aral=-3')).status).toBe(400);
});

test('the drawing names its nodes and says what it shows', async () => {
  const reply = await get('/api/water/river.svg?lang=en');
  expect(reply.headers.get('content-type')).toContain('image/svg+xml');
  const svg = await reply.text();
  for (const words of ['Toktogul', 'North Aral', 'Arnasay', '<title', '<desc']) expect(svg).toContain(words);
  expect(svg).not.toContain('NaN');
});
