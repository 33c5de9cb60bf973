/** The package of a review: the same bytes wherever, whenever and under whatever name it is made; nothing confidential where asked. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { digestOf } from '../../src/formats/source-node.ts';
import { get } from '../../src/store/db.ts';
import { closeDossier, openDossier, verifyDossier } from '../../src/store/dossier.ts';

const tutorial = join(import.meta.dirname, '..', '..', 'data', 'tutorial');
let folder = '';
/** Of the dossier as it is, once for all tests. */
let zip: Uint8Array = new Uint8Array();

async function run(...argv: string[]): Promise<number> {
  const spies = [vi.spyOn(console, 'log').mockImplementation(() => {}), vi.spyOn(console, 'error').mockImplementation(() => {})];
  try {
    return await main([...argv, '--lang', 'kk']);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const CONFLICT = 'Wolves take sheep at the invented village';
const NEST = 'Ridge behind the invented well';
const SECRET = 'Where the invented eagle nests';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-review-'));
  const dossier = join(folder, 'a.gpkg');
  await run('new', dossier);
  await run('import', dossier, ...['sources', 'sites', 'designations', 'zones'].map((name) => join(tutorial, `${name}.csv`)));
  await run('import', dossier, join(tutorial, 'zones.geojson'), '--site', 'qiyal', '--map', 'шабындық=transition');
  writeFileSync(join(folder, 'conflicts.csv'), `What,Type,Since (year)\n${CONFLICT},People and wild animals,2023\n`);
  writeFileSync(
    join(folder, 'species.csv'),
    `Scientific name,Group,Source,Sensitive\nAquila nipalensis,Birds,${NEST},yes\nCanis lupus,Mammals,Counts,no\n`,
  );
  writeFileSync(
    join(folder, 'answers.csv'),
    `Section of the form,Language,Text,Author,Confidential\n1.4,kk,${SECRET},A. B.,yes\n2.4.9,kk,The young count birds,A. B.,no\n`,
  );
  await run('records', 'import', dossier, join(folder, 'conflicts.csv'), '--as', 'conflicts');
  await run('records', 'import', dossier, join(folder, 'species.csv'), '--as', 'species');
  await run('records', 'import', dossier, join(folder, 'answers.csv'), '--as', 'answers', '--today', '2026-01-02');
  zip = await packed(dossier);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function packed(dossier: string, ...options: string[]): Promise<Uint8Array> {
  const output = join(folder, 'review.zip');
  expect(await run('review', dossier, '--site', 'qiyal', '--date', '2026-09-15', '-o', output, ...options)).toBe(0);
  return new Uint8Array(readFileSync(output));
}

test('the same dossier under another name, in another folder and time zone gives the same bytes, and its name does not leak', async () => {
  mkdirSync(join(folder, 'elsewhere'));
  const copy = join(folder, 'elsewhere', 'a-name-of-its-own.gpkg');
  copyFileSync(join(folder, 'a.gpkg'), copy);
  vi.stubEnv('TZ', 'Pacific/Kiritimati');
  try {
    expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(-14 * 60);
    const again = await packed(copy);
    const [parts, others] = [unzipSync(zip), unzipSync(again)];
    expect(Object.keys(others)).toEqual(Object.keys(parts));
    for (const [name, bytes] of Object.entries(parts)) expect(digestOf(others[name] as Uint8Array), name).toBe(digestOf(bytes));
    expect(digestOf(again)).toBe(digestOf(zip));
    for (const [name, bytes] of Object.entries(others))
      expect(Buffer.from(bytes).includes('a-name-of-its-own'), name).toBe(false);
  } finally {
    vi.unstubAllEnvs();
  }
}, 60_000);

test('what is confidential is in the package, and in no file of it when it is to be left out', async () => {
  const [marked, open] = [unzipSync(zip), unzipSync(await packed(join(folder, 'a.gpkg'), '--confidential', 'leave-out'))];
  const texts = (parts: { [name: string]: Uint8Array }, words: string): string[] =>
    Object.entries(parts).flatMap(([name, bytes]) =>
      /\.(json|csv|html|gpkg)$/.test(name) && Buffer.from(bytes).includes(words) ? [name] : [],
    );
  for (const words of [CONFLICT, SECRET, NEST]) {
    expect(texts(marked, words)).toEqual(expect.arrayContaining(['review.html', 'data/review.json', 'dossier.gpkg']));
    expect(texts(open, words)).toEqual([]);
  }
  expect(texts(open, 'The young count birds')).toContain('data/review.json');
  expect(Object.keys(open)).not.toContain('data/records/conflicts.csv');
}, 60_000);

test('the package lists its files with their digests; its dossier is sound and has no audit', async () => {
  const parts = unzipSync(zip);
  const lines = strFromU8(parts['manifest.csv'] as Uint8Array)
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
  expect(lines.map(([name]) => name).sort()).toEqual(
    Object.keys(parts)
      .filter((name) => name !== 'manifest.csv' && name !== 'README.txt')
      .sort(),
  );
  for (const [name = '', size, digest] of lines) {
    const bytes = parts[name] as Uint8Array;
    expect([Number(size), digest], name).toEqual([bytes.length, digestOf(bytes)]);
  }
  expect(JSON.parse(strFromU8(parts['data/review.json'] as Uint8Array))).toMatchObject({
    lang: 'kk',
    date: '2026-09-15',
    site: { id: 'qiyal' },
  });
  const path = join(folder, 'excerpt.gpkg');
  writeFileSync(path, parts['dossier.gpkg'] as Uint8Array);
  const db = openDossier(path, { readOnly: true });
  try {
    expect(verifyDossier(db)).toEqual([]);
    expect(get<{ n: number }>(db, 'select count(*) as n from audit')?.n).toBe(0);
    expect(get<{ n: number }>(db, 'select count(*) as n from zones')?.n).toBe(5);
  } finally {
    closeDossier(db);
  }
}, 60_000);
