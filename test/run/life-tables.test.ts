/** Tables of living things as they are read for an indicator: columns in four languages, sheets, secrets, what is told of them. */
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../src/formats/digest.ts';
import type { SourceFile } from '../../src/formats/source-node.ts';
import { languages } from '../../src/i18n/index.ts';
import { tableIndicators } from '../../src/indicators/table-indicators.ts';
import { LIFE_TABLES, type LifeTableKind, lifeParams, lifeTableKind, readLifeTable } from '../../src/run/life-tables.ts';
import { sheetWords } from '../../src/run/sheet-told.ts';
import type { TableGround } from '../../src/run/zone-placing.ts';
import { workbook } from '../records/messy-sheets.ts';

const zones = [
  { id: 'almaty/core', kind: 'core' as const, name: {} },
  { id: 'almaty/buffer', kind: 'buffer' as const, name: {} },
];
const ground: TableGround = { site: 'almaty', zones, drawn: [], isSecret: (name) => name === 'Falco cherrug' };
const source = (text: string | Uint8Array, name = 'x.csv'): SourceFile => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return { name, bytes, digest: digestOf(bytes) };
};
const read = (kind: LifeTableKind, ...lines: string[]) => readLifeTable(kind, source(lines.join('\n')), ground);

test('every kind has indicators that a table is taken for elsewhere, too', () => {
  const known = new Set(tableIndicators.map(({ id }) => id));
  for (const [kind, list] of Object.entries(LIFE_TABLES))
    for (const { id } of list) {
      expect(known).toContain(id);
      expect(lifeTableKind(id)).toBe(kind);
    }
  expect(lifeTableKind('water-stress')).toBeNull();
});

describe('counts', () => {
  test('columns of any language, a wide table, a species whose places are a secret', async () => {
    const found = await read(
      'counts',
      'Вид,Участок,Зона,2019,2020',
      'Otis tarda,A,ядро,3,4',
      'Falco cherrug,A,ядро,1,1',
      'Otis tarda,B,–,5,',
    );
    expect(
      found.table.rows.map(({ values: { species, site, year, count, zone } }) => [species, site, year, count, zone]),
    ).toEqual([
      ['Otis tarda', 'A', '2019', '3', 'almaty/core'],
      ['Otis tarda', 'A', '2020', '4', 'almaty/core'],
      ['Falco cherrug', 'A', '2019', '1', '-'],
      ['Falco cherrug', 'A', '2020', '1', '-'],
      ['Otis tarda', 'B', '2019', '5', '-'],
      ['Otis tarda', 'B', '2020', '', '-'],
    ]);
    expect(found.inputs.map(({ href }) => href)).toEqual(['x.csv', 'sensitive species']);
    expect(found.inputs[1]?.digest).not.toContain('Falco');
    expect(found.told).toMatchObject({ zones: 'column', outside: ['B'], secret: ['Falco cherrug'] });
  });

  test('without zones or where nothing is drawn figures are of the whole, which is told in every language', async () => {
    const bare = await read('counts', 'species,site,year,count', 'lark,A,2019,3');
    const placed = await read('counts', 'species,site,year,count,lon,lat', 'lark,A,2019,3,76,43');
    expect([bare.told.zones, placed.told.zones]).toEqual(['unnamed', 'undrawn']);
    for (const lang of languages)
      for (const { told } of [bare, placed]) {
        expect(sheetWords(told, lang)).toHaveLength(1);
        expect(sheetWords(told, lang)[0]).not.toContain('jobs.');
      }
  });

  test('a table that names no species is told which columns would do', async () => {
    const error = await read('counts', 'site,year,count', 'A,2019,3').catch((reason: Error) => reason);
    expect(String(error)).toContain('species, site, year, count');
    expect(String(error)).not.toContain('--species');
  });
});

describe('populations', () => {
  const own = ['species,population,year,value,set,weight,zone', 'A_a,1,2001,10,birds,2,core', 'A_a,1,2002,12,birds,2,core'];

  test('the columns of the indicator, those of the Living Planet Database, and counts all do', async () => {
    const named = await read('populations', ...own);
    expect(named.table.rows[0]?.values).toMatchObject({ set: 'birds', weight: '2', zone: 'almaty/core', value: '10' });
    const database = await read('populations', 'Binomial,ID,year,popvalue,zone', 'A_a,1,2001,10,core', 'A_a,1,2002,NA,core');
    expect(database.table.rows.map(({ values }) => [values.population, values.value, values.zone])).toEqual([
      ['A_a, 1', '10', 'almaty/core'],
    ]);
    const counts = await read('populations', 'species,site,year,count', 'A a,S,2001,10');
    expect(counts.table.rows[0]?.values).toMatchObject({ species: 'A a', population: 'A a, S', year: '2001', value: '10' });
  });

  test('a secret that is written with a stroke below is one', async () => {
    const { table, told } = await read('populations', own[0] ?? '', 'Falco_cherrug,1,2001,3,birds,2,core');
    expect(table.rows[0]?.values.zone).toBe('-');
    expect(told.secret).toEqual(['Falco cherrug']);
  });
});

test('sightings and assessments of a workbook: the first sheet with the columns is taken, others are told', async () => {
  const head = ['scientificName', 'locality', 'eventDate'];
  const sheets = [
    { name: 'notes', rows: [['nothing']] },
    { name: '2019', rows: [head, ['lark', 'A', '2019-05-01']] },
    { name: '2020', rows: [head, ['lark', 'A', '2020-05-01']] },
  ];
  const book = await readLifeTable('sightings', source(workbook(sheets).bytes, 'r.xlsx'), ground);
  expect(book.name).toBe('r.xlsx/2019');
  expect(book.told.left).toEqual([
    { sheet: 'notes', because: 'columns' },
    { sheet: '2020', because: 'further' },
  ]);
  const list = await read('assessments', 'species,year,category', 'saiga,2003,CR');
  expect(list.told).toMatchObject({ zones: null, left: [] });
  expect(sheetWords(list.told, 'en')).toEqual([]);
});

test('parameters are written in one way, however they were asked for', () => {
  expect(lifeParams({ since: '2019', control: 'буферная зона' }, ground)).toEqual({ since: '2019', control: 'almaty/buffer' });
  expect(lifeParams({ species: 'a,b ,  c' }, ground)).toEqual({ species: 'a, b, c' });
  expect(lifeParams({ base: '2011' }, ground)).toEqual({ base: '2011' });
});
