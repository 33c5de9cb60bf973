/**
 * The core areas that a dossier holds: those of one reserve, and those of all others, which may let pass what moves between them.
 *
 *     const { zones, own, others } = reserveCores(db, 'korgalzhyn', 'ru');
 */
import { pick } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { coresOf, type ReserveCore } from '../run/compute-connectivity.ts';
import type { DrawnZone, Id, Lang } from '../types.ts';
import { ownDrawnZones } from '../zonation/drawn-zones.ts';
import type { Db } from './db.ts';
import { zonesToCompute } from './keep-computed.ts';
import { loadSiteFacts } from './site-facts.ts';
import { listSites } from './sites.ts';

export interface ReserveCores {
  /** Of the reserve, as they are drawn now. */
  zones: DrawnZone[];
  own: ReserveCore[];
  others: ReserveCore[];
}

/**
 * @param lang that the cores are named in
 * @throws Problem `site-unknown`, `export-no-geometry`; `cores-none` for a reserve whose map has no core.
 */
export function reserveCores(db: Db, site: Id, lang: Lang): ReserveCores {
  const zones = zonesToCompute(db, site);
  const sites = listSites(db);
  const name = sites.find(({ id }) => id === site)?.name;
  const own = coresOf(zones, site, name === undefined ? site : pick(name, lang));
  if (own.length === 0) throw new Problem('cores-none', { site });
  const others = sites
    .filter(({ id }) => id !== site)
    .flatMap((one) => coresOf(ownDrawnZones(loadSiteFacts(db, one.id)), one.id, pick(one.name, lang)));
  return { zones, own, others };
}
