/** Organisations, people, activities and who took part in them. */
import type { Activity, Organisation, Participation, Person } from '../types.ts';
import type { Db } from './db.ts';
import { originColumns } from './origins.ts';
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

export function putActivity(db: Db, by: string, { title, period, sites, themes, from, ...rest }: Activity): Change {
  return put(db, 'activities', by, {
    ...rest,
    title: JSON.stringify(title),
    start: period.start,
    end: period.end,
    sites: JSON.stringify(sites),
    themes: JSON.stringify(themes),
    ...originColumns(from),
  });
}

export function putParticipation(db: Db, by: string, { from, ...rest }: Participation): Change {
  const who = rest.organisation ?? rest.person ?? '';
  return put(db, 'participations', by, { id: `${rest.activity}+${who}+${rest.role}`, ...rest, ...originColumns(from) });
}
