import { expect, test } from 'vitest';
import type { AuditPage } from '../../src/api/audit.ts';
import { readCsv } from '../../src/formats/csv.ts';
import { differences } from '../../src/store/audit.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putSite } from '../../src/store/sites.ts';
import { setPassword } from '../../src/store/users.ts';
import { almaty, total } from '../store/facts-fixture.ts';
import { browserOf, HASH, NOW, person, served, sharedDossier } from './people.ts';

const pageOf = async (reply: Response): Promise<AuditPage> => (await reply.json()) as AuditPage;

function dossierWithChanges() {
  const db = sharedDossier();
  person(db, 'dana', { almaty: 'editor' });
  putSite(db, 'dana', {
    ...almaty,
    name: { en: 'Almaty', kk: 'Алматы қорығы' },
    note: '=HYPERLINK("http://evil.example","open")',
  });
  putObservation(db, 'dana', total);
  putSite(db, 'root', { ...almaty, id: 'korgalzhyn', name: { en: 'Korgalzhyn' }, note: 'by root' });
  return { db, ask: browserOf(served(db), db, 'root') };
}

test('the latest comes first, with the name of who wrote and what became different, language by language', async () => {
  const { ask } = dossierWithChanges();
  const { entries } = await pageOf(await ask('GET', '/api/audit?by=dana&noun=sites'));
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ by: 'dana', name: 'dana of the tests', action: 'changed', noun: 'sites', row: 'almaty' });
  expect(entries[0]?.differences).toContainEqual({ field: 'name.kk', before: 'Алматы', after: 'Алматы қорығы' });
  expect(entries[0]?.differences.map(({ field }) => field)).toEqual(['name.kk', 'note']);
});

test('by site it holds what is about the site and its figures, and nothing of others', async () => {
  const { ask } = dossierWithChanges();
  const { entries } = await pageOf(await ask('GET', '/api/sites/almaty/audit'));
  expect(entries.map(({ noun, row }) => `${noun} ${row}`)).toEqual([
    'observations almaty-area',
    'sites almaty',
    'roles dana@almaty',
    'sites almaty',
  ]);
});

test('by day it holds the last day too, and nothing after it', async () => {
  const { db, ask } = dossierWithChanges();
  const { entries } = await pageOf(await ask('GET', '/api/audit'));
  const day = entries[0]?.at.slice(0, 10) ?? '';
  expect((await pageOf(await ask('GET', `/api/audit?from=${day}&to=${day}`))).entries).toHaveLength(entries.length);
  expect((await pageOf(await ask('GET', '/api/audit?to=2000-01-01'))).entries).toEqual([]);
  expect((await ask('GET', '/api/audit?from=yesterday')).status).toBe(400);
  expect(db.isOpen).toBe(true);
});

test('pages follow one another without gap or repetition', async () => {
  const { db, ask } = dossierWithChanges();
  for (let i = 0; i < 120; i++) putSite(db, 'dana', { ...almaty, note: `note ${i}` });
  const seen: number[] = [];
  let next: number | null = null;
  do {
    const page: AuditPage = await pageOf(await ask('GET', `/api/audit?by=dana${next === null ? '' : `&before=${next}`}`));
    seen.push(...page.entries.map(({ n }) => n));
    next = page.next;
  } while (next !== null);
  expect(seen).toEqual(seen.toSorted((a, b) => b - a));
  expect(new Set(seen).size).toBe(122);
  expect(seen).toHaveLength(122);
});

test('as a table no cell is a formula, and nothing is lost', async () => {
  const { ask } = dossierWithChanges();
  const reply = await ask('GET', '/api/audit.csv?by=dana');
  expect(reply.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"');
  const bytes = new Uint8Array(await reply.arrayBuffer());
  const { header, rows } = readCsv({ name: 'audit.csv', bytes });
  expect(header).toEqual(['at', 'by', 'name', 'action', 'noun', 'row', 'field', 'before', 'after']);
  const cells = rows.flatMap(({ values }) => Object.values(values));
  expect(cells).toContain(`'=HYPERLINK("http://evil.example","open")`);
  expect(cells.filter((cell) => /^[=+@\t\r]/.test(cell))).toEqual([]);
});

test('a table of several pieces has one header', async () => {
  const { db, ask } = dossierWithChanges();
  for (let i = 0; i < 1100; i++) putSite(db, 'dana', { ...almaty, note: `note ${i}` });
  const text = await (await ask('GET', '/api/audit.csv?by=dana&noun=sites')).text();
  expect(text.match(/^at,by/gm)).toHaveLength(1);
  expect(text.trim().split('\r\n').length).toBeGreaterThan(1100);
});

test('a new password is told, and not what it is', async () => {
  const { db, ask } = dossierWithChanges();
  setPassword(db, 'root', 'dana', { password: HASH.replace(/.$/, 'x'), now: NOW.toISOString() });
  setPassword(db, 'root', 'dana', { password: HASH, now: '2026-11-24T08:00:00.000Z' });
  const text = await (await ask('GET', '/api/audit?noun=users&row=dana')).text();
  expect(text).toContain('password_set');
  expect(text).not.toContain('scrypt');
});

test('a sentence that begins with a bracket is shown as it is', () => {
  expect(differences(null, JSON.stringify({ text: '[sic] and so on', list: '["a","b"]' }))).toEqual([
    { field: 'text', before: null, after: '[sic] and so on' },
    { field: 'list', before: null, after: 'a; b' },
  ]);
});
