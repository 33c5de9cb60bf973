/** Records into a dossier and out again: names, zones, datasets, licences, and that no sensitive place is told through another name. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadChecklist } from '../../src/formats/darwin-core-checklist.ts';
import { openContainer } from '../../src/formats/darwin-core-container.ts';
import { issueLists } from '../../src/formats/import-issue.ts';
import { openLifeFile } from '../../src/formats/life-file.ts';
import type { LifeRecord, Taxon } from '../../src/life-types.ts';
import { zoneIndex } from '../../src/science/zone-probability.ts';
import { listDatasets } from '../../src/store/catalogue.ts';
import type { Db } from '../../src/store/db.ts';
import { importOccurrences, type OccurrenceImport } from '../../src/store/occurrence-import.ts';
import { listOccurrenceDatasets, removeOccurrences } from '../../src/store/occurrence-undo.ts';
import { countOccurrences, listOccurrences, listTaxa, putTaxon } from '../../src/store/occurrences.ts';
import { readCategories } from '../../src/store/taxa-categories.ts';
import { matchNames, nameKey, type WrittenName } from '../../src/store/taxa-match.ts';
import { problemOf } from '../formats/expect-problem.ts';
import { smallDossier } from './facts-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'occurrence-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const HEAD =
  'occurrenceID,scientificName,decimalLatitude,decimalLongitude,coordinateUncertaintyInMeters,eventDate,individualCount,license\n';
const records = file(
  'records.csv',
  `${HEAD}urn:a,Falco cherrug,43.2389,76.9527,10,2024-05-01,2,CC0_1_0
urn:b,Falco cherug,43.2391,76.9529,10,2024-05-02,1,CC0_1_0
urn:c,Falco cherrug milvipes,43.2392,76.9530,10,2024-05-03,1,CC0_1_0
urn:d,Pica pica Linnaeus,43.25,76.96,10,2024-05-04,5,CC0_1_0
urn:e,Pica pica,48.0,60.0,10,2024-05-04,5,CC0_1_0
urn:f,,43.25,76.96,10,2024-05-04,5,CC0_1_0
`,
);
const CHECKLIST = file(
  'checklist.csv',
  `taxonID,scientificName,taxonRank,kingdom,acceptedNameUsageID,taxonomicStatus
1,"Falco cherrug Gray, 1834",species,Animalia,,accepted
2,"Falco cherrug milvipes Jerdon, 1871",subspecies,Animalia,,accepted
3,"Pica pica (Linnaeus, 1758)",species,Animalia,,accepted
`,
);
const around = zoneIndex([
  {
    id: 'all',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [76, 43],
          [78, 43],
          [78, 44],
          [76, 44],
        ],
      ],
    },
  },
]);

function dossier(): Db {
  const db = smallDossier();
  const hidden: Taxon = {
    id: 'falco-cherrug',
    name: 'Falco cherrug',
    rank: 'species',
    parent: null,
    vernacular: { ru: 'Балобан' },
    categories: {},
    sensitivity: 2,
    sensitivityReason: 'nests are robbed',
  };
  putTaxon(db, 'test', hidden);
  return db;
}

async function imported(
  db: Db,
  path: string,
  { preview = false, checklist = CHECKLIST }: { preview?: boolean; checklist?: string | null } = {},
): Promise<OccurrenceImport> {
  const opened = await openLifeFile(path);
  const context = { today: '2026-11-23', place: { countries: null } };
  const written = new Map<string, WrittenName>();
  await opened.read(context, (one: LifeRecord) => {
    if (one.name !== '')
      written.set(nameKey(one), {
        name: one.name,
        author: one.author,
        rank: one.rank,
        kingdom: one.kingdom,
        vernacular: one.vernacular,
        records: 1,
      });
  });
  const list =
    checklist === null
      ? null
      : await loadChecklist(
          checklist,
          Array.from(written.values(), ({ name }) => name),
        );
  const names = matchNames(listTaxa(db), list, written.values());
  const done = await importOccurrences(db, 'test', opened, {
    site: 'almaty',
    digest: `sha256:${'ab'.repeat(32)}`,
    context,
    names,
    categories: null,
    zones: around,
    outside: false,
    preview,
  });
  opened.close();
  return done;
}

describe('import', () => {
  test('records outside every zone and without a name are counted, the others kept with dataset and row', async () => {
    const db = dossier();
    const done = await imported(db, records);
    expect(done).toMatchObject({ kept: 4, outside: 1, nameless: 1, changes: { added: 4, changed: 0, same: 0 } });
    const shown = listOccurrences(db, { exact: true });
    expect(shown[0]).toMatchObject({
      taxon: 'falco-cherrug',
      from: { dataset: 'life/abababababababab', row: 'records.csv:2' },
    });
    expect(listDatasets(db).find(({ id }) => id === 'life/abababababababab')).toMatchObject({
      kind: 'occurrences',
      licence: 'CC0-1.0',
      period: { start: '2024-05-01', end: '2024-05-05' },
    });
    expect((await imported(db, records)).changes).toEqual({ added: 0, changed: 0, same: 4 });
  });

  test('a misspelt name and a subspecies of a sensitive species show no more than the species', async () => {
    for (const checklist of [CHECKLIST, null]) {
      const db = dossier();
      await imported(db, records, { checklist });
      const shown = listOccurrences(db, { exact: false });
      const falcons = shown.filter(({ name }) => name.startsWith('Falco'));
      expect(falcons.map(({ name }) => name)).toHaveLength(3);
      for (const { place, recordedBy, fields, from, generalised } of falcons) {
        expect(generalised).toEqual({ gridDeg: 0.1, reason: 'nests are robbed' });
        expect(place).toEqual([76.95, 43.25]);
        expect([recordedBy, from]).toEqual([null, null]);
        expect(JSON.stringify(shown)).not.toMatch(/urn:[abc]|records\.csv:[234]\b/);
        expect(Object.keys(fields).every((field) => ['license', 'sex', 'lifeStage'].includes(field))).toBe(true);
      }
    }
  });

  test('a preview writes nothing, and what an import brought goes by its dataset', async () => {
    const db = dossier();
    const done = await imported(db, records, { preview: true });
    expect([done.kept, countOccurrences(db), listTaxa(db).length]).toEqual([4, 0, 1]);
    await imported(db, records);
    expect(listOccurrenceDatasets(db).map(({ id, occurrences }) => [id, occurrences])).toEqual([['life/abababababababab', 4]]);
    expect(removeOccurrences(db, 'test', 'life/abababababababab')).toEqual({ occurrences: 4, taxa: 3, datasets: 1 });
    expect(listTaxa(db).map(({ id }) => id)).toEqual(['falco-cherrug']);
    expect((await problemOf(() => removeOccurrences(db, 'test', 'life/x'))).code).toBe('life-dataset-unknown');
  });
});

describe('names', () => {
  const one = (name: string): WrittenName => ({ name, author: null, rank: null, kingdom: null, vernacular: {}, records: 3 });

  test('what fits only nearly is listed with its score, and taken from a score on that the user gives', async () => {
    const list = await loadChecklist(CHECKLIST, ['Falco cherug']);
    const open = matchNames([], list, [one('Falco cherug')]);
    expect(open.list[0]?.match).toMatchObject({ kind: 'fuzzy', taxon: { id: '1' } });
    expect(open.decisions[0]?.taxon).toMatchObject({ id: 'name/falco-cherug', name: 'Falco cherug' });
    const taken = matchNames([], list, [one('Falco cherug')], { accept: 0.9 });
    expect(taken.list).toEqual([]);
    expect(taken.decisions[0]?.taxon.name).toBe('Falco cherrug Gray, 1834');
  });

  test('a Russian name that stands for one taxon alone is that taxon', () => {
    const taxon: Taxon = {
      id: 'falco-cherrug',
      name: 'Falco cherrug',
      rank: null,
      parent: null,
      vernacular: { ru: 'Балобан' },
      categories: {},
      sensitivity: null,
      sensitivityReason: null,
    };
    expect(matchNames([taxon], null, [one('балобан')]).decisions[0]?.taxon.id).toBe('falco-cherrug');
    const twice = matchNames([taxon, { ...taxon, id: 'b', name: 'Falco b' }], null, [one('Балобан')]);
    expect(twice.decisions[0]?.known).toBe(false);
  });

  test('categories: the latest of a list stands, every one with its date beside, a wrong one is told', async () => {
    const issues = issueLists();
    const container = await openContainer(
      file(
        'categories.csv',
        'name,list,category,date\nFalco cherrug,iucn,VU,2004\nFalco cherrug,iucn,EN,2021-07-15\nFalco cherrug,red-book-kz,I,2010\nPica pica,iucn,XX,2021\n',
      ),
    );
    const categories = await readCategories(container, issues);
    container.close();
    const { withCategories } = await import('../../src/store/taxa-categories.ts');
    const taxon = matchNames([], null, [one('Falco cherrug')]).decisions[0]?.taxon as Taxon;
    expect(withCategories(taxon, [], categories).categories).toEqual({
      iucn: 'EN',
      'iucn@2004': 'VU',
      'iucn@2021-07-15': 'EN',
      'red-book-kz': 'I',
      'red-book-kz@2010': 'I',
    });
    expect(issues.lists.critical[0]).toMatchObject({
      code: 'cell-wrong',
      details: { line: '5', field: 'category', found: 'XX' },
    });
  });
});
