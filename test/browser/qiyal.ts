/** The tutorial's reserve as a dossier: what is declared, and if asked for its zones and ten years of records. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'data', 'tutorial');
export const ZONES = join(FOLDER, 'zones.geojson');
const DECLARED = ['sources', 'sites', 'designations', 'zones', 'observations'].map((name) => join(FOLDER, `${name}.csv`));

/** Commands of docs/tutorial.md, to the end or as far as wanted. */
export async function makeQiyal(file: string, { zones = true, records = true } = {}): Promise<void> {
  await quietly('new', file);
  await quietly('import', file, ...DECLARED);
  if (zones) await quietly('import', file, ZONES, '--site', 'qiyal', '--map', 'шабындық=transition');
  if (!records) return;
  const folder = join(FOLDER, 'records');
  const [first, ...rest] = [
    'organisations.csv',
    ...readdirSync(folder)
      .filter((name) => name !== 'organisations.csv')
      .sort(),
  ];
  await quietly('import', file, join(folder, first ?? ''));
  await quietly('records', 'import', file, ...rest.map((name) => join(folder, name)), '--today', '2026-09-15');
}

/** What it says is for people; only that it could be carried out matters. */
async function quietly(...argv: string[]): Promise<void> {
  const { log, error } = console;
  const said: string[] = [];
  console.log = console.error = (...told: unknown[]) => void said.push(told.join(' '));
  try {
    if ((await main(argv)) === 2) throw new Error(`saryarka ${argv.join(' ')}\n${said.join('\n')}`);
  } finally {
    console.log = log;
    console.error = error;
  }
}
