/** `saryarka claims rows.csv`: sentences with their figures, judged without a dossier. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-claims-rows-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function told(csv: string, ...more: string[]): Promise<{ exit: number; out: string }> {
  writeFileSync(join(folder, 'rows.csv'), csv);
  let out = '';
  const spies = (['log', 'error'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((line: unknown) => {
      out += `${String(line)}\n`;
    }),
  );
  try {
    return { exit: await main(['claims', join(folder, 'rows.csv'), '--lang', 'en', ...more]), out };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const head = 'id,claim,check,evidence,against\n';

test('each row has its verdict and its difference', async () => {
  const rows =
    'a,The agencies give 5 and the government 6: 12 USD,sum,5 + 6,12\nb,Women are almost 60 %,compare,"55.7 (Ministry), 55.6 (Commission)",60\n';
  const { exit, out } = await told(head + rows);
  expect(exit).toBe(0);
  expect(out).toMatch(/a {2}The agencies[\s\S]*contradicted within the source[\s\S]*11; difference -1/);
  expect(out).toContain('2 claims: ');
  const json = JSON.parse((await told(head + rows, '--json')).out) as { id: string; verdict: string }[];
  expect(json.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['a', 'contradicted-in-source'],
    ['b', 'contradicted'],
  ]);
});

test('a row that cannot be read is told with line, field and place', async () => {
  const { exit, out } = await told(`${head}a,It is 3,sum,1 + + 2,3\nb,It is 3,guess,3,3\n`);
  expect(exit).toBe(2);
  expect(out).toMatch(/line 2, field evidence: found "1 \+ \+ 2"; expected character 5[\s\S]*line 3, field check: found "guess"/);
});

test('a table without the columns is told what it would need', async () => {
  const { exit, out } = await told('sentence,figure\n');
  expect([exit, out]).toEqual([2, expect.stringContaining('kind, evidence, against')]);
});
