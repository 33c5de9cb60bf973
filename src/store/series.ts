/** Figures of one indicator by year, as they stand beside something else that is counted by year. */
import type { SeriesValue } from '../evidence/coding-report.ts';
import { Problem } from '../problems.ts';
import type { Id, LocalText } from '../types.ts';
import { all, type Db } from './db.ts';

/** Indicators with values of two years or more at a place, in the order of the catalogue. */
export function listSeries(db: Db): { indicator: Id; title: LocalText; feature: Id; name: LocalText; years: number }[] {
  const rows = all<{ indicator: Id; title: string; feature: Id; name: string | null; years: number }>(
    db,
    `select o.indicator, i.title, o.feature, s.name, count(distinct substr(o.period_start, 1, 4)) as years
     from observations o join indicators i on i.id = o.indicator left join sites s on s.id = o.feature
     where o.by_sex is null and o.by_age is null and o.by_class is null and o.role in ('computed', 'observed', 'declared')
       and o.period_start is not null and o.value is not null
     group by o.indicator, i.title, o.feature, s.name, i.fid, s.fid having count(distinct substr(o.period_start, 1, 4)) > 1
     order by i.fid, s.fid, o.feature`,
  );
  return rows.map(({ title, name, ...row }) => ({
    ...row,
    title: JSON.parse(title),
    name: name === null ? { en: row.feature } : JSON.parse(name),
  }));
}

/**
 * One value a year of an indicator at a feature: computed before observed before declared, the latest stored of each; values by sex,
 * age or class, targets and baselines are no part of a series. A value belongs to the year in which its period begins.
 * @throws Problem `choice-wrong` where the feature has no value of the indicator
 */
export function yearlySeries(
  db: Db,
  { indicator, feature }: { indicator: Id; feature: Id },
): { unit: string; values: SeriesValue[] } {
  const rows = all<{ period_start: string | null; value: number | null; unit: string; role: string }>(
    db,
    `select period_start, value, unit, role from observations where indicator = ? and feature = ? and by_sex is null and by_age is null
     and by_class is null and role in ('computed', 'observed', 'declared') and period_start is not null order by fid`,
    [indicator, feature],
  );
  const known = all<{ indicator: Id; feature: Id }>(
    db,
    'select distinct indicator, feature from observations order by indicator, feature',
  );
  if (rows.length === 0) {
    const expected = known.filter((one) => one.indicator === indicator || one.feature === feature).slice(0, 12);
    throw new Problem('choice-wrong', {
      field: '--indicator, --feature',
      found: `${indicator}, ${feature}`,
      expected: expected.map((one) => `${one.indicator}, ${one.feature}`).join('; ') || '–',
    });
  }
  const rank = ['declared', 'observed', 'computed'];
  const unit = rows.toSorted((a, b) => rank.indexOf(b.role) - rank.indexOf(a.role))[0]?.unit ?? '';
  const best = new Map<number, { value: number | null; rank: number }>();
  for (const row of rows.filter((one) => one.unit === unit)) {
    const [year, place] = [Number(row.period_start?.slice(0, 4)), rank.indexOf(row.role)];
    if (place >= (best.get(year)?.rank ?? -1)) best.set(year, { value: row.value, rank: place });
  }
  return { unit, values: [...best].map(([year, { value }]) => ({ year, value })).sort((a, b) => a.year - b.year) };
}
