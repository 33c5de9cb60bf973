/**
 * `saryarka water check`: the hydrological series of a dossier held to the rules, sources beside one another, levels and volumes that cannot
 * both be true, and the contradictions of the Aral's tables that bear on them.
 */
import type { WaterVariable } from '../formats/water-series.ts';
import { number, pick, t } from '../i18n/index.ts';
import { aralConflicts } from '../plans/aral-conflicts.ts';
import { aralTables } from '../plans/aral-tables.ts';
import { Problem } from '../problems.ts';
import { QUALITY_RULES } from '../science/series-quality.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import {
  type Disagreement,
  disagreements,
  type ImpossibleVolume,
  impossibleInDossier,
  type KeptSeries,
  listSeries,
} from '../store/series-list.ts';
import { getSite, listSites } from '../store/sites.ts';
import type { Id, Lang } from '../types.ts';
import { plainReport } from './water-series.ts';

interface Options {
  lang: Lang;
  site?: string;
  json?: boolean;
}

/** Exit status: levels and volumes contradict one another. */
const FOUND = 1;

export function waterCheck(dossier: string, { lang, site, json = false }: Options): number {
  const db = openDossier(dossier, { readOnly: true });
  try {
    if (site !== undefined && getSite(db, site) === null)
      throw new Problem('site-unknown', {
        found: site,
        known:
          listSites(db)
            .map(({ id }) => id)
            .slice(0, 30)
            .join(', ') || '–',
      });
    const series = listSeries(db, site === undefined ? {} : { site });
    const aral = aralTables();
    const curves = new Map<Id, { level: number; area: number }[]>([
      ['aral-sea', aral.whole.curve],
      ['aral-sea-north', aral.north.curve],
    ]);
    const apart = disagreements(series);
    const impossible = impossibleInDossier(series, curves);
    const pairs = new Map(series.map(({ feature, variable }) => [`${feature}\u0000${variable}`, { feature, variable }]));
    const conflicts = [...pairs.values()].flatMap(({ feature, variable }) =>
      aralConflicts(feature, variable, null, aral.conflicts).map((conflict) => ({ feature, variable, ...conflict })),
    );
    if (json) {
      const plain = series.map(({ points, report, ...rest }) => ({
        ...rest,
        points: points.length,
        quality: plainReport({ points }, report),
      }));
      console.log(JSON.stringify({ series: plain, disagreements: apart, impossible, conflicts }, null, 2));
    } else {
      const names = new Map(series.map(({ feature, name }) => [feature, pick(name, lang)]));
      const nameOf = (id: Id): string => names.get(id) ?? id;
      console.log(t(lang, 'cli.water.check.found', { file: dossier, count: series.length }));
      for (const line of toldSeriesCounts(series, lang)) console.log(line);
      if (apart.length > 0) console.log(`\n${t(lang, 'cli.water.check.apart')}`);
      for (const one of apart) console.log(toldApart(one, nameOf, lang));
      if (impossible.length > 0) console.log(`\n${t(lang, 'cli.water.check.impossible')}`);
      for (const one of impossible) console.log(toldImpossible(one, nameOf, lang));
      if (conflicts.length > 0) console.log(`\n${t(lang, 'cli.water.conflicts')}`);
      for (const { id, text } of new Map(conflicts.map((one) => [one.id, one])).values())
        console.log(`  ${id} ${pick(text, lang)}`);
    }
    return impossible.length > 0 ? FOUND : 0;
  } finally {
    closeDossier(db);
  }
}

const variableText = (lang: Lang, variable: WaterVariable): string => t(lang, `water.series.variable.${variable}`);

/** A line for each series: what it is, and the rules that found something. */
function toldSeriesCounts(series: readonly KeptSeries[], lang: Lang): string[] {
  return series.map(({ name, variable, class: kind, from, interval, points, report, doubtful }) => {
    const found = QUALITY_RULES.filter((rule) => report.counts[rule] > 0).map(
      (rule) => `${t(lang, `water.series.rule.${rule}`)} ${number(lang, report.counts[rule])}`,
    );
    const [first, last] = [points[0], points.at(-1)];
    return [
      `  ${pick(name, lang)}`,
      `${variableText(lang, variable)}${kind === '' ? '' : ` (${kind})`}`,
      from,
      t(lang, `water.series.interval.${interval}`),
      `${first?.period.start.slice(0, 10)} – ${last?.period.start.slice(0, 10)}, ${number(lang, points.length)}`,
      ...found,
      ...(doubtful === 0 ? [] : [t(lang, 'cli.water.check.doubtful', { count: doubtful })]),
    ].join(' · ');
  });
}

function toldApart({ feature, variable, periods, differ, worst }: Disagreement, nameOf: (id: Id) => string, lang: Lang): string {
  const values =
    worst === null
      ? ''
      : `; ${worst.period.start.slice(0, 10)}: ${worst.values.map(({ from, value }) => `${number(lang, value)} (${from})`).join(', ')}`;
  return `  ${nameOf(feature)} · ${variableText(lang, variable)} · ${t(lang, 'cli.water.check.differ', { differ, periods })}${values}`;
}

function toldImpossible(
  { feature, low, high, area, least, most }: ImpossibleVolume,
  nameOf: (id: Id) => string,
  lang: Lang,
): string {
  const of = (value: number, digits = 2): string => number(lang, value, digits);
  return `  ${t(lang, 'cli.water.check.pair', {
    name: nameOf(feature),
    low: of(low.level),
    lowVolume: of(low.volume),
    lowDay: low.period.start,
    high: of(high.level),
    highVolume: of(high.volume),
    highDay: high.period.start,
    area: of(area, 0),
    least: of(least, 0),
    most: of(most, 0),
  })}`;
}
