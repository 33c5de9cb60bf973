/** Sites, their designations and their overlaps in the dossier. */
import type { Designation, Id, Overlap, Site } from '../types.ts';
import { all, type Db, get } from './db.ts';
import { type OriginColumns, originColumns, originOf } from './origins.ts';
import { type Change, put } from './write.ts';

type SiteRow = Omit<Site, 'name' | 'countries'> & { name: string; countries: string };
type DesignationRow = Omit<Designation, 'from'> & OriginColumns;
type OverlapRow = Omit<Overlap, 'from'> & OriginColumns;

const SITE = 'id, kind, name, countries, parent, ecosystems, note';
const ORIGIN = 'from_run, from_dataset, from_row, from_source, from_page, from_quote';

export function putSite(db: Db, by: string, { name, countries, ...site }: Site): Change {
  return put(db, 'sites', by, { ...site, name: JSON.stringify(name), countries: JSON.stringify(countries) });
}

/** All sites of one kind, or all, in the order they were added. */
export function listSites(db: Db, kind?: Site['kind']): Site[] {
  const rows =
    kind === undefined
      ? all<SiteRow>(db, `select ${SITE} from sites order by fid`)
      : all<SiteRow>(db, `select ${SITE} from sites where kind = ? order by fid`, [kind]);
  return rows.map(siteOf);
}

export function getSite(db: Db, id: Id): Site | null {
  const row = get<SiteRow>(db, `select ${SITE} from sites where id = ?`, [id]);
  return row === undefined ? null : siteOf(row);
}

/** The parts of a transboundary whole. */
export function listParts(db: Db, id: Id): Site[] {
  return all<SiteRow>(db, `select ${SITE} from sites where parent = ? order by fid`, [id]).map(siteOf);
}

export function putDesignation(db: Db, by: string, { from, ...designation }: Designation): Change {
  return put(db, 'designations', by, { ...designation, ...originColumns(from) });
}

/** The designations of a site, the principal source first. */
export function listDesignations(db: Db, site: Id): Designation[] {
  return all<DesignationRow>(
    db,
    `select id, site, kind, code, year, date, criteria, quality, note, ${ORIGIN} from designations where site = ? order by fid`,
    [site],
  ).map(({ id, site: of, kind, code, year, date, criteria, quality, note, ...origin }) => ({
    id,
    site: of,
    kind,
    code,
    year,
    date,
    criteria,
    quality,
    note,
    from: originOf(origin),
  }));
}

/** Each source's statement is a row of its own. */
export function putOverlap(db: Db, by: string, { from, ...overlap }: Overlap): Change {
  const columns = originColumns(from);
  return put(db, 'overlaps', by, {
    id: `${overlap.site}+${overlap.other}+${columns.from_source ?? columns.from_row}`,
    ...overlap,
    ...columns,
  });
}

export function listOverlaps(db: Db, site: Id): Overlap[] {
  return all<OverlapRow>(db, `select site, other, note, ${ORIGIN} from overlaps where site = ? order by fid`, [site]).map(
    ({ site: of, other, note, ...origin }) => ({ site: of, other, note, from: originOf(origin) }),
  );
}

function siteOf({ name, countries, ...row }: SiteRow): Site {
  return { ...row, name: JSON.parse(name) as Site['name'], countries: JSON.parse(countries) as string[] };
}
