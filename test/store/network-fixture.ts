/** A dossier with two reserves whose cores are three squares in a row and one beyond the border, and the plan of corridors of the first. */
import { keepPlanNow } from '../../src/cli/life-connect-keep.ts';
import { planCorridors } from '../../src/plans/corridors.ts';
import { coreNetwork } from '../../src/run/compute-connectivity.ts';
import { corridorsMade } from '../../src/run/compute-corridors.ts';
import type { Db } from '../../src/store/db.ts';
import { listCores } from '../../src/store/keep-corridors.ts';
import { reserveCores } from '../../src/store/reserve-cores.ts';
import { putSite } from '../../src/store/sites.ts';
import { putZone } from '../../src/store/zones.ts';
import type { Id, MultiPolygon, ZoneKind } from '../../src/types.ts';
import { almaty, smallDossier } from './facts-fixture.ts';

/** Squares of `size` degrees by their south-western corners. */
export function squares(size: number, ...corners: [lon: number, lat: number][]): MultiPolygon {
  const ring = (x: number, y: number): [number, number][] => [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ];
  return { type: 'MultiPolygon', coordinates: corners.map(([x, y]) => [ring(x, y)]) };
}

export function drawZone(db: Db, site: Id, kind: ZoneKind, geometry: MultiPolygon): void {
  putZone(db, 'test', {
    id: `${site}/${kind}`,
    site,
    kind,
    name: {},
    valid: { start: '2024-01-01', end: null },
    geometry,
    from: { source: 'unesco-almaty' },
  });
}

/** Without a plan. */
export function reservesWithCores(): Db {
  const db = smallDossier();
  putSite(db, 'test', { ...almaty, id: 'hills', name: { en: 'Hills', ru: 'Холмы', kk: 'Төбелер', tr: 'Tepeler' } });
  putSite(db, 'test', { ...almaty, id: 'far', name: { en: 'Far' } });
  drawZone(db, 'almaty', 'core', squares(0.1, [77, 43], [77.2, 43], [77.4, 43]));
  drawZone(db, 'almaty', 'transition', squares(0.7, [76.9, 42.8]));
  drawZone(db, 'hills', 'core', squares(0.1, [77.6, 43]));
  return db;
}

/** Makes the plan of corridors of a reserve, and keeps it. */
export function planned(db: Db, site: Id = 'almaty', { width = 1000, within = 100_000 } = {}) {
  const { own, others } = reserveCores(db, site, 'en');
  const { patches, links } = coreNetwork(own, others, { within });
  const found = planCorridors({ patches, links, distance: 10_000, width, longest: within });
  const made = corridorsMade(found, { site, patches, within, reserves: listCores(db) });
  return { plan: made.plan.id, run: made.run.id, change: keepPlanNow(db, made) };
}
