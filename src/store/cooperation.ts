/** Organisations, people, activities and who took part in them. */
import type { Activity, Id, Organisation, Participation, Person } from '../types.ts';
import { all, type Db } from './db.ts';
import { type OriginColumns, originColumns, originOf } from './origins.ts';
import { type Change, put } from './write.ts';

export function putOrganisation(db: Db, by: string, { name, ids, aliases, ...rest }: Organisation): Change {
  return put(db, 'organisations', by, {
    ...rest,
    name: JSON.stringify(name),
    ids: JSON.stringify(ids),
    aliases: JSON.stringify(aliases),
  });
}

export function putPerson(db: Db, by: string, { name, ...rest }: Person): Change {
  return put(db, 'people', by, { ...rest, name: JSON.stringify(name) });
}

export function putActivity(db: Db, by: string, { title, period, sites, themes, functions, from, ...rest }: Activity): Change {
  return put(db, 'activities', by, {
    ...rest,
    title: JSON.stringify(title),
    start: period.start,
    end: period.end,
    sites: JSON.stringify(sites),
    themes: JSON.stringify(themes),
    functions: JSON.stringify(functions),
    ...originColumns(from),
  });
}

export function putParticipation(db: Db, by: string, { from, ...rest }: Participation): Change {
  const who = rest.organisation ?? rest.person ?? '';
  return put(db, 'participations', by, { id: `${rest.activity}+${who}+${rest.role}`, ...rest, ...originColumns(from) });
}

type OrganisationRow = Omit<Organisation, 'name' | 'ids' | 'aliases'> & { name: string; ids: string; aliases: string };
type ActivityRow = Omit<Activity, 'title' | 'period' | 'sites' | 'themes' | 'functions' | 'from'> &
  OriginColumns & { title: string; start: string | null; end: string | null; sites: string; themes: string; functions: string };
type ParticipationRow = Omit<Participation, 'from'> & OriginColumns;

const ORIGIN = 'from_run, from_dataset, from_row, from_source, from_page, from_quote';

/** Every organisation of the dossier, in the order they were added. */
export function listOrganisations(db: Db): Organisation[] {
  return all<OrganisationRow>(
    db,
    'select id, name, acronym, kind, country, parent, ids, aliases from organisations order by fid',
  ).map(({ name, ids, aliases, ...rest }) => ({
    ...rest,
    name: JSON.parse(name),
    ids: JSON.parse(ids),
    aliases: JSON.parse(aliases),
  }));
}

/** Every activity of the dossier, in the order they were added. */
export function listActivities(db: Db): Activity[] {
  return all<ActivityRow>(
    db,
    `select id, kind, parent, title, description, start, "end", sites, themes, functions, category, result, quality, note, ${ORIGIN}
     from activities order by fid`,
  ).map(activityOf);
}

/** Holds for activities that name a site among theirs; the site goes in as `namesSite` writes it. */
export const NAMES_SITE = "replace(sites, ?, '') <> sites";

/** As `activities.sites` lists it: ids hold no quotation marks. */
export function namesSite(site: Id): [string] {
  return [JSON.stringify(site)];
}

/** The activities that name a site among theirs, in the order they were added. */
export function listActivitiesOfSite(db: Db, site: Id): Activity[] {
  return all<ActivityRow>(
    db,
    `select id, kind, parent, title, description, start, "end", sites, themes, functions, category, result, quality, note, ${ORIGIN}
     from activities where ${NAMES_SITE} order by fid`,
    namesSite(site),
  ).map(activityOf);
}

/** Who took part in these activities. */
export function listParticipations(db: Db, activities: ReadonlySet<Id>): Participation[] {
  return all<ParticipationRow>(db, `select activity, organisation, person, role, ${ORIGIN} from participations order by fid`)
    .filter(({ activity }) => activities.has(activity))
    .map(participationOf);
}

/** Who took part in the activities of a site. */
export function listParticipationsOfSite(db: Db, site: Id): Participation[] {
  return all<ParticipationRow>(
    db,
    `select activity, organisation, person, role, ${ORIGIN} from participations
     where activity in (select id from activities where ${NAMES_SITE}) order by fid`,
    namesSite(site),
  ).map(participationOf);
}

function participationOf({ activity, organisation, person, role, ...columns }: ParticipationRow): Participation {
  return { activity, organisation, person, role, from: originOf(columns) };
}

function activityOf(row: ActivityRow): Activity {
  return {
    id: row.id,
    kind: row.kind,
    parent: row.parent,
    title: JSON.parse(row.title),
    description: row.description,
    period: { start: row.start, end: row.end },
    sites: JSON.parse(row.sites),
    themes: JSON.parse(row.themes),
    functions: JSON.parse(row.functions),
    category: row.category,
    result: row.result,
    quality: row.quality,
    note: row.note,
    from: originOf(row),
  };
}
