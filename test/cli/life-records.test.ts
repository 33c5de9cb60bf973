/** `saryarka life read|import|undo` as people type them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

const SITES = 'id,kind,name_en,countries\nqiyal,biosphere-reserve,Qiyal,KZ\n';
const BIRDS = `occurrenceID,scientificName,decimalLatitude,decimalLongitude,eventDate,individualCount,countryCode
urn:1,Otis tarda,50.5123,69.2412,2021-05-12,2,KZ
urn:2,Otis trada,69.2412,50.5123,2021-13-12,~20,KZ
urn:3,Anser anser,50.5123,69.2412,2021-05-12,0,KZ
`;
const CHECKLIST = 'taxonID,scientificName\n1,"Otis tarda Linnaeus, 1758"\n2,"Anser anser (Linnaeus, 1758)"\n';

let folder = '';
let told: string[] = [];
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'life-records-'));
  for (const [name, text] of Object.entries({ 'sites.csv': SITES, 'birds.csv': BIRDS, 'checklist.csv': CHECKLIST }))
    writeFileSync(at(name), text);
  told = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void told.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test('life read: what a file holds, what is doubtful and which names are to be looked at', async () => {
  expect(
    await main(['life', 'read', at('birds.csv'), '--checklist', at('checklist.csv'), '--today', '2026-11-23', '--lang', 'en']),
  ).toBe(0);
  expect(told[0]).toBe('birds.csv: Darwin Core, 3 rows, 3 records of 3 names, 3 with a place');
  expect(told).toContain('  1 · longitude and latitude are probably swapped (line 3)');
  expect(told).toContain('  1 · no such month or day (line 3)');
  expect(told).toContain('  1 · looked for and not found (line 4)');
  expect(told).toContain('  Otis trada (1): perhaps Otis tarda Linnaeus, 1758 (0.89)');
});

test('life read -o: each record with a doubt, by its line', async () => {
  expect(await main(['life', 'read', at('birds.csv'), '--today', '2026-11-23', '--lang', 'en', '-o', at('doubts.csv')])).toBe(0);
  const [header, ...rows] = readFileSync(at('doubts.csv'), 'utf8').trim().split(/\r?\n/);
  expect(header).toBe('row,scientificName,eventDate,decimalLongitude,decimalLatitude,individualCount,flags,doubts');
  expect(rows.map((row) => row.split(',')[0])).toEqual(['birds.csv:3', 'birds.csv:4']);
  expect(rows[1]).toBe('birds.csv:4,Anser anser,2021-05-12,69.2412,50.5123,0,absent,looked for and not found');
  expect(told.at(-1)).toMatch(/doubts\.csv: records with doubts, 2$/);
});

test('life read --json: the same by codes', async () => {
  expect(await main(['life', 'read', at('birds.csv'), '--json', '--today', '2026-11-23'])).toBe(0);
  expect(JSON.parse(told.join('\n'))).toMatchObject({
    format: 'darwin-core',
    rows: 3,
    flags: { 'coordinates-swapped': 1, absent: 1, 'count-approximate': 1 },
  });
});

test('life import and undo: in, again without a change, and out', async () => {
  const dossier = at('qiyal.gpkg');
  expect(await main(['new', dossier])).toBe(0);
  expect(await main(['import', dossier, at('sites.csv')])).toBe(0);
  const run = async (...more: string[]): Promise<string> => {
    told = [];
    expect(await main(['life', ...more, '--lang', 'en'])).toBe(0);
    return told.join('\n');
  };
  const words = [
    'import',
    dossier,
    at('birds.csv'),
    '--site',
    'qiyal',
    '--checklist',
    at('checklist.csv'),
    '--today',
    '2026-11-23',
  ];
  expect(await run(...words, '--preview')).toContain('nothing was written');
  expect(await run(...words)).toContain('3 rows added, 0 changed, 0 as before');
  expect(await run(...words)).toContain('0 rows added, 0 changed, 3 as before');
  const dataset = /^(life\/[0-9a-f]{16}) {2}birds\.csv {2}3 {2}/.exec(await run('undo', dossier))?.[1] ?? '';
  expect(await run('undo', dossier, dataset)).toContain('3 records and 3 taxa');
  expect(await run('undo', dossier)).toBe('No import of species records stands');
});

test('life import: an unknown site, a wrong score and a file of names are told', async () => {
  const dossier = at('qiyal.gpkg');
  await main(['new', dossier]);
  await main(['import', dossier, at('sites.csv')]);
  told = [];
  expect(await main(['life', 'import', dossier, at('birds.csv'), '--site', 'nowhere', '--lang', 'en'])).toBe(2);
  expect(await main(['life', 'import', dossier, at('birds.csv'), '--site', 'qiyal', '--accept', '2', '--lang', 'en'])).toBe(2);
  expect(await main(['life', 'read', at('checklist.csv'), '--lang', 'en'])).toBe(2);
  expect(told.join('\n')).toMatch(/nowhere[\s\S]*--accept[\s\S]*a list of names goes to --checklist/);
});
