/**
 * Rows of the dossier as flat tables for other programs: names by language, lists with semicolons, no bytes.
 */
import { Problem } from '../problems.ts';
import type { Geometry, Id, LocalText, Person } from '../types.ts';
import { declared } from '../zonation/site-facts.ts';
import { all, type Db } from './db.ts';
import { nouns } from './schema.ts';
import { loadSiteFacts } from './site-facts.ts';
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

/** Bookkeeping, secrets, and what only makes sense as a drawing. */
const NOT_EXPORTED: readonly string[] = ['dossier', 'features', 'users', 'roles', 'sessions', 'invitations', 'pictures'];

export const exportableNouns: readonly Noun[] = nouns.filter((noun) => !NOT_EXPORTED.includes(noun));

/** Columns that hold a text in several languages, as JSON. */
const LOCAL = ['name', 'title', 'definition'];
const LANGUAGES = ['en', 'ru', 'kk', 'tr'] as const;

/** The column that says to which site a row belongs, where there is one. */
const SITE_COLUMN: Partial<Record<Noun, string>> = {
  sites: 'id',
  designations: 'site',
  overlaps: 'site',
  zones: 'site',
  documents: 'site',
};

export function exportRows(db: Db, noun: Noun, site?: Id): ExportedTable {
  const { where, params } = restriction(noun, site);
  const stored = all<Record<string, Cell | Uint8Array>>(db, `select * from ${noun}${where} order by fid`, params);
  const columns = all<{ name: string }>(db, `select name from pragma_table_info('${noun}')`)
    .map((column) => column.name)
    .filter((name) => !['fid', 'geom', 'bytes'].includes(name));
  const local = (column: string): boolean => LOCAL.includes(column) && noun !== 'sources' && noun !== 'documents';
  return {
    header: columns.flatMap((column) => (local(column) ? LANGUAGES.map((lang) => `${column}_${lang}`) : [column])),
    rows: stored.map((row) =>
      columns.flatMap((column): Cell[] => {
        const value = row[column] as Cell;
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

/** The name of a person only as far as they agreed to it. */
function shownName(noun: Noun, row: Record<string, Cell | Uint8Array>, name: LocalText): LocalText {
  const consent = noun === 'people' ? (row.consent as Person['consent']) : 'name';
  if (consent === 'count-only') return {};
  if (consent === 'name') return name;
  const initials = (text: string): string => text.replace(/(\p{L})\p{L}*/gu, '$1.');
  return Object.fromEntries(Object.entries(name).map(([lang, text]) => [lang, initials(text)]));
}

function declaredCentre(db: Db, site: Id): Geometry | null {
  const facts = loadSiteFacts(db, site);
  const [lat] = declared(facts, site, 'centre-latitude', 'deg');
  const [lon] = declared(facts, site, 'centre-longitude', 'deg');
  return lat === undefined || lon === undefined ? null : { type: 'Point', coordinates: [lon.value, lat.value] };
}

function restriction(noun: Noun, site: Id | undefined): { where: string; params: string[] } {
  if (site === undefined) return { where: '', params: [] };
  if (noun === 'observations') {
    return { where: ' where feature = ? or feature in (select id from zones where site = ?)', params: [site, site] };
  }
  const column = SITE_COLUMN[noun];
  if (column === undefined) {
    throw new Problem('choice-wrong', {
      field: `--site (--what ${noun})`,
      found: site,
      expected: [...Object.keys(SITE_COLUMN), 'observations'].join(', '),
    });
  }
  return { where: ` where ${column} = ?`, params: [site] };
}

/** A JSON list of words as `a; b`; everything else as it is. */
function flat(value: Cell): Cell {
  if (typeof value !== 'string' || !value.startsWith('[')) return value;
  const list: unknown = JSON.parse(value);
  return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list.join('; ') : value;
}
