/**
 * Stations of a site: gauges of rivers and lakes, weather stations. Their readings are observations of the station.
 *
 *     putStation(db, 'cli', { id: 'aral-sea-north/kazalinsk', site: 'aral-sea-north', name: { ru: 'Казалинск' }, place: [62.1, 45.77], … });
 *     listStations(db, 'aral-sea-north')
 */
import { decodePoint, encodePoint } from '../formats/geopackage-binary.ts';
import type { Datum } from '../formats/water-series.ts';
import type { Id, LocalText, Origin, Position } from '../types.ts';
import { all, type Db, run, transaction } from './db.ts';
import { type OriginColumns, originColumns, originOf } from './origins.ts';
import { type Change, put } from './write.ts';

export interface Station {
  id: Id;
  site: Id;
  name: LocalText;
  /** Number by which its keeper knows it. */
  code: string | null;
  river: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  place: Position | null;
  /** Height of the gauge's zero [m] above that of `datum`. */
  zero: number | null;
  datum: Datum | null;
  note: string | null;
  from: Origin;
}

type Row = Omit<Station, 'name' | 'place' | 'from'> & OriginColumns & { name: string; geom: Uint8Array | null };

const COLUMNS = `id, site, name, code, river, country, geom, zero, datum, note,
  from_run, from_dataset, from_row, from_source, from_page, from_quote`;

export function putStation(db: Db, by: string, { name, place, from, ...rest }: Station): Change {
  return transaction(db, () => {
    const change = put(db, 'stations', by, {
      ...rest,
      name: JSON.stringify(name),
      geom: place === null ? null : encodePoint(place),
      ...originColumns(from),
    });
    if (change !== 'same' && place !== null) widenContents(db, place);
    return change;
  });
}

/** The stations of a site, or all, in the order they were added. */
export function listStations(db: Db, site?: Id): Station[] {
  const where = site === undefined ? '' : ' where site = ?';
  return all<Row>(db, `select ${COLUMNS} from stations${where} order by fid`, site === undefined ? [] : [site]).map(stationOf);
}

export function getStation(db: Db, id: Id): Station | null {
  const [row] = all<Row>(db, `select ${COLUMNS} from stations where id = ?`, [id]);
  return row === undefined ? null : stationOf(row);
}

function stationOf(row: Row): Station {
  const { id, site, name, code, river, country, geom, zero, datum, note, ...origin } = row;
  return {
    id,
    site,
    name: JSON.parse(name) as LocalText,
    code,
    river,
    country,
    place: geom === null ? null : decodePoint(geom),
    zero,
    datum,
    note,
    from: originOf(origin),
  };
}

/** GeoPackage readers zoom to the extent in `gpkg_contents`; it only ever has to be wide enough. */
function widenContents(db: Db, [lon, lat]: Position): void {
  run(
    db,
    `update gpkg_contents set min_x = min(coalesce(min_x, ?), ?), min_y = min(coalesce(min_y, ?), ?),
       max_x = max(coalesce(max_x, ?), ?), max_y = max(coalesce(max_y, ?), ?), last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
     where table_name = 'stations'`,
    [lon, lon, lat, lat, lon, lon, lat, lat],
  );
}
