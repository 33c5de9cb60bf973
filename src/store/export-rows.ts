/**
 * Rows of the dossier as flat tables for other programs: names by language, lists with semicolons, no bytes.
 */
import { Problem } from '../problems.ts';
import { openFields } from '../review/species.ts';
import type { Entry, Geometry, Id, LocalText, Person } from '../types.ts';
import { declared } from '../zonation/site-facts.ts';
import { all, type Db } from './db.ts';
import { listOccurrences } from './occurrences.ts';
import { openRows } from './open-rows.ts';
import { nouns } from './schema.ts';
import { EVIDENCE_NOUNS } from './schema-evidence.ts';
import { loadSiteFigures } from './site-facts.ts';
import { listSites } from './sites.ts';
import type { Noun } from './write.ts';
import { listZones } from './zones.ts';

type Cell = string | number | null;

export interface ExportedTable {
  header: string[];
  rows: Cell[][];
}

export interface Place {
  id: Id;
  geometry: Geometry | null;
  properties: Record<string, unknown>;
}

/** Bookkeeping, secrets, what only makes sense as a drawing, and document analysis, which has formats of its own. */
const NOT_EXPORTED: readonly string[] = [
  'dossier',
  'features',
  'users',
  'roles',
  'sessions',
  'api_keys',
  'datastreams',
  'program_entities',
  'program_values',
  'invitations',
  'pictures',
  'sent',
  'changesets',
  ...EVIDENCE_NOUNS,
];

export const exportableNouns: readonly Noun[] = nouns.filter((noun) => !NOT_EXPORTED.includes(noun));

/** Columns that hold a text in several languages, as JSON. */
const LOCAL = ['name', 'title', 'definition', 'sentence'];
/** Tables whose names are of one language. */
const PLAIN: readonly Noun[] = ['sources', 'documents', 'taxa'];
const LANGUAGES = ['en', 'ru', 'kk', 'tr'] as const;

/** The column that says to which site a row belongs, where there is one. */
const SITE_COLUMN: Partial<Record<Noun, string>> = {
  sites: 'id',
  designations: 'site',
  overlaps: 'site',
  zones: 'site',
  documents: 'site',
  entries: 'site',
  answers: 'site',
  claims: 'site',
  comments: 'site',
  occurrences: 'site',
  stations: 'site',
  plans: 'site',
};

/** More than any table has. */
const ALL = Number.MAX_SAFE_INTEGER;

export interface RowsAsked {
  site?: Id | undefined;
  /** Whether confidential lines and the places of sensitive species may be known. */
  secrets: boolean;
  /** Those after the row of this number. */
  after?: number;
  limit?: number;
}

/** The rows of a noun, of one site or of all; `last` is the number of the last one where there may be more. */
export function exportRows(db: Db, noun: Noun, asked: RowsAsked): ExportedTable & { last: number | null } {
  if (noun === 'occurrences') return occurrenceRows(db, asked);
  const { secrets, after = 0, limit } = asked;
  const { where, params } = restriction(noun, asked);
  const stored = all<Record<string, Cell | Uint8Array>>(
    db,
    `select * from ${noun}${where}${where === '' ? ' where' : ' and'} fid > ? order by fid limit ?`,
    [...params, after, limit ?? ALL],
  );
  const columns = all<{ name: string }>(db, `select name from pragma_table_info('${noun}')`)
    .map((column) => column.name)
    .filter((name) => !['fid', 'geom', 'bytes'].includes(name));
  const local = (column: string): boolean => LOCAL.includes(column) && !PLAIN.includes(noun);
  return {
    header: columns.flatMap((column) => (local(column) ? LANGUAGES.map((lang) => `${column}_${lang}`) : [column])),
    last: lastOf(stored as { fid?: unknown }[], limit),
    rows: stored.map((row) =>
      columns.flatMap((column): Cell[] => {
        const value = noun === 'entries' && column === 'fields' && !secrets ? openText(row) : (row[column] as Cell);
        if (!local(column)) return [flat(value)];
        const text = shownName(noun, row, JSON.parse(String(value)) as LocalText);
        return LANGUAGES.map((lang) => text[lang] ?? null);
      }),
    ),
  };
}

/** Zones with their geometries, or sites at their declared centres; `null` where no place is known. */
export function exportPlaces(db: Db, noun: 'zones' | 'sites', only?: Id): Place[] {
  return listSites(db)
    .filter((site) => only === undefined || site.id === only)
    .flatMap((site): Place[] =>
      noun === 'zones'
        ? listZones(db, site.id).map(({ id, geometry, kind, name, valid }) => ({
            id,
            geometry,
            properties: { site: site.id, kind, name, valid_start: valid.start, valid_end: valid.end },
          }))
        : [
            {
              id: site.id,
              geometry: declaredCentre(db, site.id),
              properties: { kind: site.kind, name: site.name, countries: site.countries },
            },
          ],
    );
}

/** The fields of a line without where and when a sensitive species was seen. */
function openText({ register, fields }: Record<string, Cell | Uint8Array>): string {
  return JSON.stringify(openFields({ register: String(register), fields: JSON.parse(String(fields)) as Entry['fields'] }));
}

/** The name of a person only as far as they agreed to it. */
function shownName(noun: Noun, row: Record<string, Cell | Uint8Array>, name: LocalText): LocalText {
  const consent = noun === 'people' ? (row.consent as Person['consent']) : 'name';
  if (consent === 'count-only') return {};
  if (consent === 'name') return name;
  const initials = (text: string): string => text.replace(/(\p{L})\p{L}*/gu, '$1.');
  return Object.fromEntries(Object.entries(name).map(([lang, text]) => [lang, initials(text)]));
}

function declaredCentre(db: Db, site: Id): Geometry | null {
  const facts = loadSiteFigures(db, site, ['centre-latitude', 'centre-longitude']);
  const [lat] = declared(facts, site, 'centre-latitude', 'deg');
  const [lon] = declared(facts, site, 'centre-longitude', 'deg');
  return lat === undefined || lon === undefined ? null : { type: 'Point', coordinates: [lon.value, lat.value] };
}

function restriction(
  noun: Noun,
  { site, secrets }: { site?: Id | undefined; secrets: boolean },
): { where: string; params: string[] } {
  const open = secrets ? null : openRows(noun);
  const wheres = open === null ? [] : [open];
  if (site === undefined) return { where: wheres.map((where) => ` where ${where}`).join(''), params: [] };
  const column = SITE_COLUMN[noun];
  if (noun === 'observations') wheres.push('(feature = ? or feature in (select id from zones where site = ?))');
  else if (column !== undefined) wheres.push(`${column} = ?`);
  else {
    throw new Problem('choice-wrong', {
      field: `--site (--what ${noun})`,
      found: site,
      expected: [...Object.keys(SITE_COLUMN), 'observations'].join(', '),
    });
  }
  return { where: ` where ${wheres.join(' and ')}`, params: noun === 'observations' ? [site, site] : [site] };
}

/** The number of the last row, if there may be more. */
function lastOf(rows: readonly { fid?: unknown }[], limit: number | undefined): number | null {
  return limit === undefined || rows.length < limit ? null : Number(rows.at(-1)?.fid);
}

function occurrenceRows(db: Db, { site, secrets: exact, after = 0, limit }: RowsAsked): ExportedTable & { last: number | null } {
  const where = { ...(site === undefined ? {} : { site }), ...(limit === undefined ? {} : { limit }) };
  const rows = listOccurrences(db, { ...where, after, exact });
  return {
    last: lastOf(rows, limit),
    header: [
      'id',
      'site',
      'scientificName',
      'decimalLongitude',
      'decimalLatitude',
      'coordinateUncertaintyInMeters',
      'start',
      'end',
      'individualCount',
      'basisOfRecord',
      'recordedBy',
      'dataGeneralizations',
    ],
    rows: rows.map((row) => [
      row.id,
      row.site,
      row.name,
      row.place?.[0] ?? null,
      row.place?.[1] ?? null,
      row.uncertaintyM,
      row.period?.start ?? null,
      row.period?.end ?? null,
      row.count,
      row.basis,
      row.recordedBy,
      row.generalised === null ? null : `${row.generalised.gridDeg ?? 'withheld'}: ${row.generalised.reason}`,
    ]),
  };
}

/** A JSON list of words as `a; b`; everything else as it is. */
function flat(value: Cell): Cell {
  if (typeof value !== 'string' || !/^\[["\]]/.test(value)) return value; // `[USD]` is a unit
  const list: unknown = JSON.parse(value);
  return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list.join('; ') : value;
}
