/** What the rules are held against in the server is enough: they find the same as with every reading of every gauge. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readSource } from '../../src/formats/source-node.ts';
import type { Db } from '../../src/store/db.ts';
import { createDossier } from '../../src/store/dossier.ts';
import { importTableFile } from '../../src/store/import-table-file.ts';
import { putObservation } from '../../src/store/observations.ts';
import { loadRuleFacts, loadSiteFacts, loadYearlyFacts } from '../../src/store/site-facts.ts';
import { listSites } from '../../src/store/sites.ts';
import { siteStatus } from '../../src/zonation/site-status.ts';

const data = join(import.meta.dirname, '..', '..', 'data');
let db: Db;

/** What ships of Kazakhstan, with gauges of which the rules must not hear. */
beforeAll(() => {
  db = createDossier(':memory:');
  const folder = join(data, 'kazakhstan');
  const wanted = ['sources', 'datasets', 'sites', 'designations', 'overlaps', 'zones', 'observations-reserves'];
  const files = [join(data, 'indicators.csv'), ...wanted.map((name) => join(folder, `${name}.csv`))];
  expect(readdirSync(folder)).toContain('observations-reserves.csv');
  for (const file of files) {
    const shipped = { id: `shipped/${file.slice(data.length)}`, href: 'x.csv', licence: 'CC-BY-4.0', attribution: 'x' };
    importTableFile(db, readSource(file), 'test', shipped);
  }
  const [like] = listSites(db, 'biosphere-reserve').flatMap(({ id }) => loadSiteFacts(db, id).observations);
  if (like === undefined) throw new Error('no observations');
  for (let day = 1; day <= 28; day += 1) {
    const period = {
      start: `2020-02-${String(day).padStart(2, '0')}`,
      end: day === 28 ? '2020-03-01' : `2020-02-${String(day + 1).padStart(2, '0')}`,
    };
    const reading = { id: `gauge-${day}`, indicator: 'salinity', unit: 'g/L', role: 'observed' as const, by: {}, value: day };
    putObservation(db, 'test', { ...like, ...reading, period });
  }
});

test('every reserve of Kazakhstan is found the same', async () => {
  for (const { id } of listSites(db, 'biosphere-reserve')) {
    const [few, all] = [loadRuleFacts(db, id), loadSiteFacts(db, id)];
    const [told, whole] = [await siteStatus(few, '2026-11-23'), await siteStatus(all, '2026-11-23')];
    expect({ due: told.due, findings: told.findings }, id).toEqual({ due: whole.due, findings: whole.findings });
    expect(few.observations.every(({ indicator }) => indicator !== 'salinity')).toBe(true);
  }
});

test('of the readings of a year the last one stands for whether there is something to tell', () => {
  const readings = listSites(db, 'biosphere-reserve').flatMap(({ id }) =>
    loadYearlyFacts(db, id).observations.filter(({ indicator }) => indicator === 'salinity'),
  );
  expect(readings.map(({ id }) => id)).toEqual(['gauge-28']);
});
