/**
 * Trends and indices of a table, kept as figures of a dossier: of a site, and of its zones where the table says in which each site
 * lies. The run holds the table by its digest; the same table again is the same run.
 */
import type { CsvTable } from '../formats/csv.ts';
import { number, pick, t } from '../i18n/index.ts';
import { noteText } from '../indicators/figure-note.ts';
import type { TableIndicator } from '../indicators/table-indicator.ts';
import { verdictKey, verdictOf } from '../indicators/trend-verdict.ts';
import { Problem } from '../problems.ts';
import { tableFigures } from '../run/compute-tables.ts';
import { type TableGround, zoneIn } from '../run/zone-placing.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { keepComputed, shippedIndicators } from '../store/keep-computed.ts';
import { getSite, listSites } from '../store/sites.ts';
import { openGround, tableGround } from '../store/table-ground.ts';
import type { Id, Lang, Observation } from '../types.ts';
import { columns } from './columns.ts';
import type { KeepOptions } from './life-trend-options.ts';

export interface KeepJob {
  indicator: TableIndicator;
  table: CsvTable;
  /** Of the table, for what is told of it. */
  name: string;
  inputs: { href: string; digest: string }[];
  params: Record<string, string>;
  /** Records that were left out before. */
  skipped?: number;
}

/** What is computed, and what is to be told of it. */
interface Kept {
  jobs: KeepJob[];
  told: string[];
}

/** Computes in the dossier, keeps all runs with their figures, and tells them. */
export async function keepFigures(
  { dossier, site }: { dossier: string; site: Id },
  options: KeepOptions,
  jobsOf: (db: Db, ground: TableGround) => Kept | Promise<Kept>,
): Promise<number> {
  const { lang } = options;
  const db = openDossier(dossier);
  try {
    requireSite(db, site);
    const ground = openGround(tableGround(db, site));
    const { jobs, told } = await jobsOf(db, ground);
    const found = jobs.map(({ indicator, ...work }) =>
      tableFigures(indicator, { ...work, feature: site, zoneOf: (name) => zoneIn(ground, name) }),
    );
    const now = new Date().toISOString();
    for (const { run, observations } of found)
      keepComputed(db, 'cli', { run: { ...run, started: now, ended: now }, observations, pictures: [], prefix: `${run.id}:` });
    const all = found.flatMap(({ observations }) => observations);
    if (options.json) console.log(JSON.stringify(all, null, 2));
    else {
      for (const line of [...told, ...figureLines(all, lang)]) console.log(line);
      for (const { run, observations } of found)
        console.log(
          t(lang, 'cli.life.trend.kept', { indicator: run.indicator, figures: observations.length, file: dossier, run: run.id }),
        );
    }
    return 0;
  } finally {
    closeDossier(db);
  }
}

/** @throws Problem `site-unknown` */
function requireSite(db: Db, site: Id): void {
  if (getSite(db, site) !== null) return;
  const known = listSites(db).map(({ id }) => id);
  throw new Problem('site-unknown', { found: site, known: known.slice(0, 20).join(', ') || '–' });
}

/** Trends, effects, and of series without a trend the last value; a line for each place and class. */
export function figureLines(all: readonly Observation[], lang: Lang): string[] {
  const shown = all.filter((o) => /-(trend|effect)$/.test(o.indicator) || (isAlone(o.indicator) && o === lastOf(all, o)));
  if (shown.length === 0) return [];
  const size = (value: number | null): string => (value === null ? '–' : number(lang, value, 4));
  const catalogue = new Map(shippedIndicators().map((one) => [one.id, pick(one.title, lang)]));
  const head = ['indicator', 'class', 'place', 'years', 'factor', 'interval', 'verdict', 'sites'];
  const rows = shown.map((o) => {
    const verdict = verdictOf(o);
    const [from, to] = [o.period?.start.slice(0, 4) ?? '', String(Number(o.period?.end.slice(0, 4)) - 1)];
    return [
      ...[catalogue.get(o.indicator) ?? o.indicator, o.by.class ?? t(lang, 'life.trend.index.all-species'), o.feature],
      ...[from === to ? from : `${from}-${to}`, size(o.value)],
      o.low === null && o.high === null ? '' : `${size(o.low)}–${size(o.high)}`,
      ...[verdict === null ? '' : t(lang, verdictKey(verdict)), o.n === null ? '' : number(lang, o.n)],
    ];
  });
  const notes = [...new Set(shown.flatMap(({ note }) => note?.split('; ') ?? []))].filter(
    (one) => !one.startsWith('effect-control'),
  );
  return [
    ...columns([head.map((key) => t(lang, `cli.life.trend.column.${key}`)), ...rows]),
    ...notes.map((one) => `! ${noteText(one, lang)}`),
  ];
}

/** Series whose trend is not an indicator of its own. */
const isAlone = (indicator: Id): boolean => indicator === 'living-planet-index' || indicator === 'red-list-index';

const lastOf = (all: readonly Observation[], { indicator, feature, by }: Observation): Observation | undefined =>
  all.findLast((o) => o.indicator === indicator && o.feature === feature && o.by.class === by.class);
