/** The whole cooperation that a dossier holds, as roll-ups and networks are made of it. */
import { type Portfolio, type PortfolioFilter, portfolioOf } from '../cooperation/portfolio.ts';
import { Problem } from '../problems.ts';
import type { Id, Lang, Person } from '../types.ts';
import { listAims } from './aims.ts';
import { listActivities, listOrganisations, listParticipations } from './cooperation.ts';
import { all, type Db } from './db.ts';
import { listObservationsOfActivities } from './observations.ts';
import { listHeadcounts, listMoney } from './records.ts';
import { listSites } from './sites.ts';

/** Everybody of the dossier, in the order they were added. */
export function listPeople(db: Db): Person[] {
  return all<Omit<Person, 'name'> & { name: string }>(
    db,
    'select id, name, orcid, sex, organisation, consent from people order by fid',
  ).map(({ name, ...rest }) => ({ ...rest, name: JSON.parse(name) as Partial<Record<Lang, string>> }));
}

/**
 * Activities with all that hangs on them.
 * @throws Problem `cooperation-none` where the dossier has no activity like that
 */
export function loadPortfolio(db: Db, filter: PortfolioFilter = {}): Portfolio {
  const activities = listActivities(db);
  const ids = new Set<Id>(activities.map(({ id }) => id));
  const portfolio = portfolioOf(
    {
      activities,
      aims: listAims(db),
      organisations: new Map(listOrganisations(db).map((one) => [one.id, one])),
      people: new Map(listPeople(db).map((one) => [one.id, one])),
      participations: listParticipations(db, ids),
      headcounts: listHeadcounts(db),
      money: listMoney(db),
      observations: listObservationsOfActivities(db),
      siteNames: new Map(listSites(db).map(({ id, name }) => [id, name])),
    },
    filter,
  );
  if (portfolio.activities.length === 0) throw new Problem('cooperation-none');
  return portfolio;
}
