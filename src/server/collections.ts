/**
 * What can be read as places: sites, zones, stations where something is watched, and occurrences of species; each as far as the
 * caller may see it.
 */
import { envelopeOf } from '../formats/geopackage-binary.ts';
import { Problem } from '../problems.ts';
import { all, type Db, get } from '../store/db.ts';
import { exportPlaces, type Place } from '../store/export-rows.ts';
import { getOccurrence, listOccurrences, type ShownOccurrence } from '../store/occurrences.ts';
import { listEntries } from '../store/records.ts';
import { listSites } from '../store/sites.ts';
import type { Noun } from '../store/write.ts';
import type { Extent, Geometry, Id, Period } from '../types.ts';
import { nounState } from './changes.ts';
import type { Visitor } from './visitor.ts';

export interface Wanted {
  within: Extent | null;
  during: Partial<Period> | null;
  limit: number;
  /** The number of the last one that the caller has. */
  after: number;
}

export interface Page {
  places: Place[];
  /** `null` where counting would mean reading everything. */
  matched: number | null;
  /** For the next page; `null` when this is the last. */
  next: number | null;
}

export interface Collection {
  id: string;
  title: string;
  description: string;
  page(db: Db, visitor: Visitor, wanted: Wanted): Page;
  one(db: Db, visitor: Visitor, id: Id): Place | null;
  extent(db: Db): Extent | null;
}

export const collections: readonly Collection[] = [
  small('sites', 'Sites', 'Biosphere reserves and other places that figures speak of, at their declared centres', {
    of: ['sites', 'observations', 'indicators'],
    read: (db) => exportPlaces(db, 'sites'),
  }),
  small(
    'zones',
    'Zones',
    'Core areas, buffer zones and transition areas, with the time from which and until which they are valid',
    { of: ['sites', 'zones'], read: (db) => exportPlaces(db, 'zones') },
  ),
  small('stations', 'Stations', 'Places of monitoring and research', { of: ['sites', 'entries'], read: stations }),
  {
    id: 'occurrences',
    title: 'Occurrences',
    description: 'Where species were recorded; the places of sensitive species are generalised, which each of them says',
    page: occurrencePage,
    one: (db, visitor, id) => {
      const found = getOccurrence(db, id, (site) => visitor.may('editor', site));
      return found === null || !visitor.may('reader', found.site) ? null : placeOf(found);
    },
    extent: (db) => {
      const box = get<{ min_x: number | null; min_y: number; max_x: number; max_y: number }>(
        db,
        "select min_x, min_y, max_x, max_y from gpkg_contents where table_name = 'occurrences'",
      );
      const wide = (value: number, by: number): number => Math.round(value + by);
      return box === undefined || box.min_x === null
        ? null
        : [wide(box.min_x, -1), wide(box.min_y, -1), wide(box.max_x, 1), wide(box.max_y, 1)];
    },
  },
];

/** @throws Problem `not-found`. */
export function collectionOf(id: string | undefined): Collection {
  const found = collections.find((one) => one.id === id);
  if (found === undefined) throw new Problem('not-found');
  return found;
}

interface Places {
  /** The tables that they are read from. */
  of: readonly Noun[];
  read(db: Db): Place[];
}

/** A collection that is small enough to be read whole, and kept until something of its tables is written. */
function small(id: string, title: string, description: string, places: Places): Collection {
  const kept = new WeakMap<Db, { state: string; places: Place[] }>();
  const read = (db: Db): Place[] => {
    const state = nounState(db, places.of);
    const known = kept.get(db);
    if (known?.state === state) return known.places;
    const own = places.read(db);
    kept.set(db, { state, places: own });
    return own;
  };
  const seen = (db: Db, visitor: Visitor): Place[] => read(db).filter((place) => visitor.may('reader', siteOf(id, place)));
  return {
    id,
    title,
    description,
    page(db, visitor, { within, during, limit, after }) {
      const matching = seen(db, visitor).filter(
        (place) => (within === null || meets(place.geometry, within)) && (during === null || lasts(place, during)),
      );
      const places = matching.slice(after, after + limit);
      const next = after + places.length < matching.length ? after + places.length : null;
      return { places, matched: matching.length, next };
    },
    one: (db, visitor, wanted) => seen(db, visitor).find((place) => place.id === wanted) ?? null,
    extent: (db) => {
      const boxes = read(db).flatMap(({ geometry }) => (geometry === null ? [] : [envelopeOf(geometry)]));
      const side = (i: 0 | 1 | 2 | 3, of: (...values: number[]) => number): number =>
        boxes.reduce((edge, box) => of(edge, box[i]), boxes[0]?.[i] ?? 0);
      return boxes.length === 0 ? null : [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
    },
  };
}

function siteOf(collection: string, { id, properties }: Place): Id {
  return collection === 'sites' ? id : String(properties.site);
}

function stations(db: Db): Place[] {
  return listSites(db).flatMap(({ id: site }) =>
    listEntries(db, site, ['monitoring', 'research'])
      .filter(({ confidential }) => !confidential)
      .flatMap(({ id, register, fields: { longitude, latitude, ...fields } }): Place[] =>
        typeof longitude !== 'number' || typeof latitude !== 'number'
          ? []
          : [{ id, geometry: { type: 'Point', coordinates: [longitude, latitude] }, properties: { site, register, ...fields } }],
      ),
  );
}

function occurrencePage(db: Db, visitor: Visitor, { within, during, limit, after }: Wanted): Page {
  const places: Place[] = [];
  let last = after;
  for (;;) {
    // Whether the places are exact is asked site by site: most callers are of one kind everywhere.
    const rows = occurrencesFor(db, visitor, { within, after: last, limit: limit + 1 });
    for (const row of rows) {
      if (places.length === limit) return { places, matched: null, next: last };
      last = row.fid;
      if (during === null || lasts(placeOf(row), during)) places.push(placeOf(row));
    }
    if (rows.length <= limit) return { places, matched: null, next: null };
  }
}

function occurrencesFor(
  db: Db,
  visitor: Visitor,
  { within, after, limit }: { within: Extent | null; after: number; limit: number },
): (ShownOccurrence & { fid: number })[] {
  const query = { ...(within === null ? {} : { within }), after, limit };
  if (visitor.may('editor', null)) return listOccurrences(db, { ...query, exact: true });
  if (visitor.may('reader', null) && !visitor.maySomewhere('editor')) return listOccurrences(db, { ...query, exact: false });
  const sites = all<{ id: Id }>(db, 'select id from sites').filter(({ id }) => visitor.may('reader', id));
  return sites
    .flatMap(({ id }) => listOccurrences(db, { ...query, site: id, exact: visitor.may('editor', id) }))
    .sort((a, b) => a.fid - b.fid)
    .slice(0, limit);
}

function placeOf({ id, place, fields, generalised, from: _, ...rest }: ShownOccurrence): Place {
  const { fid: __, taxon, name, site, period, uncertaintyM, count, basis, recordedBy } = rest as typeof rest & { fid?: number };
  return {
    id,
    geometry: place === null ? null : { type: 'Point', coordinates: place },
    properties: {
      site,
      taxon,
      scientificName: name,
      start: period?.start ?? null,
      end: period?.end ?? null,
      coordinateUncertaintyInMeters: uncertaintyM,
      individualCount: count,
      basisOfRecord: basis,
      recordedBy,
      dataGeneralizations:
        generalised === null
          ? null
          : `${generalised.gridDeg === null ? 'place withheld' : `middle of a cell of ${generalised.gridDeg} degrees`}: ${generalised.reason}`,
      ...fields,
    },
  };
}

/** Whether the boxes of a geometry and of a query touch; a box whose west is greater than its east crosses the antimeridian. */
function meets(geometry: Geometry | null, [west, south, east, north]: Extent): boolean {
  if (geometry === null) return false;
  const [minX, minY, maxX, maxY] = envelopeOf(geometry);
  const across = west <= east ? minX <= east && maxX >= west : minX <= east || maxX >= west;
  return across && minY <= north && maxY >= south;
}

/** Whether a place is of the time asked for; one whose time is not known is of every time. */
function lasts({ properties }: Place, { start, end }: Partial<Period>): boolean {
  const [from, until] = [properties.valid_start ?? properties.start, properties.valid_end ?? properties.end];
  return (
    (end === undefined || typeof from !== 'string' || from <= end) &&
    (start === undefined || typeof until !== 'string' || until > start)
  );
}
