import { describe, expect, test } from 'vitest';
import { threatenedByZone } from '../../src/review/species-zones.ts';
import { gapsOf, hintsOf, tablesOf } from './blocks-fixture.ts';
import { observationOf, runOf, zoneOf } from './content-fixture.ts';
import { BUFFER, CORE, contentWith, recorded, siteSpecies } from './species-fixture.ts';

const eagle = recorded('Aquila heliaca', { categories: { iucn: 'VU', 'red-book-kz': 'III' }, zones: [CORE, BUFFER] });
const lapwing = recorded('Vanellus gregarius', { categories: { iucn: 'CR(PE)', 'red-book-kz': 'I' } });
const lark = recorded('Alauda arvensis', { categories: { iucn: 'LC' }, zones: [BUFFER] });
const beetle = recorded('Carabus x', { zones: [BUFFER] });
const known = siteSpecies([eagle, lapwing, lark, beetle]);
const rows = (blocks: ReturnType<typeof threatenedByZone>): string[] =>
  tablesOf(blocks).flatMap(({ head, rows: lines }) => [
    head.join(' | '),
    ...lines.map((row) => row.map(({ text }) => text).join(' | ')),
  ]);

const kept = (value: number, zone: string | undefined, list: string, rest: object = {}) =>
  observationOf('threatened-species', value, '{species}', {
    ...{ role: 'computed' as const, from: { run: `run-${list}` }, id: `${zone}-${list}` },
    ...(zone === undefined ? {} : { zone }),
    ...rest,
  });
const runs = ['iucn', 'red-book-kz', 'years'].map((list) =>
  runOf(`run-${list}`, {
    indicator: 'threatened-species',
    params: { effort: 'year', list: list === 'years' ? 'iucn' : list, from: list === 'years' ? '2020' : '', to: '' },
  }),
);

describe('threatened species by zone', () => {
  test('are counted by category and list; a list that says nothing of a zone says no zero', () => {
    expect(rows(threatenedByZone(contentWith(known), known))).toEqual([
      'Place | CR | EN | VU | IUCN: all | KZ I | KZ III | KZ: all',
      'core area | 1 | 0 | 1 | 2 | 1 | 1 | 2',
      'buffer zone | 0 | 0 | 1 | 1 | 0 | 1 | 1',
      'transition area | – | – | – | – | – | – | –',
      'whole reserve | 1 | 0 | 1 | 2 | 1 | 1 | 2',
    ]);
    expect(hintsOf(threatenedByZone(contentWith(known), known)).join()).toContain(
      'IUCN Red List: no category is kept for 1 of the 4',
    );
  });

  test('count dated records by places that anybody may know', () => {
    const hidden = { ...lapwing, sensitive: true, zones: [CORE], openZones: [BUFFER] };
    const undated = { ...eagle, undated: 3, openZones: [] };
    const blocks = threatenedByZone(contentWith(known), siteSpecies([hidden, undated]));
    expect(rows(blocks)).toEqual([
      'Place | CR | EN | VU | IUCN: all | KZ I | KZ: all',
      'core area | – | – | – | – | – | –',
      'buffer zone | 1 | 0 | 0 | 1 | 1 | 1',
      'transition area | – | – | – | – | – | –',
      'whole reserve | 1 | 0 | 0 | 1 | 1 | 1',
    ]);
    expect(gapsOf(blocks)).toEqual(['Threatened, and not counted here, as none of their records bears a date: Aquila heliaca.']);
  });

  test('of several zones of a kind stand one by one and together: a species of both counts once', () => {
    const second = `${CORE}-2`;
    const zones = [zoneOf('core'), zoneOf('core', { id: second })];
    const two = siteSpecies([{ ...eagle, openZones: [CORE, second] }], { zones: zones.map(({ id, kind }) => ({ id, kind })) });
    const lines = rows(threatenedByZone(contentWith(two, { facts: { zones } }), two)).slice(1);
    expect(lines.map((line) => line.split(' | ')[0])).toEqual([
      'core area: 1',
      'core area: 2',
      'core area, all parts',
      'whole reserve',
    ]);
    expect(lines[2]).toBe('core area, all parts | 0 | 0 | 1 | 1 | 1 | 1');
  });

  test('cite the kept figure of the same list, and tell where it says otherwise', () => {
    const observations = [
      kept(2, 'core', 'iucn'),
      kept(2, 'core', 'red-book-kz'),
      kept(9, 'buffer', 'iucn'),
      kept(1, 'buffer', 'years', { id: 'z' }),
    ];
    const content = contentWith(known, { facts: { observations }, runs });
    const blocks = threatenedByZone(content, known);
    const core = tablesOf(blocks)[0]?.rows[0] ?? [];
    expect(core.map(({ notes }) => notes.length)).toEqual([0, 0, 0, 0, 1, 0, 0, 1]);
    expect(content.notes[0]).toContain('run-iucn');
    expect(gapsOf(blocks).join()).toMatch(/compute them again.*: buffer zone: 1 \/ 9\.$/);
  });

  test('without a category at all there is no table of zeros', () => {
    const blocks = threatenedByZone(contentWith(known), siteSpecies([beetle]));
    expect([tablesOf(blocks).length, gapsOf(blocks).length]).toEqual([0, 1]);
  });
});
