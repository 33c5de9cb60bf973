/** What a visitor may see of the cooperation: activities of sites that they may read, and those of no site. */
import { columnTitles } from '../cooperation/column-titles.ts';
import { networkOf } from '../cooperation/network.ts';
import { networkSentences, networkSvg } from '../cooperation/network-text.ts';
import { rollUpNotes } from '../cooperation/notes.ts';
import { isOverTime, overTimeTable } from '../cooperation/over-time-text.ts';
import type { Portfolio } from '../cooperation/portfolio.ts';
import { publicRollUp } from '../cooperation/public-table.ts';
import { type Dimension, type OverTime, rollUp } from '../cooperation/roll-up.ts';
import { sdgPage } from '../cooperation/sdg-page.ts';
import { sdgCells } from '../cooperation/sdg-text.ts';
import { type CellTable, networkCells, rollUpCells } from '../cooperation/table-text.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { listIndicators } from '../store/catalogue.ts';
import type { Db } from '../store/db.ts';
import { listObservations } from '../store/observations.ts';
import { loadPortfolio } from '../store/portfolio.ts';
import { listSites } from '../store/sites.ts';
import type { Id, Lang, Period } from '../types.ts';
import type { Visitor } from './visitor.ts';

export interface CooperationFilter {
  site?: Id | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export type TableWithNotes = CellTable & { titles: string[]; notes: string[] };

function withTitles(table: CellTable, notes: string[], lang: Lang): TableWithNotes {
  return { ...table, titles: columnTitles(table.header, lang), notes };
}

/** The portfolio as far as the visitor may read it. @throws Problem `site-unknown`, `not-allowed`, `cooperation-none` */
export function seenPortfolio(db: Db, visitor: Visitor, { site, from, to }: CooperationFilter): Portfolio {
  const sites = listSites(db);
  if (site !== undefined && !sites.some(({ id }) => id === site)) {
    throw new Problem('site-unknown', {
      found: site,
      known:
        sites
          .slice(0, 20)
          .map(({ id }) => id)
          .join(', ') || '–',
    });
  }
  if (site !== undefined && !visitor.may('reader', site)) throw new Problem('not-found');
  const years = yearsIn({ from, to });
  const portfolio = loadPortfolio(db, {
    ...(site === undefined ? {} : { sites: new Set([site]) }),
    ...(years === undefined ? {} : { period: years }),
  });
  if (visitor.may('reader', null)) return portfolio;
  const reserves = new Set(sites.filter(({ kind }) => kind === 'biosphere-reserve').map(({ id }) => id));
  const closed = (id: Id): boolean => reserves.has(id) && !visitor.may('reader', id);
  const activities = portfolio.activities.filter((one) => one.sites.length === 0 || one.sites.some((id) => !closed(id)));
  if (activities.length === 0) throw new Problem('cooperation-none');
  const own = new Set(activities.map(({ id }) => id));
  return {
    ...portfolio,
    activities,
    participations: portfolio.participations.filter(({ activity }) => own.has(activity)),
    headcounts: portfolio.headcounts.filter(({ feature }) => own.has(feature)),
    money: portfolio.money.filter(({ feature }) => own.has(feature)),
  };
}

/** The years that are asked for; `undefined` for all. */
function yearsIn({ from, to }: Pick<CooperationFilter, 'from' | 'to'>): Period | undefined {
  if (from === undefined && to === undefined) return undefined;
  return { start: `${from ?? '1000'}-01-01`, end: `${Number(to ?? '2998') + 1}-01-01` };
}

/** Small groups are hidden but from those who edit the whole dossier and ask for them. */
export function portfolioTable(
  portfolio: Portfolio,
  {
    by,
    small,
    rollUp: up = false,
    lang,
    ...years
  }: { by: Dimension | OverTime; small: boolean; rollUp?: boolean; lang: Lang } & Pick<CooperationFilter, 'from' | 'to'>,
): TableWithNotes {
  if (isOverTime(by)) {
    const { table, notes } = overTimeTable(portfolio, { by, rollUp: up, lang, within: yearsIn(years) });
    return withTitles(table, notes, lang);
  }
  const whole = rollUp(portfolio, { by });
  const table = small ? whole : publicRollUp(whole);
  return withTitles(rollUpCells(table, lang), rollUpNotes(table, null, lang), lang);
}

/** Partnership or markers by year as a drawing. @throws Problem `not-found`, `cooperation-nothing-drawn` */
export async function overTimeDrawing(
  portfolio: Portfolio,
  {
    by,
    rollUp: up = false,
    lang,
    ...years
  }: { by: string; rollUp?: boolean; lang: Lang } & Pick<CooperationFilter, 'from' | 'to'>,
): Promise<string> {
  if (!isOverTime(by)) throw new Problem('not-found');
  const { overTimeChart } = await import('../cooperation/over-time-chart.ts');
  const svg = await overTimeChart(portfolio, { by, rollUp: up, lang, within: yearsIn(years) });
  if (svg === null) throw new Problem('cooperation-nothing-drawn');
  return svg;
}

export interface NetworkAsked {
  rollUp?: 'yes' | 'no' | undefined;
  weight?: 'count' | 'newman' | undefined;
  meaning?: 'strength' | 'cost' | 'none' | undefined;
  seed?: string | undefined;
}

/** Runs of the search for groups: fewer than on the command line, so that a page is answered soon. */
const RUNS = 30;

/** Organisations that a page computes; the command line takes any number. */
const MOST = 400;

function network(portfolio: Portfolio, { rollUp: up, weight = 'count', meaning = 'strength', seed = '1' }: NetworkAsked) {
  const organisations = new Set(portfolio.participations.map(({ organisation }) => organisation)).size;
  if (organisations > MOST) throw new Problem('cooperation-large', { found: organisations, limit: MOST });
  return networkOf(portfolio, { rollUp: up === 'yes', weight, meaning, seed: Number(seed), runs: RUNS });
}

export function networkTable(portfolio: Portfolio, asked: NetworkAsked, lang: Lang): TableWithNotes {
  const found = network(portfolio, asked);
  return withTitles(networkCells(found, lang), networkSentences(found, lang), lang);
}

export function networkDrawing(portfolio: Portfolio, asked: NetworkAsked, lang: Lang): string {
  return networkSvg(network(portfolio, asked), { lang, organisations: portfolio.organisations });
}

/** Contributions beside series. Series are figures of the whole dossier: only of features that the visitor may read. */
export function sdgTable(db: Db, visitor: Visitor, portfolio: Portfolio, lang: Lang): TableWithNotes {
  const reserves = new Set(listSites(db, 'biosphere-reserve').map(({ id }) => id));
  const open = new Set(
    listSites(db)
      .map(({ id }) => id)
      .filter((id) => !reserves.has(id) || visitor.may('reader', id)),
  );
  const observations = listObservations(db).filter(({ feature }) => open.has(feature));
  const targets = sdgPage(portfolio, { observations, indicators: listIndicators(db) });
  return withTitles(sdgCells(targets, lang), [t(lang, 'cooperation.sdg.aside')], lang);
}
