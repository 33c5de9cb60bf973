import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { type CorridorPatch, planCorridors } from '../../src/plans/corridors.ts';
import { corridorLayer, corridorSentences, corridorTable, isProven } from '../../src/plans/corridors-told.ts';
import type { PlacedLink } from '../../src/science/habitat-network-distances.ts';

const patch = (id: string, area: number, site = 'a'): CorridorPatch => ({ id, name: id.toUpperCase(), site, area });
const link = (from: number, to: number, distance: number): PlacedLink => ({
  from,
  to,
  distance,
  ends: [
    [69 + from, 50],
    [69 + to, 50],
  ],
});

/** Two large cores, and a small one between them. */
const patches = [patch('west', 100), patch('stone', 1), patch('east', 100, 'b')];
const links = [link(0, 1, 1000), link(1, 2, 1000), link(0, 2, 5000)];

describe('two cores and a stepping stone, by hand', () => {
  const plan = planCorridors({ patches, links, distance: 1000, width: 100 });

  test('ECA is the root of Σ a a p*, the way over the stone being a quarter', () => {
    const sum = 100 ** 2 + 1 + 100 ** 2 + 2 * (100 * 0.5 + 100 * 0.5 + 100 * 100 * 0.25);
    expect(plan.equivalentArea).toBeCloseTo(Math.sqrt(sum), 10);
    expect(plan.share).toBeCloseTo((100 * Math.sqrt(sum)) / 201, 10);
  });

  test('the stone carries what the long way does not', () => {
    const sum = plan.equivalentArea ** 2;
    expect(plan.stones).toHaveLength(1);
    expect(plan.stones[0]?.patch).toBe(1);
    expect(plan.stones[0]?.connector).toBeCloseTo((100 * 2 * 100 * 100 * (0.25 - 0.5 ** 5)) / sum, 9);
  });

  test('the best corridor by hectare is a short one, and its gain is that of the whole network', () => {
    const [best] = plan.candidates;
    expect([best?.from, best?.to, best?.area]).toEqual([0, 1, 10]);
    const after = 100 ** 2 + 1 + 100 ** 2 + 2 * (100 * 1 + 100 * 0.5 + 100 * 100 * 0.5);
    expect(best?.proof.after).toBeCloseTo(Math.sqrt(after), 10);
    expect(plan.candidates.every(isProven)).toBe(true);
    expect([plan.examined, plan.possible]).toEqual([3, 3]);
  });

  test.each(languages)('it is told in %s with names and numbers', (lang) => {
    const text = corridorSentences(plan, lang).join('\n');
    for (const part of ['WEST', 'STONE']) expect(text).toContain(part);
    expect(text).not.toContain('plans.corridor');
  });

  test('table and map have every weak link and candidate', () => {
    const { header, rows } = corridorTable(plan);
    expect(rows.length).toBe(plan.weakest.length + plan.candidates.length);
    expect(rows.every((row) => row.length === header.length)).toBe(true);
    expect(rows.some((row) => row[0] === 'corridor' && row[3] === true)).toBe(true);
    expect(corridorLayer(plan).map(({ id }) => id)).toContain('corridor-1');
  });
});

test('patches that nothing reaches: no link, no corridor, and it is said', () => {
  const plan = planCorridors({ patches, links: [], distance: 1000, width: 100 });
  expect(plan).toMatchObject({ isolated: 3, components: 3, weakest: [], stones: [], candidates: [] });
  expect(corridorSentences(plan, 'en').join(' ')).toContain('3');
});

test('one patch alone: there is nothing to connect, and no sentence on corridors', () => {
  const plan = planCorridors({ patches: [patch('west', 100)], links: [], distance: 1000, width: 100 });
  for (const lang of languages) expect(corridorSentences(plan, lang)).toHaveLength(1);
  expect(corridorSentences(plan, 'en')[0]).toContain('one core patch, WEST (100 ha)');
});

test('any network: every gain is what the whole network says', () => {
  const networks = fc.record({
    areas: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 3, maxLength: 9 }),
    lengths: fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 36, maxLength: 36 }),
  });
  fc.assert(
    fc.property(networks, ({ areas, lengths }) => {
      const own = areas.map((area, i) => patch(`p${i}`, i === 0 ? 9 : area));
      const all = own.flatMap((_, i) =>
        own.slice(i + 1).map((__, k) => link(i, i + 1 + k, lengths[(i * 7 + k * 3) % 36] as number)),
      );
      const kept = all.filter(({ distance }) => distance < 3000);
      for (const one of planCorridors({ patches: own, links: kept, distance: 800, width: 100 }).candidates)
        expect(isProven(one)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
