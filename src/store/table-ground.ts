/**
 * What a dossier knows of a site that tables of counts and records are held against: its zones, and whose places are a secret.
 *
 *     const table = await readLifeTable('counts', source, openGround(tableGround(db, 'korgalzhyn')));
 */
import type { TableGround } from '../run/zone-placing.ts';
import type { DrawnZone, Id, Zone } from '../types.ts';
import { ownDrawnZones } from '../zonation/drawn-zones.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { currentZones } from '../zonation/site-facts.ts';
import type { Db } from './db.ts';
import { isSensitiveName, sensitiveNames } from './sensitive-names.ts';
import { loadSiteFacts } from './site-facts.ts';

/** Plain data, which a thread can be handed. */
export interface KeptGround {
  site: Id;
  zones: Pick<Zone, 'id' | 'kind' | 'name'>[];
  drawn: DrawnZone[];
  /** Names of species whose places are a secret, as `isSensitiveName` takes them. */
  secret: ReadonlySet<string>;
}

/** @throws Problem `site-unknown` */
export function tableGround(db: Db, site: Id): KeptGround {
  const facts = loadSiteFacts(db, site);
  const zones = zoneKinds.flatMap((kind) => currentZones(facts, kind)).map(({ id, kind, name }) => ({ id, kind, name }));
  return { site, zones, drawn: ownDrawnZones(facts), secret: sensitiveNames(db, site) };
}

export function openGround({ secret, ...ground }: KeptGround): TableGround {
  return { ...ground, isSecret: (species) => isSensitiveName(secret, species) };
}
