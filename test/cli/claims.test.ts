/** `saryarka claims`, and `saryarka review --final`: exit codes, what is printed, what is written. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

const tutorial = join(import.meta.dirname, '..', '..', 'data', 'tutorial');
let folder = '';
const at = (name: string): string => join(folder, name);

async function run(...argv: string[]): Promise<{ exit: number; out: string; err: string }> {
  const printed = { out: '', err: '' };
  const spies = (['log', 'error'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((line: unknown) => {
      printed[name === 'log' ? 'out' : 'err'] += `${String(line)}\n`;
    }),
  );
  try {
    const exit = await main(argv.includes('--lang') ? argv : [...argv, '--lang', 'en']);
    return { exit, ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const OBSERVATIONS = `id,feature,indicator,period,value,unit,role,source
total,qiyal,area,2020,1000,har,declared,charter
total-2,qiyal,area,2020,900,har,declared,newspaper
`;
const CLAIMS = `id,source,site,section,sentence_en,sentence_ru,check,expression,claimed,unit
in-charter,charter,,,It covers 1000 ha.,Площадь – 1000 га.,compare,"@area[feature=qiyal,source=newspaper]",1000,har
good,,qiyal,2.4.9,It covers 900 ha.,Площадь – 900 га.,compare,@total-2,900,har
`;
const BAD = `id,site,section,sentence_en,check,expression,claimed,unit
bad,qiyal,2.4.9,It covers 500 ha.,compare,@total,500,har
bare,qiyal,2.4.9,Nobody counted.,,,,
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-claims-'));
  writeFileSync(at('more.csv'), 'id,title,href,kind,licence\ncharter,The charter,,official,\nnewspaper,A newspaper,,press,\n');
  writeFileSync(at('observations.csv'), OBSERVATIONS);
  writeFileSync(at('claims.csv'), CLAIMS);
  writeFileSync(at('bad.csv'), BAD);
  await run('new', at('d.gpkg'));
  const tables = ['sources', 'sites', 'designations', 'zones'].map((name) => join(tutorial, `${name}.csv`));
  const { exit, err } = await run('import', at('d.gpkg'), ...tables, at('more.csv'), at('observations.csv'), at('claims.csv'));
  expect(err).toBe('');
  expect(exit).toBe(0);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('while the report bears its claims', () => {
  test('a contradicted claim of a source ends with 0, even of a final report', async () => {
    const { exit, out } = await run('claims', at('d.gpkg'), '--final');
    expect(exit).toBe(0);
    expect(out).toContain('contradicted by the data: The figures say otherwise.');
    expect(out).toContain('against: Area, Qiyal');
    expect(out).toContain('A newspaper [total-2]');
    expect(out).toContain('2 claims: supported 1, contradicted by the data 1');
  });

  test.each([
    ['ru', 'подтверждается 1'],
    ['kk', 'Барлығы 2 тұжырым: расталады 1'],
    ['tr', 'destekleniyor 1'],
  ])('in %s', async (lang, told) => expect((await run('claims', at('d.gpkg'), '--lang', lang)).out).toContain(told));

  test('--json prints verdict, arithmetic and evidence with sources', async () => {
    const { out } = await run('claims', at('d.gpkg'), '--json');
    const [first] = JSON.parse(out) as [Record<string, unknown>];
    expect(first).toMatchObject({
      id: 'in-charter',
      verdict: 'contradicted',
      reason: 'differs',
      evidence: [{ side: 'against', id: 'total-2', value: 900, unit: 'har', source: 'newspaper' }],
    });
  });

  test('--contradictions writes the table that can be published', async () => {
    await run('claims', at('d.gpkg'), '--contradictions', at('c.csv'));
    const [header, ...rows] = readFileSync(at('c.csv'), 'utf8').trim().split('\r\n');
    expect(header).toBe(
      'kind,id,verdict,about,feature,part,period,stated,stated_by,found,found_by,unit,difference,difference_percent,cases',
    );
    expect(rows).toEqual([
      'claim,in-charter,contradicted,It covers 1000 ha.,qiyal,,2020,1000,charter,900,newspaper,har,-100,-10,1',
      'figures,area,contradicted,Area,qiyal,,2020,1000,charter,900,newspaper,har,-100,-10,1',
    ]);
  });

  test('--keep keeps verdicts, and what turns later is told', async () => {
    expect((await run('claims', at('d.gpkg'), '--keep', '--today', '2026-01-02')).out).toContain('Verdicts kept: 2');
    writeFileSync(at('observations.csv'), OBSERVATIONS.replace(',900,', ',1000,'));
    await run('import', at('d.gpkg'), at('observations.csv'));
    const { out } = await run('claims', at('d.gpkg'));
    expect(out).toContain('was “contradicted by the data” on January 2, 2026');
    expect(out).toContain('Judged otherwise than when it was kept: 2');
    writeFileSync(at('observations.csv'), OBSERVATIONS);
    await run('import', at('d.gpkg'), at('observations.csv'));
  });

  test('a final review is written', async () => {
    const { exit, err } = await run('review', at('d.gpkg'), '--site', 'qiyal', '--final', '-o', at('r.html'));
    expect([exit, err]).toEqual([0, '']);
    expect(readFileSync(at('r.html'), 'utf8')).toContain('Claims and what the figures say');
  }, 60_000);

  test('an unknown site is told with those there are', async () => {
    const { exit, err } = await run('claims', at('d.gpkg'), '--site', 'nowhere');
    expect(exit).toBe(2);
    expect(err).toContain('qiyal');
  });
});

describe('once a claim of the report is contradicted, another has no evidence, and a text names what is not there', () => {
  beforeAll(async () => {
    await run('import', at('d.gpkg'), at('bad.csv'));
    writeFileSync(at('answers.csv'), 'Section of the form,Language,Text,Author\n2.4.9,en,It covers @total and @nothing.,A. B.\n');
    await run('records', 'import', at('d.gpkg'), at('answers.csv'), '--as', 'answers', '--today', '2026-01-02');
  });

  test('claims --final ends with 1 and names them; without --final with 0', async () => {
    const { exit, err } = await run('claims', at('d.gpkg'), '--final');
    expect(exit).toBe(1);
    expect(err).toContain('Not final: bad – contradicted by the data');
    expect(err).toContain('Not final: bare – not verifiable');
    expect((await run('claims', at('d.gpkg'))).exit).toBe(0);
  });

  test('review --final refuses, and says which; a draft shows the figure and marks what is not there', async () => {
    const { exit, err } = await run('review', at('d.gpkg'), '--site', 'qiyal', '--final', '-o', at('f.html'));
    expect(exit).toBe(2);
    expect(err).toContain('claim "bad" (section II.2.4.9)');
    expect(err).toContain('claim "bare"');
    expect(err).toContain('"@nothing"');
    expect(err).not.toContain('"good"');
    expect((await run('review', at('d.gpkg'), '--site', 'qiyal', '-o', at('d.html'))).exit).toBe(0);
    const page = readFileSync(at('d.html'), 'utf8');
    expect(page).toContain('It covers 1,000 ha and @nothing.');
    expect(page).toContain('which the dossier does not have');
  }, 60_000);
});
