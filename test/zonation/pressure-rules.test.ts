/** Z08 to Z10 and Z20 on figures as `compute` keeps them. */
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { gradients } from '../../src/zonation/pressure-figures.ts';
import { judge } from '../../src/zonation/rules.ts';
import type { SiteFacts } from '../../src/zonation/site-facts.ts';
import { asked, box, type Declaration, rulesOf, siteFacts, zone } from './site-facts-of.ts';

const zones = [
  zone('s', 'core', box(0, 0, 1, 1)),
  zone('s', 'buffer', box(1, 0, 2, 1)),
  zone('s', 'transition', box(2, 0, 4, 1)),
];
const run = { role: 'computed', from: { run: 'run-pressure' } } as const;
const figure = (feature: string, indicator: string, value: number, unit: string, name?: string): Declaration => [
  feature,
  indicator,
  value,
  unit,
  '',
  { ...run, ...(name === undefined ? {} : { by: { class: name } }) },
];
const facts = (...declarations: Declaration[]): SiteFacts => siteFacts('s', declarations, { zones });
const own = (of: SiteFacts, rule: string) => asked(of).filter((finding) => finding.rule === rule);
const unchecked = (of: SiteFacts): string =>
  judge(of, { profile: null, today: '2026-03-01' }).find(({ rule }) => rule === 'not-checked')?.text.en ?? '';

test('without figures the rules are not checked, and it is said how to get them', () => {
  expect(unchecked(facts())).toMatch(/Z08, Z09, Z10, Z20 \(from spatial data .*--indicator pressure/);
});

describe('Z08: nobody in the core area', () => {
  test('a settlement, its people, a grid and built-up land are asked about in one finding', () => {
    const of = facts(
      figure('core', 'settlements', 1, '{settlement}'),
      figure('core', 'population', 12, '{person}', 'settlements'),
      figure('core', 'population', 18.95, '{person}', 'grid'),
      figure('core', 'built-up-share', 0.4, '%'),
    );
    const [finding] = own(of, 'Z08');
    expect(finding).toMatchObject({
      severity: 'question',
      zones: ['s/core'],
      numbers: { settlements: 1, listedPeople: 12, gridPeople: 19, builtUpPercent: 0.4 },
      sources: ['run-pressure'],
    });
    for (const lang of languages) expect(finding?.text[lang]).toMatch(/12.*19/);
  });

  test('less than a person of a grid is nobody, and a count of nobody goes before a grid', () => {
    expect(own(facts(figure('core', 'population', 0.6, '{person}', 'grid')), 'Z08')).toEqual([]);
    const counted: Declaration = ['core', 'population', 0, '{person}', 'census', { by: { class: 'permanent' } }];
    expect(own(facts(counted, figure('core', 'population', 40, '{person}', 'grid')), 'Z08')).toEqual([]);
    expect(own(facts(counted, figure('core', 'settlements', 1, '{settlement}')), 'Z08')).toHaveLength(1);
  });

  test('people who are declared are asked about without any raster', () => {
    const [finding] = own(facts(['core', 'population', 35, '{person}', 'census']), 'Z08');
    expect(finding).toMatchObject({ numbers: { declaredPeople: 35 }, sources: ['census'] });
  });

  test('of several core areas all must be known, and they are added', () => {
    const two = { zones: [...zones, zone('s', 'core', box(5, 0, 6, 1), '-2')] };
    const one = figure('core', 'settlements', 1, '{settlement}');
    expect(rulesOf(siteFacts('s', [one], two))).not.toContain('Z08 question');
    const both = siteFacts('s', [one, figure('core-2', 'settlements', 2, '{settlement}')], two);
    expect(own(both, 'Z08')[0]?.numbers).toEqual({ settlements: 3 });
  });
});

test('Z09: a transition area is inhabited as soon as any figure says so; where all say no it is asked', () => {
  const grid = figure('transition', 'population', 0.2, '{person}', 'grid');
  const [finding] = own(facts(grid), 'Z09');
  expect(finding).toMatchObject({ severity: 'question', numbers: { gridPeople: 0 } });
  expect(own(facts(grid, ['transition', 'population', 24_000, '{person}', 'census']), 'Z09')).toEqual([]);
});

test('Z10: uses in core and buffer, one finding for each; less than a map can tell is not asked', () => {
  const of = facts(
    figure('core', 'cropland-share', 0.05, '%'),
    figure('core', 'road-density', 0.004, 'km/km2'),
    figure('buffer', 'cropland-share', 7.25, '%'),
    figure('buffer', 'built-up-share', 0.2, '%'),
    figure('buffer', 'road-density', 0.1234, 'km/km2'),
  );
  const found = own(of, 'Z10');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    zones: ['s/buffer'],
    numbers: { builtUpPercent: 0.2, croplandPercent: 7.3, roadsKmPerKm2: 0.123 },
  });
  expect(found[0]?.suggestion?.en).toContain('…');
});

describe('Z20: pressure rises outwards', () => {
  const step = (name: string, value: number, low: number, high: number): Declaration => [
    '',
    'pressure-gradient',
    value,
    '1',
    '',
    { ...run, by: { class: name }, low, high, level: 0.95 },
  ];
  const roads = [
    step('roads:core-buffer', 0.6, 0.55, 0.65),
    step('roads:buffer-transition', 0.58, 0.53, 0.63),
    step('roads:core-transition', 0.68, 0.63, 0.73),
  ];

  test('nothing is asked where one layer rises and none falls', () => {
    const flat = step('night-lights:core-transition', 0.5, 0.4, 0.6);
    expect(own(facts(...roads, flat), 'Z20')).toEqual([]);
    expect(gradients(facts(...roads))).toMatchObject([{ layer: 'roads', verdict: 'rises', whole: { effect: 0.68 } }]);
  });

  test('a step that falls is asked about with its size', () => {
    const [finding] = own(facts(...roads, step('population:core-buffer', 0.4, 0.3, 0.45)), 'Z20');
    expect(finding?.text.en).toContain('people, core area → buffer zone: 40 % (30–45 %; level 95 %)');
    expect(finding?.numbers).toEqual({ populationCoreBufferPercent: 40 });
  });

  test('where no layer shows a rise, the whole way of each is told', () => {
    const [finding] = own(facts(step('roads:core-transition', 0.55, 0.45, 0.65)), 'Z20');
    expect(finding?.text.en).toContain('roads, core area → transition area: 55 % (45–65 %; level 95 %)');
  });

  test('of two computations the later one counts, and an unknown step is no answer', () => {
    const before = step('roads:core-transition', 0.3, 0.2, 0.4);
    const later = step('roads:core-transition', 0.7, 0.6, 0.8);
    const dated = (declaration: Declaration, year: number): Declaration => {
      const period = { start: `${year}-01-01`, end: `${year + 1}-01-01` };
      return [declaration[0], declaration[1], declaration[2], declaration[3], '', { ...declaration[5], period }];
    };
    expect(own(facts(dated(before, 2010), dated(later, 2020)), 'Z20')).toEqual([]);
    const unknown: Declaration = ['', 'pressure-gradient', null, '1', '', { ...run, by: { class: 'roads:core-transition' } }];
    expect(unchecked(facts(unknown))).toContain('Z20');
  });
});
