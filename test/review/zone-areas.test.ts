import { describe, expect, test } from 'vitest';
import { zoneAreas } from '../../src/review/zone-areas.ts';
import { geodesicArea } from '../../src/science/areas.ts';
import type { MultiPolygon, Observation, ZoneKind } from '../../src/types.ts';
import { almaty } from '../store/facts-fixture.ts';
import { box } from '../zonation/site-facts-of.ts';
import { type ContentOverrides, contentOf, indicatorOf, observationOf, runOf, wordsOf, zoneOf } from './content-fixture.ts';

const declared = (zone: ZoneKind | undefined, value: number, rest: Partial<Observation> & { year?: number } = {}) =>
  observationOf('area', value, 'har', zone === undefined ? rest : { zone, ...rest });
const computed = (feature: string, geometry: MultiPolygon) => ({
  ...observationOf('area', geodesicArea(geometry), 'm2', { role: 'computed', from: { run: 'run-1' } }),
  feature,
});
const content = (observations: Observation[], rest: ContentOverrides = {}) =>
  contentOf({
    indicators: [indicatorOf('area', { title: { en: 'Area' }, function: 'zonation' })],
    runs: [runOf('run-1')],
    ...rest,
    facts: { observations, ...rest.facts },
  });
const lines = async (...args: Parameters<typeof content>) => wordsOf(await zoneAreas(content(...args))).split('\n');
const row = (all: string[], start: string) => all.find((line) => line.startsWith(start)) ?? '';

const geometries = {
  core: box(51, 46, 51.02, 46.02),
  buffer: box(51.02, 46, 51.05, 46.02),
  transition: box(51.05, 46, 51.1, 46.02),
};
const kinds = ['core', 'buffer', 'transition'] as const;
const zones = kinds.map((kind) => zoneOf(kind, { geometry: geometries[kind] }));
const areas = kinds.map((kind) => computed(`${almaty.id}/${kind}`, geometries[kind]));

describe('declared areas', () => {
  test('of the report before and of now stand side by side with their years and the change', async () => {
    const all = await lines([
      declared('core', 71_800, { year: 2014 }),
      declared('core', 71_700, { year: 2014 }),
      declared('core', 72_000, { year: 2023 }),
      declared(undefined, 176_960, { year: 2014, approximate: true }),
    ]);
    expect(all[1]).toBe('Zone | Report before, declared | Now, declared | Change');
    expect(row(all, 'core area, land and sea not told apart')).toContain(
      '| 71,800 / 71,700 (2014) | 72,000 (2023) | +200 (+0.28 %), as declared',
    );
    expect(row(all, 'Total')).toBe('Total | about 176,960 (2014) | – | –');
    expect(row(all, 'buffer zone,')).toContain('| – | – | –');
  });

  test('the report before is the one nearest to its date; without that date the earliest', async () => {
    const observations = [1999, 2013, 2018, 2024].map((year) => declared('core', year, { year }));
    expect(row(await lines(observations), 'core area')).toContain('| 2,013 (2013) | 2,024 (2024) |');
    const unknown = await lines(observations, { dates: { previous: null } });
    expect(row(unknown, 'core area')).toContain('| 1,999 (1999) | 2,024 (2024) |');
    expect(row(unknown, 'Also declared')).toContain('2,013 (2013); core area, land and sea not told apart: 2,018 (2018).');
  });

  test('equal figures are written once with the notes of all, doubtful ones are named below the table', async () => {
    const source = { from: { source: 'other', page: '7' } };
    const one = content([
      declared('core', 100, { year: 2014 }),
      declared('core', 100, { year: 2014, ...source }),
      declared('core', 999, { year: 2014, quality: 'doubtful' }),
    ]);
    const blocks = await zoneAreas(one);
    const words = wordsOf(blocks);
    expect(words).toContain('| 100 (2014)');
    expect(words).toContain('Left out of the table as doubtful: core area: 999 (2014).');
    expect(one.notes).toEqual([
      'Declared: Area, 2014; UNESCO page on Almaty, https://en.unesco.org/biosphere/aspac/almaty',
      'Declared: Area, 2014; other, p. 7',
      'Declared: Area, 2014; UNESCO page on Almaty, https://en.unesco.org/biosphere/aspac/almaty (doubtful)',
    ]);
    const table = blocks?.find((block) => block.kind === 'table');
    expect(table?.rows[0]?.[1]).toEqual({ text: '100 (2014)', notes: [1, 2] });
  });

  test('nothing known is null, and a blank is never a zero', async () => {
    expect(await zoneAreas(content([]))).toBeNull();
    expect((await lines([declared('core', 5)])).join()).not.toMatch(/\b0\b/);
    expect(row(await lines([declared('core', 5)]), 'core area')).toContain('5 (no date)');
  });
});

describe('computed areas', () => {
  test('stand beside the declared ones with the difference, and add up; the sea is not spoken of without a shoreline', async () => {
    const hectares = geodesicArea(geometries.core) / 1e4;
    const all = await lines([declared('core', 300, { year: 2014 }), ...areas], { facts: { zones } });
    expect(row(all, 'core area, land and sea')).toContain(
      `| ${hectares.toFixed(2)} | +${(hectares - 300).toFixed(2)} (+${(hectares / 3 - 100).toFixed(2)} %)`,
    );
    const whole = kinds.reduce((sum, kind) => sum + geodesicArea(geometries[kind]) / 1e4, 0);
    expect(row(all, 'Total')).toContain(`| ${whole.toLocaleString('en', { maximumFractionDigits: 2 })} |`);
    expect(row(all, 'core area, marine')).toBe('core area, marine | not told apart: no dated shoreline | – | –');
  });

  test('there is no total while a declared zone is not drawn', async () => {
    const facts = { zones: [zones[0], zoneOf('buffer')].filter((zone) => zone !== undefined) };
    const all = await lines([declared('buffer', 300, { year: 2014 }), ...areas.slice(0, 1)], { facts });
    expect(row(all, 'Total')).toBe('Total | – | –');
  });

  test('with a dated shoreline land and sea are told apart; what was declared for both is held against neither', async () => {
    const shore = { water: box(51.08, 45, 52, 47), date: '2024-08-15', source: 'a mask' };
    const observations = [declared('transition', 300, { year: 2014 }), declared('core', 300, { year: 2014 }), ...areas];
    const one = content(observations, { facts: { zones }, shore });
    const all = wordsOf(await zoneAreas(one)).split('\n');
    expect(row(all, 'transition area, terrestrial')).toMatch(/\| –$/);
    expect(row(all, 'core area, terrestrial')).toMatch(/%\)$/);
    const cells = (line: string) => line.split(' | ').map((cell) => Number(cell.replaceAll(',', '')));
    const numbers = [row(all, 'transition area, terrestrial'), row(all, 'transition area, marine')].map(
      (line) => cells(line)[2] ?? 0,
    );
    expect((numbers[0] ?? 0) + (numbers[1] ?? 0)).toBeCloseTo(geodesicArea(geometries.transition) / 1e4, 1);
    expect(one.notes.join('\n')).toContain('shoreline of August 15, 2024: a mask');
  });

  test('the zonation before stands beside, and zones that did not change are in both', async () => {
    const small = box(51, 46, 51.01, 46.02);
    const old = zoneOf('core', { id: 'old', valid: { start: null, end: '2020-01-01' }, geometry: small });
    const now = zoneOf('core', { valid: { start: '2020-01-01', end: null }, geometry: geometries.core });
    const all = await lines([...areas, computed('old', small)], { facts: { zones: [old, now, ...zones.slice(1)] } });
    expect(all[1]).toBe('Zone | Report before, declared | Now, computed from the map | Zonation before, computed | Change');
    const gained = (geodesicArea(geometries.core) - geodesicArea(small)) / 1e4;
    expect(row(all, 'core area, land')).toContain(`| +${gained.toFixed(2)} (+100 %)`);
    expect(row(all, 'buffer zone, land')).toMatch(/\| 0 \(0 %\)$/);
    expect(row(all, 'Total')).toContain(`| +${gained.toFixed(2)} (`);
  });
});

test.each(['ru', 'kk', 'tr'] as const)('the table is written in %s', async (lang) => {
  const words = wordsOf(await zoneAreas(content([declared('core', 5, { year: 2014 }), ...areas], { lang, facts: { zones } })));
  expect(words).not.toMatch(/\b(declared|computed|zone|shoreline)\b/);
});

test('an area in no unit of area is shown as it is, and nothing is subtracted from it', async () => {
  const all = await lines([observationOf('area', 7, '{site}', { zone: 'core', year: 2014 }), ...areas], { facts: { zones } });
  expect(row(all, 'core area, land')).toMatch(/\| 7 site \(2014\) \| [\d.,]+$/);
});
