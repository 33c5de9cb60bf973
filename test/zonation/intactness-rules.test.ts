/** Z21 and Z22 on figures as `compute` keeps them. */
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { intactness } from '../../src/zonation/intactness-figures.ts';
import { judge } from '../../src/zonation/rules.ts';
import type { SiteFacts } from '../../src/zonation/site-facts.ts';
import { asked, box, type Declaration, siteFacts, zone } from './site-facts-of.ts';

const zones = [
  zone('s', 'core', box(0, 0, 1, 1)),
  zone('s', 'buffer', box(1, 0, 2, 1)),
  zone('s', 'transition', box(2, 0, 4, 1)),
];
const kinds = ['core', 'buffer', 'transition'] as const;
const share = (feature: string, value: number | null, year = 2020, kind = 'natural', run = 'run-1'): Declaration => [
  feature,
  'ecosystem-intactness',
  value,
  '%',
  '',
  {
    role: 'computed',
    from: { run },
    by: { class: `unccd:${kind}` },
    period: { start: `${year}-01-01`, end: `${year + 1}-01-01` },
  },
];
const shares = (values: readonly number[], ...rest: [number?, string?, string?]): Declaration[] =>
  values.map((value, i) => share(kinds[i] ?? '', value, ...rest));
const facts = (...declarations: Declaration[]): SiteFacts => siteFacts('s', declarations, { zones });
const own = (of: SiteFacts, rule: string) => asked(of).filter((finding) => finding.rule === rule);
const unchecked = (of: SiteFacts): string =>
  judge(of, { profile: null, today: '2026-03-01' }).find(({ rule }) => rule === 'not-checked')?.text.en ?? '';

test('without figures the rules are not checked, and it is said which command gives them', () => {
  expect(unchecked(facts())).toMatch(/Z21, Z22 \(from maps of land cover.*--indicator ecosystem-intactness/);
  expect(unchecked(facts(share('core', 90)))).toMatch(/Z21, Z22/);
  expect(unchecked(facts(...shares([90, 80, 60])))).toMatch(/Z22 \(/);
});

describe('Z21: intact ground falls outwards', () => {
  test('nothing is asked where it does, also where a step is level', () => {
    expect(own(facts(...shares([96, 80, 55])), 'Z21')).toEqual([]);
    expect(own(facts(...shares([95, 95.9, 55])), 'Z21')).toEqual([]);
  });

  test('an inner zone with less than the next is asked about, with the share of each', () => {
    const [finding] = own(facts(...shares([80.04, 95.5, 55])), 'Z21');
    expect(finding).toMatchObject({
      severity: 'question',
      zones: ['s/core', 's/buffer', 's/transition'],
      numbers: { corePercent: 80, bufferPercent: 95.5, transitionPercent: 55 },
      sources: ['run-1'],
    });
    expect(finding?.text.en).toContain('core area 80 %; buffer zone 95.5 %; transition area 55 %');
    for (const lang of languages) expect(finding?.suggestion?.[lang]).toContain('…');
  });

  test('zones that are alike are asked about, unless a rise of pressure was shown', () => {
    const level = shares([99.8, 99.5, 99.1]);
    expect(own(facts(...level), 'Z21')[0]?.text.en).toContain('about the same in all zones');
    const step: Declaration = [
      '',
      'pressure-gradient',
      0.7,
      '1',
      '',
      { role: 'computed', from: { run: 'p' }, by: { class: 'roads:core-transition' }, low: 0.6, high: 0.8, level: 0.95 },
    ];
    expect(own(facts(...level, step), 'Z21')).toEqual([]);
  });

  test('the latest time of one computation counts, and pressure goes before cover alone', () => {
    const before = shares([50, 90, 90], 2000);
    expect(own(facts(...before, ...shares([90, 80, 60], 2020)), 'Z21')).toEqual([]);
    const both = [...shares([50, 90, 90]), ...shares([60, 50, 40], 2020, 'intact')];
    expect(intactness(facts(...both))?.name).toBe('unccd:intact');
    expect(own(facts(...both), 'Z21')).toEqual([]);
    // shares of two computations, perhaps of two legends, are not put together
    expect(unchecked(facts(share('core', 50), share('buffer', 90, 2020, 'natural', 'run-2')))).toContain('Z21');
  });

  test('zones of a kind are taken together by their areas, and all must be known', () => {
    const two = { zones: [...zones, zone('s', 'core', box(5, 0, 6, 1), '-2')] };
    const area = (feature: string, value: number): Declaration => [
      feature,
      'area',
      value,
      'm2',
      '',
      { role: 'computed', from: { run: 'a' } },
    ];
    const declared = [share('core', 100), share('core-2', 60), share('buffer', 75), share('transition', 40)];
    const of = siteFacts('s', [area('core', 3e6), area('core-2', 1e6), ...declared], two);
    expect(intactness(of)?.dates[0]?.kinds[0]).toMatchObject({ kind: 'core', value: 90 });
    expect(intactness(siteFacts('s', declared.slice(1), two))?.dates[0]?.kinds.map(({ kind }) => kind)).toEqual([
      'buffer',
      'transition',
    ]);
  });
});

describe('Z22: intact ground of core area and buffer zone has not shrunk', () => {
  test('more than a percentage point between the first and the last map is asked about', () => {
    const of = facts(...shares([96, 90, 70], 2010), ...shares([95.5, 88, 60], 2015), ...shares([95.2, 84.5, 50], 2020));
    const found = own(of, 'Z22');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      severity: 'question',
      zones: ['s/buffer'],
      numbers: { beforePercent: 90, nowPercent: 84.5, lostPoints: 5.5 },
    });
    for (const lang of languages) expect(found[0]?.text[lang]).toMatch(/2010.*2020/);
  });

  test('nothing is asked where it grew', () => {
    expect(own(facts(...shares([90, 80, 70], 2010), ...shares([95, 80, 60], 2020)), 'Z22')).toEqual([]);
  });
});
