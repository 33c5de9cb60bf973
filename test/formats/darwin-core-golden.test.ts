/**
 * Archives of others: python-dwca-reader (256ca0c, BSD-3) and GBIF's dwca-io (b75350cb, Apache-2.0), each read as its description says. The folder is
 * `../shared/golden`, or what `SARYARKA_GOLDEN` names. Counts of rows: the lines of the tables, counted apart from any reader.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDarwinCore, readRows, rowsById, termsOf } from '../../src/formats/darwin-core.ts';
import { readMetadata } from '../../src/formats/darwin-core-metadata.ts';
import { readSource } from '../../src/formats/source-node.ts';
import { problemOf } from './expect-problem.ts';

const golden = process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden');
const folder = join(golden, 'life', 'dwca');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: archives of others are not read in this run (set SARYARKA_GOLDEN)`);

/** Archive, rows of its core, and one value that its description is about. */
const sound: [file: string, rows: number, term?: string, row?: number, value?: string][] = [
  ['python-dwca-reader/dwca-simple-test-archive.zip', 2, 'locality', 0, 'Borneo'],
  ['python-dwca-reader/dwca-simple-test-archive.tgz', 2, 'scientificName', 1, 'betta splendens'],
  ['python-dwca-reader/dwca-simple-test-archive-enclosed.zip', 2, 'locality', 1, 'Mumbai'],
  ['python-dwca-reader/dwca-simple-dir', 4],
  ['python-dwca-reader/dwca-simple-subdir.zip', 2, 'locality', 0, 'Borneo'],
  ['python-dwca-reader/dwca-noheaders-1.zip', 2, 'locality', 0, 'Borneo'],
  ['python-dwca-reader/dwca-noheaders-2.zip', 2, 'locality', 0, 'Borneo'],
  ['python-dwca-reader/dwca-test-default.zip', 2, 'country', 1, 'Belgium'],
  ['python-dwca-reader/dwca-partial-default.zip', 2, 'country', 0, 'France'],
  ['python-dwca-reader/dwca-partial-default.zip', 2, 'country', 1, 'Belgium'],
  ['python-dwca-reader/dwca-meta-default-values', 2, 'scientificName', 0, 'tetraodon fluviatilis'],
  ['python-dwca-reader/dwca-star-test-archive.zip', 4],
  ['python-dwca-reader/dwca-2extensions.zip', 4],
  ['python-dwca-reader/dwca-ids.zip', 4, 'id', 0, '4'],
  ['python-dwca-reader/dwca-utf8-eol-test.zip', 1],
  ['python-dwca-reader/dwca-csv-quote-dir', 2, 'basisOfRecord', 0, 'Observation, something'],
  ['python-dwca-reader/dwca-simple-csv.zip', 3, 'gbifID', 0, '699220990'],
  ['python-dwca-reader/dwca-simple-csv-dos.zip', 3, 'gbifID', 0, '699220990'],
  ['python-dwca-reader/dwca-simple-csv-eml.zip', 3],
  ['python-dwca-reader/dwca-simple-csv-notenclosed.zip', 3, 'gbifID', 0, '699220990'],
  ['python-dwca-reader/dwca-nometadata.zip', 2],
  ['python-dwca-reader/dwca-default-metadata-filename.zip', 2],
  ['python-dwca-reader/gbif-results.zip', 158],
  ['python-dwca-reader/gbif-results-whitespace-in-xml.zip', 158],
  ['gbif-dwca-io/multifile-multiline-header', 6, 'taxonRank', 5, 'Species'],
  ['gbif-dwca-io/multifile-psv', 6, 'scientificName', 0, 'Quercus alba'],
  ['gbif-dwca-io/multiline-header', 2],
  ['gbif-dwca-io/xml-entity-meta', 0],
  ['gbif-dwca-io/archive-tax.zip', 3248],
  ['gbif-dwca-io/archive-tax.tar.gz', 3248],
  ['gbif-dwca-io/archive-occ.zip', 1534, 'scientificName', 0, 'Ballota acetabulosa (L.) Benth.'],
  ['gbif-dwca-io/issues/csv-json-escaped-quotes', 1, 'continent', 0, 'Europe'],
  ['gbif-dwca-io/csv_optional_quotes_excel2008CSV.csv', 4, 'locality', 0, 'This has a, comma'],
  ['gbif-dwca-io/csv_optional_quotes_excel2008CSV.csv', 4, 'locality', 2, 'What though, "if you have a quote" and a comma'],
  ['gbif-dwca-io/csv_unquoted_coordinates.txt', 3, 'decimalLatitude', 0, '10\'12"'],
  ['gbif-dwca-io/quoted_headers_MOBOTDarwinCore.csv', 2, 'institutionCode', 0, 'MO'],
  ['gbif-dwca-io/null_data.txt', 5, 'taxonRank', 0, 'kingdom'],
  ['gbif-dwca-io/empty_line.tab', 6],
  ['gbif-dwca-io/meta-xml-variants/dwca-id-with-term', 2, 'geodeticDatum', 0, 'EPSG:3035'],
];

/** Archive, and the problem that it has to be told by. */
const refused: [file: string, code: string, told: RegExp][] = [
  ['python-dwca-reader/dwca-invalid-simple-toomuch.zip', 'dwca-meta-missing', /random_file/],
  ['python-dwca-reader/dwca-invalid-simple-two.zip', 'dwca-meta-missing', /random_file/],
  ['gbif-dwca-io/invalid/empty', 'dwca-empty', /empty/],
  ['gbif-dwca-io/invalid/meta-only', 'dwca-file-missing', /taxa\.txt/],
  ['gbif-dwca-io/invalid/meta-file-location-missing', 'dwca-location-missing', /line 3.*Taxon/],
  ['gbif-dwca-io/invalid/extension-id-missing', 'dwca-id-missing', /line 3.*<id>/],
  ['gbif-dwca-io/invalid/extension-core-id-missing', 'dwca-file-missing', /taxa\.txt.*media\.txt/],
  ['gbif-dwca-io/invalid/extension-location-missing', 'dwca-file-missing', /taxa\.txt/],
];

/** Archives that can be read but for a part, which is told. */
const lacking: [file: string, rows: number, code: string][] = [
  ['python-dwca-reader/dwca-invalid-lacks-metadata', 2, 'dwca-metadata-missing'],
  ['python-dwca-reader/dwca-malformed-descriptor', 4, 'dwca-row-short'],
  ['python-dwca-reader/dwca-missing-extension-details', 4, 'dwca-location-missing'],
  ['gbif-dwca-io/invalid/extension-missing', 0, 'dwca-file-missing'],
  ['gbif-dwca-io/nullCoreID.zip', 3248, 'dwca-id-missing'],
];

async function rowsOf(file: string) {
  const archive = await openDarwinCore(join(folder, file));
  const terms = ['id', ...termsOf(archive.core)];
  const rows: Record<string, string>[] = [];
  await readRows(archive, archive.core, terms, (values) =>
    rows.push(Object.fromEntries(terms.map((term, i) => [term, values[i] ?? '']))),
  );
  archive.close();
  return { archive, rows };
}

describe.skipIf(!present)('golden Darwin Core archives', () => {
  test.each(sound)('%s: %i rows, %s of row %s', async (file, count, term, row, value) => {
    const { archive, rows } = await rowsOf(file);
    expect(rows).toHaveLength(count);
    if (term !== undefined) expect(rows[row ?? 0]?.[term]).toBe(value);
    expect(archive.issues.counts.critical).toBe(0);
  });

  test.each(refused)('%s is refused by %s', async (file, code, told) => {
    const problem = await problemOf(() => openDarwinCore(join(folder, file)));
    expect([problem.code, problem.message]).toEqual([code, expect.stringMatching(told)]);
  });

  test.each(lacking)('%s: %i rows, and %s is told', async (file, count, code) => {
    const { archive, rows } = await rowsOf(file);
    expect(rows).toHaveLength(count);
    expect(
      Object.values(archive.issues.lists)
        .flat()
        .map((issue) => issue.code),
    ).toContain(code);
  });

  test('extensions join the core by its identifiers, and rows of no core are told', async () => {
    const archive = await openDarwinCore(join(folder, 'python-dwca-reader/dwca-orphaned-rows.zip'));
    const ids = new Set<string>();
    await readRows(archive, archive.core, ['id'], ([id = '']) => ids.add(id));
    const [table] = archive.extensions.filter(({ rowType }) => rowType.endsWith('VernacularName'));
    if (table === undefined) throw new Error('no vernacular names');
    const names = await rowsById(archive, table, ['vernacularName', 'countryCode'], { ids });
    archive.close();
    expect(names.get('1')?.map(([name]) => name)).toEqual(['ostrich', 'volstruis', 'strutsi']);
    expect(names.has('7')).toBe(false);
    expect(archive.issues.lists.warning.map(({ code, details }) => [code, details.found])).toContainEqual(['dwca-orphan', '7']);
  });

  test('a download of GBIF brings the datasets it was made of, its citations and rights', async () => {
    const archive = await openDarwinCore(join(folder, 'python-dwca-reader/gbif-results.zip'));
    archive.close();
    expect(archive.constituents.size).toBe(23);
    expect(archive.constituents.get('0310b080-ec4b-11dc-b73e-b8a03c50a862')?.title).toBe(
      'University of Ghent - Zoology Museum - Vertebratacollectie',
    );
    expect(archive.citations).toContain('Please cite this data');
    const lacks = await openDarwinCore(join(folder, 'python-dwca-reader/gbif-results-lacks-s-metadata.zip'));
    lacks.close();
    expect(lacks.constituents.has('5d6c10bd-ea31-4363-8b79-58c96d859f5b')).toBe(false);
  });

  test.each(['eml-utf16LE', 'eml-utf16_no_LE_declared', 'eml-utf16_declared_as_utf8', 'eml'])(
    'metadata/%s.xml is read whatever its encoding',
    (name) => {
      const metadata = readMetadata(readSource(join(folder, 'gbif-dwca-io', 'metadata', `${name}.xml`)));
      expect(metadata.title).toMatch(/^Checklist of the Vascular Plants of Big Lagoon Bog/);
      expect(metadata.creators).toEqual(['Gordon Leppig']);
    },
  );
});
