/** `saryarka documents`, `codes` and `coding`: from files to a report, and to another program and back. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

let folder: string;
let dossier: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-evidence-'));
  dossier = join(folder, 'd.gpkg');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function saryarka(...args: string[]): Promise<{ status: number; told: string }> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(String(line)));
  const error = vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)));
  try {
    const status = await main([...args, ...(args.includes('--lang') ? [] : ['--lang', 'en'])]);
    return { status, told: lines.join('\n') };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('documents are coded by two, compared, decided and counted', async () => {
  await saryarka('new', dossier);
  expect((await saryarka('codes', 'import', dossier)).told).toBe('codes added: 62, changed: 0, as they were: 0');
  const report = file('report.txt', 'Ten reserves.\n\n30 girls came.\n\nThe lake rose.');
  const read = await saryarka(
    'documents',
    'import',
    dossier,
    report,
    file('l.bib', '@book{a, title={T}, year=2001}'),
    join(folder, 'none.pdf'),
    '--date',
    '2019',
  );
  expect(read.status).toBe(1);
  expect(read.told).toContain('report.txt: added as report');
  expect(read.told).toContain('none.pdf: there is no such file');
  expect((await saryarka('documents', 'list', dossier)).told.split('\n')).toHaveLength(3);
  const add = (quote: string, code: string, coder: string) =>
    saryarka('coding', 'add', dossier, '--document', 'report', '--quote', quote, '--code', code, '--coder', coder);
  for (const coder of ['Aigerim', 'Daniyar']) expect((await add('30 girls', 'women-science-girls', coder)).status).toBe(0);
  await add('The lake rose', 'Aral Sea', 'Aigerim');
  expect((await add('The lake fell into the sea', 'water', 'Aigerim')).status).toBe(2);
  const compared = JSON.parse((await saryarka('coding', 'compare', dossier, '--json')).told);
  expect(compared).toMatchObject({ units: 3, differences: [{ code: 'water-aral' }] });
  expect((await saryarka('coding', 'compare', dossier, '--settle', '--lang', 'ru')).told).toContain(
    'расхождений: 1, не решено: 1',
  );
  expect(
    (await saryarka('coding', 'decide', dossier, compared.differences[0].codings[0], '--as', 'dropped', '--coder', 'Saule')).told,
  ).toContain('codings dropped: 1');
  const told = (await saryarka('coding', 'report', dossier)).told;
  expect(told).toContain('codings: 2, passages: 1, documents: 1');
  expect(told).toContain('codings that a decision dropped, not counted: 1');
});

test('a project goes out and comes back without a change; tables and annotations are written', async () => {
  const out = join(folder, 'out.qdpx');
  expect((await saryarka('coding', 'export', dossier, '-o', out)).status).toBe(0);
  const bytes = readFileSync(out);
  const back = JSON.parse((await saryarka('coding', 'import', dossier, out, '--json')).told);
  expect(back.issues).toEqual([]);
  for (const counts of Object.values(back.changes)) expect(counts).toMatchObject({ added: 0, changed: 0 });
  await saryarka('coding', 'export', dossier, '-o', out);
  expect(readFileSync(out).equals(bytes)).toBe(true);
  await saryarka('coding', 'export', dossier, '-o', join(folder, 'o.csv'));
  expect(readFileSync(join(folder, 'o.csv'), 'utf8').split('\r\n')[1]).toContain(',report,report,2019,primary,en,');
  await saryarka('coding', 'export', dossier, '-o', join(folder, 'o.jsonld'));
  const { items } = JSON.parse(readFileSync(join(folder, 'o.jsonld'), 'utf8'));
  expect(items[0].target.selector).toEqual([
    { type: 'TextQuoteSelector', exact: '30 girls', prefix: 'Ten reserves.\n\n', suffix: ' came.\n\nThe lake rose.' },
    { type: 'TextPositionSelector', start: 15, end: 23 },
  ]);
  expect((await saryarka('coding', 'export', dossier, '-o', join(folder, 'o.docx'))).status).toBe(2);
  expect(existsSync(join(folder, 'o.docx'))).toBe(false);
});

test('of what may not be quoted no sentence leaves in tables and annotations', async () => {
  expect((await saryarka('documents', 'change', dossier, 'report', '--may-quote', 'no')).status).toBe(0);
  for (const name of ['p.csv', 'p.jsonld']) {
    await saryarka('coding', 'export', dossier, '-o', join(folder, name));
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain('30 girls');
  }
});

test('a coded document is removed only with --force', async () => {
  expect((await saryarka('documents', 'remove', dossier, 'report')).status).toBe(2);
  expect((await saryarka('documents', 'remove', dossier, 'report', '--force')).told).toContain(
    'report: removed, with passages: 2, codings: 3',
  );
});
