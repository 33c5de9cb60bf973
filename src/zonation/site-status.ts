/**
 * How a site stands on a day: what the rules find, and when its review is due.
 */
import { daysUntil, reviewDeadline } from '../periods.ts';
import type { Finding } from '../types.ts';
import { designationYear } from './designation-year.ts';
import { examine } from './examine.ts';
import { judge } from './rules.ts';
import type { SiteFacts } from './site-facts.ts';

/** A report is written in the year before it is due. */
const AHEAD_DAYS = 365;

export interface SiteStatus {
  /** The day the next review is due, ISO 8601; `null` where the year of designation is unknown. */
  due: string | null;
  findings: Finding[];
  /** The facts with what their map shows. */
  facts: SiteFacts;
}

export async function siteStatus(facts: SiteFacts, today: string): Promise<SiteStatus> {
  const year = designationYear(facts);
  const { facts: known } = await examine(facts);
  return {
    due: year === null ? null : reviewDeadline(year.year),
    findings: judge(known, { profile: null, today }),
    facts: known,
  };
}

/** Whether a deadline has passed, comes within a year, or later. */
export function dueState(due: string, today: string): 'overdue' | 'soon' | 'later' {
  const days = daysUntil(due, today);
  return days < 0 ? 'overdue' : days <= AHEAD_DAYS ? 'soon' : 'later';
}
