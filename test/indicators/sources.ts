/** Work for indicators of sources in tests: zones drawn on the grid of `rasters.ts`, files in a folder of their own, one call. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Figure } from '../../src/indicators/raster-indicator.ts';
import type { SourceIndicator } from '../../src/indicators/source-indicator.ts';
import { prepareSources } from '../../src/run/compute-sources.ts';
import type { DrawnZone, Observation, Run, ZoneKind } from '../../src/types.ts';
import { zone } from './rasters.ts';

const folder = mkdtempSync(join(tmpdir(), 'saryarka-sources-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;

/** Writes a file; returns its path. */
export function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, `${written++}_${name}`);
  writeFileSync(path, content);
  return path;
}

/** A zone of site `s` by columns and rows of `GRID`. */
export function drawn(kind: ZoneKind, corners: [number, number, number, number], suffix = ''): DrawnZone {
  const id = `s/${kind}${suffix}`;
  const { geometry } = zone(id, corners);
  return { id, site: 's', kind, name: {}, valid: { start: null, end: null }, geometry, from: { source: 'map' } };
}

export interface SourceResult {
  figures: Figure[];
  observations: Observation[];
  run: Run;
}

export async function computed(
  indicator: SourceIndicator,
  work: { zones: DrawnZone[]; files: Record<string, string[]>; params?: Record<string, string> },
  options: { jobs?: number; signal?: AbortSignal } = { jobs: 1 },
): Promise<SourceResult> {
  const job = await prepareSources(indicator, { params: {}, ...work });
  const { figures } = await job.compute(options);
  return { figures, observations: figures.map(job.observation), run: job.run };
}

/** Values by zone, class and month or year, for one indicator. */
export function valuesOf(observations: readonly Observation[], indicator: string): Record<string, number | null> {
  const own = observations.filter((o) => o.indicator === indicator);
  return Object.fromEntries(own.map((o) => [[o.feature, o.by.class].filter((part) => part !== undefined).join(' '), o.value]));
}
