/** Zones in the dossier: with a geometry where a map is known, without one where only declared figures are. */
import { decodeGeometry, encodeGeometry, envelopeOf } from '../formats/geopackage-binary.ts';
import { Problem } from '../problems.ts';
import type { Id, LocalText, Zone } from '../types.ts';
import { all, type Db, get, run, transaction } from './db.ts';
import { type OriginColumns, originColumns, originOf } from './origins.ts';
import { type Change, put } from './write.ts';

type ZoneRow = Pick<Zone, 'id' | 'site' | 'kind'> &
  OriginColumns & { geom: Uint8Array | null; name: string; valid_start: string | null; valid_end: string | null };

const COLUMNS =
  'id, site, kind, name, valid_start, valid_end, geom, from_run, from_dataset, from_row, from_source, from_page, from_quote';

export function putZone(db: Db, by: string, zone: Zone): Change {
  return transaction(db, () => {
    const change = put(db, 'zones', by, {
      id: zone.id,
      site: zone.site,
      kind: zone.kind,
      name: JSON.stringify(zone.name),
      valid_start: zone.valid.start,
      valid_end: zone.valid.end,
      geom: zone.geometry === null ? null : encodeGeometry(zone.geometry),
      ...originColumns(zone.from),
    });
    if (change !== 'same' && zone.geometry !== null) widenContents(db, zone.geometry);
    return change;
  });
}

/** A zone as a table declares it: a geometry that a map brought, with its origin and validity, stays. */
export function putDeclaredZone(db: Db, by: string, zone: Zone): Change {
  const known = listZones(db, zone.site).find(({ id }) => id === zone.id);
  const mapped =
    known === undefined || known.geometry === null ? {} : { geometry: known.geometry, from: known.from, valid: known.valid };
  return putZone(db, by, { ...zone, ...mapped });
}

/** The zones of a site, as they were added. */
export function listZones(db: Db, site: Id): Zone[] {
  return all<ZoneRow>(db, `select ${COLUMNS} from zones where site = ? order by fid`, [site]).map(zoneOf);
}

/** The zones of the dossier one after another, so that large geometries need not be held together. */
export function* eachZone(db: Db): Generator<Zone> {
  for (const { fid } of all<{ fid: number }>(db, 'select fid from zones order by fid')) {
    const row = get<ZoneRow>(db, `select ${COLUMNS} from zones where fid = ?`, [fid]);
    if (row !== undefined) yield zoneOf(row);
  }
}

function zoneOf({ geom, name, valid_start, valid_end, id, site, kind, ...origin }: ZoneRow): Zone {
  let geometry: Zone['geometry'] = null;
  try {
    if (geom !== null) geometry = decodeGeometry(geom);
  } catch (error) {
    throw new Problem('zone-geometry-unreadable', { zone: id, found: (error as Error).message }, { cause: error });
  }
  return {
    id,
    site,
    kind,
    name: JSON.parse(name) as LocalText,
    valid: { start: valid_start, end: valid_end },
    geometry,
    from: originOf(origin),
  };
}

/** GeoPackage readers zoom to the extent in `gpkg_contents`; it only ever has to be wide enough. */
function widenContents(db: Db, geometry: NonNullable<Zone['geometry']>): void {
  const [minX, minY, maxX, maxY] = envelopeOf(geometry);
  run(
    db,
    `update gpkg_contents set
       min_x = min(coalesce(min_x, ?), ?), min_y = min(coalesce(min_y, ?), ?),
       max_x = max(coalesce(max_x, ?), ?), max_y = max(coalesce(max_y, ?), ?),
       last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
     where table_name = 'zones'`,
    [minX, minX, minY, minY, maxX, maxX, maxY, maxY],
  );
}
