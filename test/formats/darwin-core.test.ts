/** Tables of Darwin Core as they are written by hand here: quotation marks, pieces, encodings, faults that are told. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { openDarwinCore, readRows } from '../../src/formats/darwin-core.ts';
import { countryCode } from '../../src/formats/darwin-core-country.ts';
import { doiOf, licenceOf } from '../../src/formats/darwin-core-metadata.ts';
import { readOccurrences } from '../../src/formats/darwin-core-occurrences.ts';
import { rowReader } from '../../src/formats/darwin-core-rows.ts';
import { openLifeFile } from '../../src/formats/life-file.ts';
import type { LifeRecord } from '../../src/life-types.ts';
import { problemOf } from './expect-problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'darwin-core-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NO_PLACES = { today: '2026-11-23', place: { countries: null } };

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function meta(attributes: string, fields: string, more = ''): string {
  return `<archive xmlns="http://rs.tdwg.org/dwc/text/"><core ${attributes} rowType="http://rs.tdwg.org/dwc/terms/Occurrence"><files><location>o.txt</location></files><id index="0"/>${fields}</core>${more}</archive>`;
}
const field = (index: number, term: string): string => `<field index="${index}" term="http://rs.tdwg.org/dwc/terms/${term}"/>`;

function archive(name: string, files: Record<string, string>): string {
  return file(name, zipSync(Object.fromEntries(Object.entries(files).map(([one, text]) => [one, strToU8(text)]))));
}

async function recordsOf(path: string): Promise<LifeRecord[]> {
  const records: LifeRecord[] = [];
  const opened = await openLifeFile(path);
  await opened.read(NO_PLACES, (record) => records.push(record));
  opened.close();
  return records;
}

describe('rows', () => {
  const read = (text: string, pieces: number[], quote: string | null = '"'): [string[][], number[]] => {
    const bytes = new TextEncoder().encode(text);
    const [rows, lines]: [string[][], number[]] = [[], []];
    const reader = rowReader({ delimiter: ',', quote, newline: '\n' }, (cells, line) => {
      rows.push(cells);
      lines.push(line);
    });
    let at = 0;
    for (const length of pieces) {
      reader.write(bytes.subarray(at, at + length));
      at += length;
    }
    reader.write(bytes.subarray(at));
    reader.end();
    return [rows, lines];
  };

  test('a cell in quotation marks holds separators, line ends and doubled marks; lines count on', () => {
    const [rows, lines] = read('a,"b, ""c""\nd",e\r\nf,g,h\n', []);
    expect(rows).toEqual([
      ['a', 'b, "c"\nd', 'e'],
      ['f', 'g', 'h'],
    ]);
    expect(lines).toEqual([1, 3]);
  });

  test('rows are the same however the bytes are cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ж', '😀', '"', ',', '\n', ' ', '1') });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(9)),
        (table, pieces) => {
          const text = table.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n');
          expect(read(text, pieces)[0]).toEqual(table);
        },
      ),
    );
  });

  test('a quotation mark that nobody closes is text, and takes no further row with it', () => {
    expect(read('a,"b\nc,d\n', [])[0]).toEqual([
      ['a', '"b'],
      ['c', 'd'],
    ]);
    expect(read('a,"b",c\n', [], null)[0]).toEqual([['a', '"b"', 'c']]);
  });
});

describe('archives', () => {
  test('swapped columns, short and long rows, and letters that are no UTF-8 are told with line and term', async () => {
    const table = Buffer.concat([
      Buffer.from('id\tdecimalLongitude\tdecimalLatitude\n1\t50\t70\textra\n2\t50\n3\t'),
      Buffer.from([0xe9]),
      Buffer.from('\t1\n'),
    ]);
    const described = meta(
      'encoding="UTF-8" fieldsTerminatedBy="\\t" fieldsEnclosedBy="" ignoreHeaderLines="1"',
      field(1, 'decimalLatitude') + field(2, 'decimalLongitude'),
    );
    const opened = await openDarwinCore(file('faults.zip', zipSync({ 'meta.xml': strToU8(described), 'o.txt': table })));
    await readRows(opened, opened.core, ['id', 'decimalLatitude', 'decimalLongitude'], () => {});
    opened.close();
    const told = Object.values(opened.issues.lists)
      .flat()
      .map(({ code, details }) => [code, details.line ?? null, details.field ?? null]);
    expect(told).toContainEqual(['dwca-header-differs', '1', 'decimalLatitude']);
    expect(told).toContainEqual(['dwca-row-long', '2', null]);
    expect(told).toContainEqual(['dwca-row-short', '3', 'decimalLongitude']);
    expect(told.some(([code]) => code === 'dwca-encoding')).toBe(true);
  });

  test('a column that the table does not have is refused with term and column', async () => {
    const described = meta('fieldsTerminatedBy="," ignoreHeaderLines="1"', field(1, 'scientificName') + field(7, 'eventDate'));
    const problem = await problemOf(() =>
      openDarwinCore(archive('column.zip', { 'meta.xml': described, 'o.txt': 'id,name\n1,Otis tarda\n' })),
    );
    expect([problem.code, problem.message]).toEqual([
      'dwca-column-missing',
      expect.stringMatching(/o\.txt, line 1, term eventDate.*column 8.*there are 2/),
    ]);
  });

  test('entities of a file of its own are refused, so that nothing outside is read', async () => {
    const described =
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><archive><core><files><location>&x;</location></files></core></archive>';
    const problem = await problemOf(() => openDarwinCore(archive('entity.zip', { 'meta.xml': described, 'o.txt': '' })));
    expect(problem.code).toBe('xml-entities');
  });

  test('a table alone may be gzipped, and in UTF-16', async () => {
    const text = 'occurrenceID\tscientificName\tlocality\n1\tOtis tarda\tҚорғалжын\n';
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(new Uint16Array([...text].map((letter) => letter.charCodeAt(0))).buffer),
    ]);
    for (const path of [file('one.tsv', text), file('one.tsv.gz', gzipSync(strToU8(text))), file('wide.txt', wide)]) {
      const [record] = await recordsOf(path);
      expect([record?.name, record?.fields.locality]).toEqual(['Otis tarda', 'Қорғалжын']);
    }
  });

  test('who names meta.xml, or a folder that holds nothing but a packed archive, means the archive', async () => {
    const inside = { 'meta.xml': meta('fieldsTerminatedBy=","', field(1, 'scientificName')), 'o.txt': '1,Saiga tatarica' };
    const [plain, packed] = [mkdtempSync(join(folder, 'plain-')), mkdtempSync(join(folder, 'packed-'))];
    for (const [name, text] of Object.entries(inside)) writeFileSync(join(plain, name), text);
    writeFileSync(
      join(packed, 'a.zip'),
      zipSync(Object.fromEntries(Object.entries(inside).map(([name, text]) => [name, strToU8(text)]))),
    );
    for (const path of [join(plain, 'meta.xml'), packed])
      expect((await recordsOf(path)).map(({ name }) => name)).toEqual(['Saiga tatarica']);
    expect((await problemOf(() => openDarwinCore(join(folder, 'meta.xml')))).code).toBe('file-missing');
  });

  test('pictures, papers and other descriptions beside a table are no tables', async () => {
    const at = mkdtempSync(join(folder, 'beside-'));
    for (const [name, text] of [
      ['o.csv', 'occurrenceID,scientificName\n1,Saiga tatarica\n'],
      ['notes.pdf', '%PDF'],
      ['terms.xml', '<a/>'],
      ['about.rst', 'x'],
    ] as const)
      writeFileSync(join(at, name), text);
    expect(await recordsOf(at)).toHaveLength(1);
  });

  test('occurrences of events share place and day with their event', async () => {
    const extension = `<extension fieldsTerminatedBy="," ignoreHeaderLines="1" rowType="http://rs.tdwg.org/dwc/terms/Occurrence"><files><location>s.csv</location></files><coreid index="0"/>${field(1, 'occurrenceID')}${field(2, 'scientificName')}</extension>`;
    const described = meta(
      'fieldsTerminatedBy="," ignoreHeaderLines="1"',
      field(1, 'decimalLatitude') + field(2, 'decimalLongitude') + field(3, 'eventDate'),
      extension,
    ).replace('terms/Occurrence', 'terms/Event');
    const path = archive('events.zip', {
      'meta.xml': described,
      'o.txt': 'id,lat,lon,date\ne1,50.5,69.25,2021-05-12\n',
      's.csv': 'id,o,n\ne1,a,Otis tarda\ne9,b,Anser anser\n',
    });
    const opened = await openDarwinCore(path);
    const records: LifeRecord[] = [];
    await readOccurrences(opened, NO_PLACES, (record) => records.push(record));
    opened.close();
    expect(records[0]).toMatchObject({
      id: 'a',
      name: 'Otis tarda',
      place: [69.25, 50.5],
      period: { start: '2021-05-12', end: '2021-05-13' },
    });
    expect(records[1]?.place).toBeNull();
    expect(opened.issues.lists.warning[0]).toMatchObject({ code: 'dwca-orphan', details: { found: 'e9', line: '3' } });
  });
});

describe('records', () => {
  const head =
    'occurrenceID,scientificName,decimalLatitude,decimalLongitude,coordinateUncertaintyInMeters,eventDate,individualCount,occurrenceStatus,country,license\n';

  test('numbers that are about, kilometres, absences and doubles are flagged and kept', async () => {
    const rows = [
      '1,Otis tarda,50.51,69.22,1 km,2021-05-12,~20,,Казахстан,CC_BY_4_0',
      '2,Otis tarda,50.51,69.22,100,2021-05-12,0,absent,KZ,',
      '3,Anser anser,50.51,69.22,100,2021-05-12,3,,KZ,',
      '4,Anser anser,50.51,69.22,100,2021-05-12,3,,KZ,',
      '5,,50.51,69.22,301,12.05.2021,x,,KZ,',
    ];
    const records = await recordsOf(file('kept.csv', head + rows.join('\n')));
    expect(records).toHaveLength(5);
    expect(records[0]).toMatchObject({
      count: 20,
      uncertaintyM: 1000,
      country: 'KZ',
      licence: 'CC-BY-4.0',
      flags: ['uncertainty-unit', 'count-approximate'],
    });
    expect(records[1]).toMatchObject({ count: 0, flags: ['absent'], fields: { occurrenceStatus: 'absent' } });
    expect(records.map(({ flags }) => flags.includes('duplicate'))).toEqual([false, false, false, true, false]);
    expect(records[4]).toMatchObject({
      period: { start: '2021-05-12', end: '2021-05-13' },
      flags: ['name-missing', 'uncertainty-default', 'count-unreadable'],
    });
  });

  test('places that iNaturalist obscures stay obscured, and private ones are not read', async () => {
    const columns =
      'id,observed_on,user_login,quality_grade,license,latitude,longitude,positional_accuracy,public_positional_accuracy,private_latitude,private_longitude,geoprivacy,taxon_geoprivacy,coordinates_obscured,scientific_name\n';
    const rows = [
      '1,2024-05-01,a,research,CC-BY,50.12345,69.54321,12,12,,,,,false,Otis tarda',
      '2,2024-05-02,a,research,CC-BY-NC,50.1,69.5,12,28000,50.011,69.411,,obscured,true,Falco cherrug',
      '3,2024-05-03,a,casual,,50.3,69.3,5,,50.31,69.31,private,,true,Falco cherrug',
    ];
    const records = await recordsOf(file('inat.csv', columns + rows.join('\n')));
    expect(records[0]).toMatchObject({ place: [69.54321, 50.12345], uncertaintyM: 12, licence: 'CC-BY-4.0', flags: [] });
    expect(records[1]).toMatchObject({ place: [69.5, 50.1], uncertaintyM: 28000 });
    expect(records[1]?.flags).toContain('obscured');
    expect(records[2]?.place).toBeNull();
    expect(records[2]?.flags).toContain('place-private');
    expect(JSON.stringify(records)).not.toMatch(/69\.411|69\.31|50\.011/);
  });

  test.each([
    ['http://creativecommons.org/licenses/by-nc/4.0/legalcode', 'CC-BY-NC-4.0'],
    ['CC0_1_0', 'CC0-1.0'],
    ['Creative Commons Attribution Non Commercial (CC-BY-NC) 4.0 License', 'CC-BY-NC-4.0'],
    ['https://creativecommons.org/publicdomain/zero/1.0/', 'CC0-1.0'],
    ['all rights reserved', null],
  ])('licence: %s is %s', (text, licence) => expect(licenceOf(text)).toBe(licence));

  test('a DOI is found in an address and without the full stop behind it', () => {
    expect(doiOf('see https://doi.org/10.15468/dl.5mb887.')).toBe('10.15468/dl.5mb887');
    expect(countryCode('Қазақстан')).toBe('KZ');
    expect(countryCode('Atlantis')).toBeNull();
  });
});
