import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { type CorridorPatch, planCorridors } from '../../src/plans/corridors.ts';
import { corridorsToKeep, keptCorridors } from '../../src/plans/corridors-kept.ts';
import { corridorLists } from '../../src/plans/corridors-lists.ts';
import { corridorSentences, kilometres } from '../../src/plans/corridors-told.ts';
import type { PlacedLink } from '../../src/science/habitat-network-distances.ts';
import type { Polygon } from '../../src/types.ts';

const patch = (site: string, number: number, area: number): CorridorPatch => ({
  id: `${site}/${number}`,
  name: site === 'hills' ? 'Hills' : `Lake ${number}`,
  site,
  area,
});
const patches = [patch('lake', 1, 100), patch('lake', 2, 1), patch('hills', 1, 100)];
const shapes = patches.map((_, i): Polygon => {
  const x = 69 + i;
  return { type: 'Polygon', coordinates: [[[x, 50], [x + 0.1, 50], [x + 0.1, 50.1], [x, 50.1], [x, 50]]] }; // biome-ignore format: a ring in one line
});
const link = (from: number, to: number, distance: number): PlacedLink => ({ from, to, distance, ends: [[69 + from, 50], [69 + to, 50]] }); // biome-ignore format: a link in one line
const found = planCorridors({
  patches,
  links: [link(0, 1, 1000), link(1, 2, 1000), link(0, 2, 5000)],
  distance: 1000,
  width: 100,
});
const reserves = [
  { id: 'lake', name: { en: 'Lake', ru: 'Озеро', kk: 'Көл', tr: 'Göl' }, cores: 2 },
  { id: 'hills', name: { en: 'Hills', ru: 'Холмы', kk: 'Төбелер', tr: 'Tepeler' }, cores: 1 },
  { id: 'bare', name: { en: 'Bare' }, cores: 0 },
];
const plan = corridorsToKeep(found, { site: 'lake', run: 'run-1', within: 9000, reserves, shapes });

describe('a plan of corridors as a row', () => {
  test('what was asked and found is there, as JSON holds it', () => {
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(plan).toMatchObject({
      id: 'lake:corridors',
      kind: 'corridor',
      problem: { within: 9000, reserves: ['lake', 'hills'] },
    });
    expect(plan.title.ru).toContain('Озеро');
  });

  test('the best of all possible ones is bound by itself; where some were not valued nobody knows a bound', () => {
    const [best] = found.candidates;
    expect(plan.solutions).toMatchObject([{ run: 'run-1', objective: best?.gainByArea, bound: best?.gainByArea, gap: 0 }]);
    const some = corridorsToKeep({ ...found, possible: 4 }, { site: 'lake', run: 'run-1', within: 9000, reserves, shapes });
    expect(some.solutions).toMatchObject([{ bound: null, gap: null }]);
  });

  test.each(languages)('read in %s: the same numbers, names of that language', (lang) => {
    const kept = keptCorridors(plan, lang);
    const name = (id: string): string => reserves.find((one) => one.id === id)?.name[lang] ?? '';
    expect(kept?.found.problem.patches.map((one) => one.name)).toEqual([
      `${name('lake')}\u00a01`,
      `${name('lake')}\u00a02`,
      name('hills'),
    ]);
    expect(kept?.found).toMatchObject({ ...found, problem: {} });
    expect(corridorSentences(kept?.found ?? found, lang).join()).toContain(name('lake'));
  });

  test('each patch has a place inside it', () => {
    const places = keptCorridors(plan, 'en')?.places ?? [];
    places.forEach(([lon, lat], i) => {
      expect(lon).toBeGreaterThan(69 + i);
      expect(lon).toBeLessThan(69.1 + i);
      expect(lat).toBeCloseTo(50.05, 1);
    });
    expect(places).toHaveLength(3);
  });

  test('a plan of another kind, or without a solution, is none', () => {
    expect(keptCorridors({ ...plan, kind: 'lake' }, 'en')).toBeNull();
    expect(keptCorridors({ ...plan, solutions: [] }, 'en')).toBeNull();
  });
});

describe('lists', () => {
  const kept = keptCorridors(plan, 'en');
  const lists = kept === null ? null : corridorLists(kept, 2);

  test('weak links have letters, corridors numbers, and no more than asked for', () => {
    expect(lists?.links.map(({ label }) => label)).toEqual(['A', 'B']);
    expect(lists?.corridors.map(({ label, proven }) => [label, proven])).toEqual([
      ['1', true],
      ['2', true],
    ]);
    expect(lists?.stones).toMatchObject([{ name: 'Lake\u00a02', reserve: 'Lake', patch: 1 }]);
  });

  test('what joins two reserves is told from what stays within one', () => {
    const across = Object.fromEntries((lists?.links ?? []).map((one) => [`${one.from} ${one.to}`, one.across]));
    expect(across).toEqual({ 'Lake\u00a01 Lake\u00a02': false, 'Lake\u00a02 Hills': true });
  });
});

test('a gap that nobody could call a corridor is none', () => {
  const narrow = planCorridors({ patches, links: [link(0, 1, 0.01), link(1, 2, 1000)], distance: 1000, width: 100 });
  expect(narrow.candidates.map(({ from, to }) => [from, to])).toEqual([[1, 2]]);
});

test('short ways keep their metres', () => {
  expect([40, 400, 4000, 14_000].map((metres) => kilometres('en', metres))).toEqual(['0.04', '0.4', '4', '14']);
});
