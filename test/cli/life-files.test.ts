/** Files of records as reserves have them, through `saryarka life read|import|indicators`: what is mended, told, gathered. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';
import { listOccurrences, listTaxa } from '../../src/store/occurrences.ts';

let folder = '';
let told: string[] = [];
const at = (name: string): string => join(folder, name);
const put = (name: string, content: string | Uint8Array): void => writeFileSync(at(name), content);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'life-files-'));
  told = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void told.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** What a command prints; it must end well. */
async function run(...words: string[]): Promise<string> {
  told = [];
  expect(await main([...words, '--lang', 'en']), told.join('\n')).toBe(0);
  return told.join('\n');
}

const SITES = `id,kind,name_en,countries,parent
whole,biosphere-reserve,Two banks,KZ,
east,biosphere-reserve,East bank,KZ,whole
west,biosphere-reserve,West bank,KZ,whole
`;
const CHECKLIST = `taxonID,scientificName,acceptedNameUsageID,class,vernacularName
1,"Aquila nipalensis Hodgson, 1833",,Aves,степной орёл
2,"Vanellus gregarius (Pallas, 1771)",,Aves,
3,"Chettusia gregaria (Pallas, 1771)",2,Aves,кречётка
4,"Otis tarda Linnaeus, 1758",,Aves,Great bustard
`;

const square = (lon: number): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: ['core', 'transition'].map((kind, k) => {
      const [west, east] = [lon + k * 0.1, lon + k * 0.1 + 0.1];
      const ring = [
        [west, 50],
        [east, 50],
        [east, 50.1],
        [west, 50.1],
        [west, 50],
      ];
      return { type: 'Feature', properties: { kind }, geometry: { type: 'Polygon', coordinates: [ring] } };
    }),
  });

/** A dossier with a whole of two parts, each with a core and a transition area. */
async function twoBanks(): Promise<string> {
  put('sites.csv', SITES);
  put('east.geojson', square(69.2));
  put('west.geojson', square(69));
  const dossier = at('banks.gpkg');
  await run('new', dossier);
  await run('import', dossier, at('sites.csv'));
  for (const site of ['east', 'west'])
    await run('import', dossier, at(`${site}.geojson`), '--site', site, '--valid-from', '2020-01-01');
  return dossier;
}

const HEAD = 'scientificName,decimalLatitude,decimalLongitude,eventDate';

describe('files', () => {
  test('vernacular names stand for the taxon of the checklist, with ё or е, in small letters or not, of a synonym the accepted one', async () => {
    put('list.csv', CHECKLIST);
    put('birds.csv', 'вид,год,численность\nСтепной орел,2021,3\nКречётка,2021,8\nGreat Bustard,2022,2\nСнегирь,2022,2\n');
    const said = JSON.parse(await run('life', 'read', at('birds.csv'), '--checklist', at('list.csv'), '--json'));
    expect(said.nameMatches.map(({ name, taxon, score }: Record<string, unknown>) => [name, taxon, score])).toEqual([
      ['Степной орел', 'Aquila nipalensis Hodgson, 1833', 0.95],
      ['Кречётка', 'Vanellus gregarius (Pallas, 1771)', 0.95],
      ['Great Bustard', 'Otis tarda Linnaeus, 1758', 0.95],
      ['Снегирь', null, 0],
    ]);
  });

  test('the class of a checklist goes with its records, and names that the dossier had none of are filled in', async () => {
    const dossier = await twoBanks();
    put('list.csv', CHECKLIST);
    put('one.csv', `${HEAD}\nAquila nipalensis,50.05,69.05,2021-05-01\n`);
    put('two.csv', `${HEAD}\nAquila nipalensis,50.05,69.05,2022-05-01\n`);
    await run('life', 'import', dossier, at('one.csv'), '--site', 'west');
    await run('life', 'import', dossier, at('two.csv'), '--site', 'west', '--checklist', at('list.csv'));
    const db = openDossier(dossier);
    try {
      expect(listTaxa(db)).toMatchObject([{ name: 'Aquila nipalensis', vernacular: { ru: 'степной орёл' } }]);
      expect(listOccurrences(db, { site: 'west', exact: true }).map(({ fields }) => fields.class)).toEqual([undefined, 'Aves']);
    } finally {
      closeDossier(db);
    }
  });

  test('a sheet without a table of species is named', async () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['вид', 'год', 'численность'], ['Saiga tatarica', 2020, 12]]), 'Учёт'); // biome-ignore format: rows
    utils.book_append_sheet(book, utils.aoa_to_sheet([['Явление', 'Дата'], ['Прилёт грача', '15.03']]), 'Фенология'); // biome-ignore format: rows
    put('book.xlsx', write(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array);
    expect(await run('life', 'read', at('book.xlsx'))).toContain('book.xlsx: sheet "Фенология" was left out');
  });

  test('places of a table of counts are held to the rules of places; a row twice is told', async () => {
    const rows = ['Saiga tatarica,50.0512,69.0512,2021-05-01,4', 'Saiga tatarica,69.0512,50.0512,2021-05-01,4'];
    put('smart.csv', `Patrol ID,Waypoint ID,Species,X,Y,Waypoint Date,Number\n${rows
      .flatMap((row, i) => (i === 1 ? [row, row] : [row]))
      .map((row, i) => { const [name, lat, lon, date, n] = row.split(','); return `P${i},${i},${name},${lon},${lat},${date},${n}`; })
      .join('\n')}\n`); // biome-ignore format: a small table
    const said = JSON.parse(await run('life', 'read', at('smart.csv'), '--country', 'KZ', '--json', '--today', '2026-11-23'));
    expect(said).toMatchObject({
      format: 'count-table',
      flags: { 'coordinates-swapped': 2, duplicate: 1 },
      flagRows: { 'coordinates-swapped': ['smart.csv:3', 'smart.csv:4'], duplicate: ['smart.csv:4'] },
    });
  });

  test('what is wrong with a file is told once, though it is read for its names and for its records', async () => {
    put('list.csv', CHECKLIST);
    const head = 'id,observed_on,quality_grade,license,latitude,longitude,private_latitude,scientific_name,iconic_taxon_name';
    put('inat.csv', `${head}\n1,2024-05-02,research,CC0,50.05,69.05,50.0512,Tulipa schrenkii,Plantae\n`);
    const said = await run('life', 'read', at('inat.csv'), '--checklist', at('list.csv'));
    expect(said.match(/private/g)).toHaveLength(1);
    expect(said).toContain('iNaturalist: 1 records; licence: CC0-1.0');
  });

  test('a list with a name of its own keeps it; names of the table that are of no record are counted', async () => {
    const dossier = await twoBanks();
    put('one.csv', `${HEAD}\nOtis tarda,50.05,69.05,2021-05-01\n`);
    put(
      'list.csv',
      'name,list,category,date\nOtis tarda,Красная книга РК,II,2010\nOtis tarda,МСОП,EN,2023\nSaiga tatarica,IUCN,NT,2023\n',
    );
    const said = await run('life', 'import', dossier, at('one.csv'), '--site', 'west', '--categories', at('list.csv'));
    expect(said).toContain('Names of the table of categories that none of these records is of: 1');
    const db = openDossier(dossier);
    try {
      expect(listTaxa(db)[0]?.categories).toEqual({
        ...{ 'Красная книга РК': 'II', 'Красная книга РК@2010': 'II', iucn: 'EN', 'iucn@2023': 'EN' },
      });
    } finally {
      closeDossier(db);
    }
  });
});

describe('what is kept by people', () => {
  test('is recorded, but no presence of a species', async () => {
    const dossier = await twoBanks();
    put('all.csv', `${HEAD},basisOfRecord,degreeOfEstablishment,establishmentMeans
Otis tarda,50.05,69.05,2021-05-01,HumanObservation,,
Ulmus pumila,50.05,69.05,2021-05-01,HumanObservation,cultivated,
Panthera leo,50.05,69.05,2021-05-01,LivingSpecimen,,
Equus przewalskii,50.05,69.05,2021-05-01,HumanObservation,,managed
Mammuthus primigenius,50.05,69.05,2021-05-01,FossilSpecimen,,
`); // biome-ignore format: a table
    await run('life', 'import', dossier, at('all.csv'), '--site', 'west');
    const said = await run('life', 'indicators', dossier, '--site', 'west', '--indicator', 'species-richness');
    expect(said).toContain('kept by people or fossil 4');
    expect(said).toMatch(/west\s+species-recorded\s+1\s/);
  });
});

describe('a transboundary whole', () => {
  test('counts the records of its parts; figures by zone stay with each part', async () => {
    const dossier = await twoBanks();
    put('list.csv', 'name,list,category,date\nOtis tarda,iucn,EN,2023\n');
    put('east.csv', `${HEAD}\nOtis tarda,50.05,69.25,2021-05-01\nSaiga tatarica,50.05,69.35,2021-05-01\n`);
    put('west.csv', `${HEAD}\nOtis tarda,50.05,69.05,2022-05-01\nAnas crecca,50.05,69.15,2022-05-01\n`);
    for (const site of ['east', 'west'])
      await run('life', 'import', dossier, at(`${site}.csv`), '--site', site, '--categories', at('list.csv'));
    const said = await run('life', 'indicators', dossier, '--site', 'whole', '--indicator', 'species-richness');
    expect(said).toContain('whole is made of its parts: east, west. Their records are counted together for the whole');
    expect(said).toMatch(/whole\s+species-recorded\s+3\s+4\s/);
    expect(said).not.toMatch(/(east|west)\/core/);
    const parts = await run('life', 'indicators', dossier, '--site', 'east', '--indicator', 'species-richness');
    expect(parts).toMatch(/east\/core\s+species-recorded\s+1\s/);
    await run('review', dossier, '--site', 'whole', '-o', at('whole.txt.html'));
    const text = readFileSync(at('whole.txt.html'), 'utf8')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(text).toContain('Records of the parts count together here: East bank, West bank.');
    expect(text).toContain('core area (West bank)');
    expect(text).toContain('Trends of populations, indices and networks are told for each part, in its own review');
  });

  test('what cannot be gathered says where it is', async () => {
    const dossier = await twoBanks();
    told = [];
    expect(await main(['life', 'connect', 'reserve', dossier, '--site', 'whole', '--lang', 'en'])).toBe(2);
    expect(told.join('\n')).toContain('whole: has no map of its own, only its parts have: east, west; give one of them');
  });
});

describe('sensitive species', () => {
  test('are marked by a table, with what may mean them; what is wrong is told by line', async () => {
    const dossier = await twoBanks();
    put(
      'one.csv',
      `${HEAD}\nFalco cherrug milvipes,50.0512,69.0512,2021-05-01\nFalco cherug,50.0512,69.0512,2021-05-01\nOtis tarda,50.0512,69.0512,2021-05-01\n`,
    );
    await run('life', 'import', dossier, at('one.csv'), '--site', 'west');
    expect(await run('life', 'sensitive', dossier)).toContain('No species is marked as sensitive');
    put('secret.csv', 'name,sensitivity,reason\nFalco cherrug,2,nests are robbed\nAquila heliaca,1,nests\n');
    const said = await run('life', 'sensitive', dossier, at('secret.csv'));
    expect(said.split('\n')).toEqual([
      'Marked: Falco cherrug milvipes: shown on a grid of 0.1°; nests are robbed',
      'Marked: Falco cherug: shown on a grid of 0.1°; nests are robbed (Falco cherrug may be meant)',
      'Added: Aquila heliaca: no place is shown; nests',
    ]);
    const db = openDossier(dossier);
    try {
      const shown = listOccurrences(db, { site: 'west', exact: false });
      expect(shown.map(({ name, place }) => [name, place?.join(' ')])).toEqual([
        ['Falco cherrug milvipes', '69.05 50.05'],
        ['Falco cherug', '69.05 50.05'],
        ['Otis tarda', '69.0512 50.0512'],
      ]);
    } finally {
      closeDossier(db);
    }
    put('open.csv', 'name,sensitivity,reason\nAquila heliaca,open,\n');
    expect(await run('life', 'sensitive', dossier, at('open.csv'))).toBe('Marked: Aquila heliaca: no secret any more');
    put('wrong.csv', 'name,sensitivity,reason\nFalco cherrug,5,nests\nFalco cherrug,2,\nFalco,2,nests\n');
    told = [];
    expect(await main(['life', 'sensitive', dossier, at('wrong.csv'), '--lang', 'en'])).toBe(1);
    expect(told.map((line) => /line (\d+), field (\w+)/.exec(line)?.slice(1).join(' '))).toEqual([
      '2 sensitivity',
      '3 reason',
      '4 name',
    ]);
  });
});
