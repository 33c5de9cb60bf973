/**
 * In which zone of a reserve the sites of a table lie: by a column that names zones in any of four languages, else by coordinates.
 *
 *     const placing = placingOf(ground, { file, rows, column: 'zone', lon: null, lat: null });
 *     placing?.zoneOf(rows[0])    // 'korgalzhyn/core', or '-' where the site lies in none
 *
 * Reading the ground of a dossier is `store/table-ground.ts`.
 */
import { readShipped } from '../formats/source-node.ts';
import { NO_ZONE } from '../indicators/population-fits.ts';
import { Problem, Problems } from '../problems.ts';
import { zoneIndex } from '../science/zone-probability.ts';
import type { DrawnZone, Id, Zone, ZoneKind } from '../types.ts';
import { plain, type ZoneNames, zoneOfWord } from '../zonation/zone-words.ts';
import { geometryDigest } from './compute.ts';
import { zoneHref } from './compute-rasters.ts';

/** What a table is held against. */
export interface TableGround {
  site: Id;
  /** Those that are valid now, in the order of their kinds; and those of them that are drawn. */
  zones: readonly Pick<Zone, 'id' | 'kind' | 'name'>[];
  drawn: readonly DrawnZone[];
  /** Whether the places of a species are a secret. */
  isSecret(species: string): boolean;
}

export interface PlacedRow {
  line: number;
  other: Readonly<Record<string, string>>;
}

export interface Placing {
  by: 'column' | 'coordinates';
  /** A zone, the kind of several zones, or none; of a site without any zone the kind, or the word as it stands. */
  zoneOf(row: PlacedRow): string;
  /** Zones as they are drawn, where coordinates were held against them: figures go out of date with the map. */
  inputs: { href: string; digest: string }[];
}

interface Given {
  file: string;
  rows: readonly PlacedRow[];
  column: string | null;
  lon: string | null;
  lat: string | null;
}

type Zones = TableGround['zones'];

/**
 * `null` where the table says nothing of zones, or nothing is drawn that its coordinates could lie in.
 * @throws Problems, one for each name that is no zone and each place that is none
 */
export function placingOf(ground: TableGround, given: Given): Placing | null {
  if (given.column !== null) return byName(ground, { ...given, column: given.column });
  const { lon, lat } = given;
  return lon === null || lat === null || ground.drawn.length === 0 ? null : byPlace(ground, { ...given, lon, lat });
}

const DASH = /^[-–—]$/;

function byName({ site, zones }: TableGround, { file, rows, column }: Given & { column: string }): Placing {
  const names = zoneNames();
  const problems: Problem[] = [];
  const known = new Map<string, string | null>();
  for (const { line, other } of rows) {
    const word = other[column] ?? '';
    if (word === '') problems.push(new Problem('cell-missing', { file, line: String(line), field: column }));
    if (word === '' || known.has(word)) continue;
    const zone = DASH.test(word) ? NO_ZONE : zoneNamed(word, site, zones, names);
    known.set(word, zone);
    if (zone === null)
      problems.push(
        new Problem('cell-wrong', {
          ...{ file, line: String(line), field: column, found: word },
          expected: [...new Set(zones.map(({ kind }) => kind)), ...zones.map(({ id }) => id), NO_ZONE].join(', '),
        }),
      );
  }
  if (problems.length > 0) throw new Problems(problems);
  return { by: 'column', inputs: [], zoneOf: ({ other }) => known.get(other[column] ?? '') ?? NO_ZONE };
}

function zoneNames(): ZoneNames {
  return JSON.parse(readShipped('data', 'zone-names.json')) as ZoneNames;
}

/**
 * By its id, by its name, or by the word for its kind: that of the only zone of the kind, of several the kind as a whole. Of a site
 * that has no zones at all it is the kind, or the word as it stands.
 */
function zoneNamed(word: string, site: Id, zones: Zones, names: ZoneNames): string | null {
  const called = zones.filter(({ name }) => Object.values(name).some((text) => plain(text) === plain(word)));
  const exact = zones.find(({ id }) => id === word) ?? (called.length === 1 ? called[0] : undefined);
  if (exact !== undefined) return exact.id;
  const kind = zoneOfWord(word, names)?.kind;
  if (zones.length === 0) return kind ?? word;
  if (kind !== undefined) return ofKind(kind, zones);
  return zones.find(({ id }) => id === `${site}/${word}`)?.id ?? null;
}

/** Zones of one kind are taken together, as few sites in each say little: the zone where there is one, else the kind. */
export function ofKind(kind: ZoneKind, zones: Zones): Id | ZoneKind | null {
  const own = zones.filter((zone) => zone.kind === kind);
  return own.length > 1 ? kind : (own[0]?.id ?? null);
}

/** The zone of that id, `null` where it is none: what `zoneOf` gives is one, or the kind of several. */
export const zoneIn = ({ zones }: Pick<TableGround, 'zones'>, name: string): Id | null =>
  zones.some(({ id }) => id === name) ? name : null;

/** The zone, or kind of zones, that a word means as the control of a measure. @throws Problem `choice-wrong` */
export function controlZone({ site, zones }: Pick<TableGround, 'site' | 'zones'>, word: string, field: string): string {
  const found = zoneNamed(word, site, zones, zoneNames());
  if (found === null)
    throw new Problem('choice-wrong', { field, found: word, expected: zones.map(({ id }) => id).join(', ') || '–' });
  return found;
}

function byPlace({ drawn: zones }: TableGround, { file, rows, lon, lat }: Given & { lon: string; lat: string }): Placing {
  const index = zoneIndex(zones);
  const problems: Problem[] = [];
  const degrees = ({ line, other }: PlacedRow, field: string, most: number): number => {
    const text = (other[field] ?? '').trim();
    const value = text === '' ? Number.NaN : Number(text.replace(',', '.'));
    if (text === '') problems.push(new Problem('cell-missing', { file, line: String(line), field }));
    else if (!(Math.abs(value) <= most))
      problems.push(new Problem('cell-wrong', { file, line: String(line), field, found: text, expected: `-${most} – ${most}` }));
    return value;
  };
  const known = new Map<string, string>();
  const keyOf = ({ other }: PlacedRow): string => `${other[lon]} ${other[lat]}`;
  for (const row of rows) {
    if (known.has(keyOf(row))) continue;
    const [x, y] = [degrees(row, lon, 180), degrees(row, lat, 90)];
    const [most] = index.shares(x, y, 0).toSorted((a, b) => b.share - a.share);
    const zone = most === undefined ? undefined : zones[most.zone];
    known.set(keyOf(row), zone === undefined ? NO_ZONE : (ofKind(zone.kind, zones) ?? NO_ZONE));
  }
  if (problems.length > 0) throw new Problems(problems);
  return {
    by: 'coordinates',
    inputs: zones.map((zone) => ({ href: zoneHref(zone.id), digest: geometryDigest(zone) })),
    zoneOf: (row) => known.get(keyOf(row)) ?? NO_ZONE,
  };
}
