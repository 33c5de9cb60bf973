/** Each reserve in a line: what it is called, when its review is due, what the rules find. */
import type { Overview, SiteOverview } from '../api/sites.ts';
import { daysUntil } from '../periods.ts';
import { homeCountry } from '../store/dossier.ts';
import { listSites } from '../store/sites.ts';
import type { Finding } from '../types.ts';
import { designationYear } from '../zonation/designation-year.ts';
import { declared } from '../zonation/site-facts.ts';
import { dueState } from '../zonation/site-status.ts';
import type { ServerContext } from './context.ts';
import type { DatedStatus } from './statuses.ts';
import type { Visitor } from './visitor.ts';

/** The reserves of the dossier's country, or all; the parts that lie wholly in another are shown with their whole. */
export async function siteOverviews({ status, db }: ServerContext, visitor: Visitor): Promise<Overview> {
  const country = homeCountry(db);
  const sites: SiteOverview[] = [];
  for (const site of listSites(db, 'biosphere-reserve')) {
    if (!visitor.may('reader', site.id)) continue;
    if (country === null || site.countries.includes(country)) sites.push(siteOverview(await status(site.id)));
  }
  return { country, sites: sites.toSorted((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999')) };
}

function siteOverview({ facts, due, findings, today }: DatedStatus): SiteOverview {
  const count = (severity: Finding['severity']): number => findings.filter((finding) => finding.severity === severity).length;
  return {
    id: facts.site.id,
    name: facts.site.name,
    countries: facts.site.countries,
    designated: designationYear(facts)?.year ?? null,
    totalHa: declared(facts, facts.site.id, 'area', 'har')[0]?.value ?? null,
    due,
    dueState: due === null ? null : dueState(due, today),
    days: due === null ? null : daysUntil(due, today),
    findings: { error: count('error'), question: count('question'), info: count('info') },
  };
}
