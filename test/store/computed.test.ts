import { expect, test } from 'vitest';
import { area } from '../../src/indicators/area.ts';
import { compute } from '../../src/run/compute.ts';
import { zoneHref } from '../../src/run/compute-rasters.ts';
import { figuresOfRun, keepRun, outdated, withFreshAreas } from '../../src/store/computed.ts';
import { all, type Db } from '../../src/store/db.ts';
import { listObservationsOfSite } from '../../src/store/observations.ts';
import { listZones, putZone } from '../../src/store/zones.ts';
import type { DrawnZone, Indicator, Observation, Run } from '../../src/types.ts';
import { area as areaIndicator, smallDossier, total } from './facts-fixture.ts';

const square = (size: number): DrawnZone => ({
  id: 'almaty/core',
  site: 'almaty',
  kind: 'core',
  name: {},
  valid: { start: null, end: null },
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [77, 43],
          [77 + size, 43],
          [77 + size, 43 + size],
          [77, 43 + size],
          [77, 43],
        ],
      ],
    ],
  },
  from: { source: 'unesco-almaty' },
});

const greenness: Indicator = {
  ...areaIndicator,
  id: 'greenness',
  title: { en: 'Greenness' },
  unit: '%',
  function: 'conservation',
};

/** A run of a raster indicator on the ground as it is drawn, and its figure. */
function computed(zone: DrawnZone): { run: Run; observations: Observation[] } {
  const { run: ofArea } = compute(area, zone, '2026-01-01T00:00:00Z');
  const digest = ofArea.inputs[0]?.digest ?? '';
  const run: Run = {
    ...ofArea,
    id: 'run-greenness',
    indicator: 'greenness',
    inputs: [{ dataset: null, href: zoneHref(zone.id), digest }],
  };
  const figure: Observation = {
    ...total,
    id: 'g',
    indicator: 'greenness',
    feature: zone.id,
    value: 12,
    unit: '%',
    role: 'computed',
    from: { run: run.id },
  };
  return { run, observations: [figure] };
}

function filled(): Db {
  const db = smallDossier();
  putZone(db, 'test', square(1));
  keepRun(db, 'test', { ...computed(square(1)), catalogue: [greenness] });
  return db;
}

const shown = (db: Db): string[] =>
  withFreshAreas(db, listObservationsOfSite(db, 'almaty'), listZones(db, 'almaty')).map(({ indicator }) => indicator);

test('a run is kept with its figures and the indicators they are of', () => {
  const db = filled();
  expect(figuresOfRun(db, 'run-greenness')).toBe(1);
  expect(figuresOfRun(db, 'run-never')).toBeNull();
  expect(shown(db)).toEqual(['greenness', 'area']);
  expect(outdated(db).size).toBe(0);
});

test('figures of ground that was drawn anew are left out and counted; they stay in the dossier', () => {
  const db = filled();
  putZone(db, 'test', square(2));
  expect(shown(db)).toEqual(['area']);
  expect(outdated(db)).toEqual(new Map([['greenness', 1]]));
  expect(all(db, "select id from observations where indicator = 'greenness'")).toHaveLength(1);
});

test('a run whose figures cannot be stored leaves nothing behind', () => {
  const db = filled();
  const { run, observations } = computed(square(1));
  const broken = observations.map((o) => ({ ...o, id: 'h', feature: 'nowhere' }));
  expect(() => keepRun(db, 'test', { run: { ...run, id: 'run-2' }, observations: broken, catalogue: [] })).toThrow();
  expect(figuresOfRun(db, 'run-2')).toBeNull();
});
