/** A dossier with zones and a folder of small rasters, for the tests of computations in the server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobStatus } from '../../src/api/jobs.ts';
import type { Db } from '../../src/store/db.ts';
import { putZone } from '../../src/store/zones.ts';
import { GRID, zone } from '../indicators/rasters.ts';
import { type TiffOptions, tiff } from '../run/tiff.ts';

/** A folder that is gone at the end, with two dates of land cover: half of the ground became cropland. */
export function dataFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'saryarka-jobs-'));
  for (const year of [2000, 2020]) {
    write(folder, `cover_${year}.tif`, { type: 'uint8', value: (column) => (column < 20 || year === 2000 ? 2 : 3) });
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function write(folder: string, name: string, options: Partial<TiffOptions>): void {
  const { tile, transform, ...grid } = GRID;
  writeFileSync(join(folder, name), tiff({ ...grid, tile: [...tile], transform: [...transform], ...options }));
}

/** Draws the core area of a site, by columns and rows of the rasters. */
export function drawCore(db: Db, site = 'almaty', box: [number, number, number, number] = [2, 3, 30, 25]): void {
  const { geometry } = zone('core', box);
  putZone(db, 'test', {
    id: `${site}/core`,
    site,
    kind: 'core',
    name: {},
    valid: { start: null, end: null },
    geometry,
    from: { source: 'by-hand' },
  });
}

type Ask = (path: string) => Response | Promise<Response>;

/** Asks until a job is in one of the states. */
export async function until(ask: Ask, job: string, states: readonly string[]): Promise<JobStatus> {
  for (let asked = 0; asked < 1000; asked++) {
    const status = (await (await ask(`/ogc/jobs/${job}`)).json()) as JobStatus;
    if (states.includes(status.status)) return status;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`job ${job} is in none of ${states}`);
}
