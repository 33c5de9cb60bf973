/** A dossier with a gauge, its series of two sources, a zone and a computed figure, for the tests of SensorThings. */
import { putDataset, putIndicator } from '../../src/store/catalogue.ts';
import type { Db } from '../../src/store/db.ts';
import { putObservation, putRun } from '../../src/store/observations.ts';
import { putStation } from '../../src/store/stations.ts';
import { putZone } from '../../src/store/zones.ts';
import type { Observation, Run } from '../../src/types.ts';
import { nestedZones } from '../drawing/map-shapes.ts';
import { area, total } from '../store/facts-fixture.ts';
import { person, sharedDossier } from './people.ts';

export const STATION = 'almaty/kazalinsk';

/** Discharges of the first months of 1936 [m3/s]; March is missing. */
export const MONTHS = [123, 118.5, null, 240, 512.25, 480];

const run: Run = {
  id: 'run-area',
  indicator: 'area',
  method: 'karney-2013',
  version: 1,
  software: { name: 'saryarka', version: '1.0.0' },
  inputs: [],
  params: {},
  started: '2026-01-01T00:00:00Z',
  ended: '2026-01-01T00:00:01Z',
  status: 'done',
  skipped: 0,
};

export function dossierOfSeries(): Db {
  const db = sharedDossier();
  person(db, 'eda', { almaty: 'editor' });
  person(db, 'rita', { almaty: 'reader' });
  person(db, 'kora', { korgalzhyn: 'editor' });
  putIndicator(db, 'test', {
    ...area,
    id: 'river-discharge',
    title: { en: 'River discharge', ru: 'Расход воды реки' },
    definition: { en: 'Volume of water that passes in a second' },
    unit: 'm3/s',
    function: 'conservation',
    method: null,
    codes: { sdg: ['6.6.1'] },
  });
  putDataset(db, 'test', {
    id: 'series/abc',
    title: { en: 'kazalinsk.txt' },
    kind: 'series',
    href: 'kazalinsk.txt',
    mediaType: 'text/plain',
    digest: null,
    crs: null,
    period: null,
    licence: 'not to be passed on',
    attribution: 'A gauge',
  });
  putStation(db, 'test', {
    id: STATION,
    site: 'almaty',
    name: { en: 'Kazalinsk' },
    code: '2316201',
    river: 'Syr Darya',
    country: 'KZ',
    place: [62.1, 45.77],
    zero: null,
    datum: null,
    note: null,
    from: { dataset: 'series/abc', row: '1' },
  });
  putObservation(db, 'test', total);
  const [core] = nestedZones([76.9, 43.2], 20, 40);
  if (core !== undefined)
    putZone(db, 'test', {
      id: 'almaty/core',
      site: 'almaty',
      kind: 'core',
      name: {},
      valid: { start: '2014-01-01', end: null },
      geometry: core.geometry,
      from: total.from,
    });
  putRun(db, 'test', run);
  putObservation(db, 'test', {
    ...total,
    id: 'core-area',
    feature: 'almaty/core',
    value: 4.5e8,
    unit: 'm2',
    role: 'computed',
    from: { run: run.id },
  });
  for (const [i, value] of MONTHS.entries()) putObservation(db, 'test', reading(i, value));
  putObservation(db, 'test', { ...total, id: 'elsewhere', feature: 'korgalzhyn', value: 543171 });
  return db;
}

function reading(i: number, value: number | null): Observation {
  const day = (month: number): string => `1936-${String(month).padStart(2, '0')}-01`;
  return {
    ...total,
    id: `series/abc/${STATION}/river-discharge/${day(i + 1)}`,
    indicator: 'river-discharge',
    feature: STATION,
    period: { start: day(i + 1), end: day(i + 2) },
    value,
    unit: 'm3/s',
    low: i === 0 ? 120 : null,
    high: i === 0 ? 126 : null,
    role: 'observed',
    quality: i === 4 ? 'doubtful' : 'ok',
    note: i === 4 ? 'outlier' : null,
    from: { dataset: 'series/abc', row: String(i + 2), ...(i === 0 ? { quote: '123' } : {}) },
  };
}
