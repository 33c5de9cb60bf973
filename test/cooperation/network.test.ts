/** The network of organisations: as the golden network of the same participations, before and after rolling up; its files and drawing. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { networkOf } from '../../src/cooperation/network.ts';
import { graphOf } from '../../src/cooperation/network-graph.ts';
import { networkSentences, networkSvg } from '../../src/cooperation/network-text.ts';
import { portfolioOf } from '../../src/cooperation/portfolio.ts';
import { networkCells } from '../../src/cooperation/table-text.ts';
import { forceLayout } from '../../src/drawing/force-layout.ts';
import { readCsv } from '../../src/formats/csv.ts';
import { readGraph, writeGexf, writeGraphml } from '../../src/formats/graph-files.ts';
import { languages } from '../../src/i18n/index.ts';
import { activity, facts, organisation, takesPart } from './portfolio-fixture.ts';

const small = facts({
  activities: [
    activity('course', { period: { start: '2019-01-01', end: '2020-01-01' } }),
    activity('school', { period: { start: '2019-06-01', end: '2021-01-01' } }),
    activity('visit'),
    activity('lecture'),
  ],
  organisations: [
    organisation('un', { kind: '40' }),
    organisation('un-almaty', { kind: '40', country: 'KZ', parent: 'un' }),
    organisation('park', { country: 'KZ', acronym: 'PARK' }),
    organisation('university', { country: 'DE' }),
    organisation('alone', { country: 'KZ' }),
  ],
  participations: [
    takesPart('course', 'un-almaty'),
    takesPart('course', 'park'),
    takesPart('course', 'park', 'host'),
    takesPart('school', 'un'),
    takesPart('school', 'park'),
    takesPart('school', 'university'),
    takesPart('visit', 'park'),
    takesPart('visit', 'university'),
    takesPart('lecture', 'alone'),
  ],
});

describe('a network', () => {
  const found = networkOf(portfolioOf(small), { runs: 10 });

  test('is of organisations that share activities; who takes part twice in one takes part once', () => {
    expect(found.net.nodes).toEqual(['alone', 'park', 'un', 'un-almaty', 'university']);
    expect(found).toMatchObject({ activities: 4, alone: 1, parts: [4, 1] });
    expect(found.nodes[0]).toMatchObject({ id: 'park', degree: 3, strength: 4, activities: 3 });
  });

  test('offices taken as their parents are one node', () => {
    const rolled = networkOf(portfolioOf(small), { rollUp: true, runs: 10 });
    expect(rolled.net.nodes).toEqual(['alone', 'park', 'un', 'university']);
    expect(rolled.nodes.find(({ id }) => id === 'un')).toMatchObject({ strength: 3, activities: 2 });
  });

  test('a range says without which activity a place is lost', () => {
    const [park] = found.nodes;
    expect(park?.range.low).toBeLessThan(park?.betweenness ?? 0);
    expect(park?.range.lowWithout).toBe('course');
  });

  test('an office of an international organisation is international wherever it stands', () => {
    expect(found.balance).toEqual({ domestic: 1, bilateral: 2, regional: 0, multilateral: 1, unknown: 0, activities: 4 });
  });

  test('shares of organisations by year', () => {
    expect(found.years.map(({ year, activities }) => [year, activities])).toEqual([
      ['2019', 2],
      ['2020', 1],
    ]);
    expect(found.years[1]?.concentration.index).toBeCloseTo(1 / 3);
  });

  test('says what the weight means, in every language', () => {
    for (const lang of languages) expect(networkSentences(found, lang).length).toBeGreaterThan(6);
    expect(networkSentences(found, 'en').join(' ')).toContain('weight is strength');
  });

  test('goes to GEXF and GraphML and back, one-mode and two-mode with periods', () => {
    const { activities } = small;
    const one = graphOf(found, { mode: 'one', lang: 'en', activities: [...activities] });
    for (const text of [writeGexf(one), writeGraphml(one)]) {
      const { graph, skipped } = readGraph({ name: 'net', bytes: new TextEncoder().encode(text) });
      expect([graph.nodes.length, graph.edges.length, skipped]).toEqual([5, found.net.ties, 0]);
    }
    const two = graphOf(found, { mode: 'two', lang: 'en', activities: [...activities] });
    const { graph } = readGraph({ name: 'net', bytes: new TextEncoder().encode(writeGexf(two)) });
    expect(graph.nodes.find(({ id }) => id === 'course')?.period).toEqual({ start: '2019-01-01', end: '2019-12-31' });
    expect(graph.edges).toHaveLength(found.taken.length);
  });

  test('is drawn the same each time, with the numbers of the table', () => {
    const { organisations } = small;
    const svg = networkSvg(found, { lang: 'kk', organisations });
    expect(networkSvg(found, { lang: 'kk', organisations })).toBe(svg);
    expect(networkSvg(networkOf(portfolioOf(small), { runs: 10, seed: 2 }), { lang: 'kk', organisations })).not.toBe(svg);
    const numbers = networkCells(found, 'en').rows.map(([number]) => `>${number}</text>`);
    expect(numbers.filter((number) => !svg.includes(number))).toEqual([]);
    expect(svg).toContain('PARK');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});

test('a layout of one node or none stands on the sheet', () => {
  expect(forceLayout(0, [], { seed: 1, width: 10, height: 10 })).toEqual([]);
  expect(forceLayout(1, [], { seed: 1, width: 10, height: 8 })).toEqual([{ x: 5, y: 4 }]);
});

const golden = process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden');
const present = existsSync(join(golden, 'cooperation', 'graphs'));

describe.skipIf(!present)('the golden network of 85 activities', () => {
  const file = (name: string): string => readFileSync(join(golden, 'cooperation', 'graphs', name), 'utf8');

  const expected = JSON.parse(file('kz-unesco-demo.expected.json')) as Record<'asWritten' | 'rolledUpToParent', Golden> & {
    aliases: Record<string, string>;
  };
  const { rows } = readCsv({ name: 'edges.csv', bytes: new TextEncoder().encode(file('kz-unesco-demo.asWritten.edges.csv')) });
  const pairs = rows.map(({ values: { activity: of = '', partner = '' } }) => ({ of, partner }));
  const names = [...new Set([...pairs.map(({ partner }) => partner), ...Object.values(expected.aliases)])];
  const portfolio = portfolioOf(
    facts({
      activities: [...new Set(pairs.map(({ of }) => of))].map((id) => activity(id)),
      organisations: names.map((id) => organisation(id, { parent: expected.aliases[id] ?? null })),
      participations: pairs.map(({ of, partner }) => takesPart(of, partner)),
    }),
  );

  test.each([
    ['asWritten', false],
    ['rolledUpToParent', true],
  ] as const)('%s: partners, ties, parts and betweenness to 1e-6', (how, rolled) => {
    const found = networkOf(portfolio, { rollUp: rolled, meaning: 'none', runs: 5 });
    const { activities, partners, ties, projectionEdges, components, giantComponentNodes, density, top10Betweenness } =
      expected[how];
    expect([found.activities, found.net.nodes.length, found.taken.length, found.net.ties]).toEqual([
      activities,
      partners,
      ties,
      projectionEdges,
    ]);
    expect([found.parts.length, found.parts[0]]).toEqual([components, giantComponentNodes]);
    expect(found.density).toBeCloseTo(density, 6);
    for (const [name, value] of top10Betweenness)
      expect(found.nodes.find(({ id }) => id === name)?.betweenness).toBeCloseTo(value, 6);
  });
});

interface Golden {
  activities: number;
  partners: number;
  ties: number;
  projectionEdges: number;
  components: number;
  giantComponentNodes: number;
  density: number;
  top10Betweenness: [name: string, value: number][];
}
