/** Partnership and markers by year as tables of cells, with what their columns mean. */
import { t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { ALL_YEARS, markersOverTime, type PartnershipOptions, partnershipOverTime, type YearsOptions } from './over-time.ts';
import type { Portfolio } from './portfolio.ts';
import { OVER_TIME, type OverTime } from './roll-up.ts';
import { type Cell, type CellTable, MARKERS } from './table-text.ts';

/** Whether what a table is asked for by is one of these. */
export function isOverTime(by: string): by is OverTime {
  return (OVER_TIME as readonly string[]).includes(by);
}

/** The table, its notes, and what it is made of. */
export function overTimeTable(
  portfolio: Portfolio,
  { by, lang, ...options }: PartnershipOptions & { by: OverTime; lang: Lang },
): { table: CellTable; notes: string[]; rows: readonly object[] } {
  return by === 'partnership' ? partnershipTable(portfolio, lang, options) : markerTable(portfolio, lang, options);
}

function partnershipTable(portfolio: Portfolio, lang: Lang, options: PartnershipOptions) {
  const rows = partnershipOverTime(portfolio, options);
  const header = [
    'year',
    'title',
    'activities',
    'organisations',
    'hhi',
    'ei_index',
    'domestic',
    'bilateral',
    'regional',
    'multilateral',
    'not_told',
    'participations',
    'effective_partners',
    'ties_across',
    'ties_within',
    'ties_unknown',
  ];
  const cells = rows.map(({ year, activities, organisations, participations, concentration, ei, balance }): Cell[] => [
    year,
    yearTitle(year, lang),
    activities,
    organisations,
    rounded(concentration.index),
    rounded(ei.value),
    balance.domestic,
    balance.bilateral,
    balance.regional,
    balance.multilateral,
    balance.unknown,
    participations,
    rounded(concentration.effective),
    ei.across,
    ei.within,
    ei.unknown,
  ]);
  const say = (key: string): string => t(lang, `cooperation.over-time.${key}`);
  return { table: { header, rows: cells }, notes: ['years', 'hhi', 'ei', 'balance'].map(say), rows };
}

function markerTable(portfolio: Portfolio, lang: Lang, options: YearsOptions) {
  const rows = markersOverTime(portfolio, options);
  const header = [
    'year',
    'title',
    'marker',
    'marker_title',
    'principal',
    'significant',
    'not_targeted',
    'not_screened',
    'share_targeted',
  ];
  const cells = rows.map(({ year, marker, principal, significant, notTargeted, notScreened, share }): Cell[] => [
    year,
    yearTitle(year, lang),
    marker,
    MARKERS.includes(marker) ? t(lang, `cooperation.marker.${marker}`) : marker,
    principal,
    significant,
    notTargeted,
    notScreened,
    rounded(share),
  ]);
  const notes = rows.length === 0 ? ['no-markers'] : ['years', 'markers'];
  return { table: { header, rows: cells }, notes: notes.map((key) => t(lang, `cooperation.over-time.${key}`)), rows };
}

function yearTitle(year: string, lang: Lang): string {
  return year === ALL_YEARS ? t(lang, 'cooperation.total') : year === '' ? t(lang, 'cooperation.not-stated') : year;
}

const rounded = (value: number | null): Cell => (value === null ? null : Math.round(value * 10_000) / 10_000);
