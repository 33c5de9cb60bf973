/** `saryarka cooperation compute`: indicators of the Sustainable Development Goals from a table, or from the money of the dossier. */
import { withBasinAreas } from '../cooperation/basin-areas.ts';
import { portfolioSums } from '../cooperation/portfolio-sums.ts';
import { readExchangeRates } from '../formats/exchange-rates.ts';
import { openMap } from '../formats/open.ts';
import { digestOf, readMapFiles, readSource } from '../formats/source-node.ts';
import { readTableSheet } from '../formats/table-sheet.ts';
import { number, t } from '../i18n/index.ts';
import { note, noteText } from '../indicators/figure-note.ts';
import type { TableIndicator } from '../indicators/table-indicator.ts';
import { tableIndicators } from '../indicators/table-indicators.ts';
import { Problem } from '../problems.ts';
import { type TableWork, tableFigures } from '../run/compute-tables.ts';
import { type LifeTableKind, lifeParams, lifeTableKind, readLifeTable } from '../run/life-tables.ts';
import { sheetWords } from '../run/sheet-told.ts';
import { zoneIn } from '../run/zone-placing.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { keepComputed } from '../store/keep-computed.ts';
import { loadPortfolio } from '../store/portfolio.ts';
import { listSites } from '../store/sites.ts';
import { openGround, tableGround } from '../store/table-ground.ts';
import type { Id, Lang, Observation } from '../types.ts';

interface Options {
  lang: Lang;
  indicator: string;
  feature?: string;
  map?: string;
  param?: string[];
  rates?: string;
}

/** What indicators of money are computed of: without a table, the dossier itself. */
const OF_MONEY = ['biodiversity-finance', 'technology-finance', 'technical-cooperation'];

export async function cooperationCompute(dossier: string, path: string | undefined, options: Options): Promise<number> {
  const { lang } = options;
  const indicator = tableIndicators.find(({ id }) => id === options.indicator);
  if (indicator === undefined) {
    const expected = tableIndicators.map(({ id }) => id).join(', ');
    throw new Problem('choice-wrong', { field: '--indicator', found: options.indicator, expected });
  }
  const db = openDossier(dossier);
  try {
    const feature = featureOf(db, options.feature);
    const { told, ...work } =
      path === undefined
        ? { ...ofDossier(db, indicator, feature, options), told: [] }
        : await ofTable(db, indicator, path, feature, options);
    const { run, observations } = tableFigures(indicator, work);
    if (observations.length === 0) {
      console.log(t(lang, 'cli.cooperation.computed-none', { indicator: indicator.id, file: work.name }));
      return 0;
    }
    const now = new Date().toISOString();
    keepComputed(db, 'cli', { run: { ...run, started: now, ended: now }, observations, pictures: [], prefix: `${run.id}:` });
    for (const line of told) console.log(line);
    for (const one of observations) console.log(figureLine(one, lang));
    console.log(
      t(lang, 'cli.cooperation.computed', { indicator: indicator.id, figures: observations.length, feature, run: run.id }),
    );
  } finally {
    closeDossier(db);
  }
  return 0;
}

/** The table as it is, its empty areas filled in from a map where one is given. */
async function ofTable(
  db: Db,
  indicator: TableIndicator,
  path: string,
  feature: Id,
  { map, param = [], lang }: Options,
): Promise<TableWork & { told: string[] }> {
  const params = Object.fromEntries(param.map(pairOf));
  const kind = lifeTableKind(indicator.id);
  if (kind !== null && map !== undefined)
    throw new Problem('choice-wrong', { field: '--map', found: map, expected: `--map / --indicator ${indicator.id}` });
  if (kind !== null) return await ofLife(db, kind, path, { feature, params, lang });
  const file = readSource(path);
  const table = await readTableSheet(file);
  const inputs = [{ href: file.name, digest: file.digest }];
  const work = { name: file.name, feature, params, told: [] };
  if (map === undefined) return { ...work, table, inputs };
  const files = readMapFiles(map);
  const filled = withBasinAreas(table, await openMap(files));
  if (filled.missing.length > 0)
    throw new Problem('basins-not-drawn', { file: files[0]?.name ?? map, found: filled.missing.slice(0, 10).join(', ') });
  const drawn = { href: files[0]?.name ?? map, digest: digestOf(files.map(({ digest }) => digest).join()) };
  return { ...work, table: filled.table, inputs: [...inputs, drawn] };
}

/** Counts, populations, records and assessments, as `saryarka life trend --keep` reads them: the same run, zones under their ids. */
async function ofLife(
  db: Db,
  kind: LifeTableKind,
  path: string,
  { feature, params, lang }: { feature: Id; params: Record<string, string>; lang: Lang },
): Promise<TableWork & { told: string[] }> {
  const ground = openGround(tableGround(db, feature));
  const { told, ...read } = await readLifeTable(kind, readSource(path), ground);
  const work = { ...read, feature, params: lifeParams(params, ground), told: sheetWords(told, lang) };
  return { ...work, zoneOf: (name) => zoneIn(ground, name) };
}

function ofDossier(db: Db, indicator: TableIndicator, feature: Id, { lang: _, rates, param = [] }: Options): TableWork {
  if (!OF_MONEY.includes(indicator.id))
    throw new Problem('table-needed', {
      found: indicator.id,
      expected: [...indicator.required, ...indicator.optional].join(', '),
    });
  const file = rates === undefined ? null : readSource(rates);
  const { notConverted, ...table } = portfolioSums(loadPortfolio(db), {
    rates: file === null ? undefined : readExchangeRates(file),
  });
  const inputs = [{ href: 'activities, money', digest: digestOf(JSON.stringify(table)) }];
  return {
    name: 'activities, money',
    table,
    inputs: file === null ? inputs : [...inputs, { href: file.name, digest: file.digest }],
    feature,
    params: Object.fromEntries(param.map(pairOf)),
    note: notConverted > 0 ? note('money-not-converted', notConverted) : null,
    skipped: notConverted,
  };
}

/** The place that is asked for; without a word, the only country of the dossier, or the one in which most of its reserves lie. */
function featureOf(db: Db, given: string | undefined): Id {
  const sites = listSites(db);
  const reserves = sites.filter(({ kind }) => kind === 'biosphere-reserve');
  const all = sites.filter(({ kind }) => kind === 'country');
  const lie = ({ countries }: (typeof all)[number]): number =>
    reserves.filter((one) => one.countries.includes(countries[0] ?? '')).length;
  const most = Math.max(0, ...all.map(lie));
  const home = all.filter((one) => lie(one) === most);
  const countries = most > 0 && home.length === 1 ? home : all;
  const known = (given === undefined ? countries : sites)
    .slice(0, 20)
    .map(({ id }) => id)
    .join(', ');
  if (given === undefined) {
    if (countries.length === 1) return countries[0]?.id ?? '';
    throw new Problem('choice-wrong', { field: '--feature', found: '', expected: known || '–' });
  }
  if (!sites.some(({ id }) => id === given)) throw new Problem('site-unknown', { found: given, known: known || '–' });
  return given;
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Problem('choice-wrong', { field: '--param', found: text, expected: 'name=value' });
  return [text.slice(0, at), text.slice(at + 1)];
}

/** `2020  aquifer  0 % (0–52.1)  Of 2 basins …` */
function figureLine({ period, by, value, low, high, unit, note: told }: Observation, lang: Lang): string {
  const write = (x: number): string => number(lang, x, Math.abs(x) < 10 ? 4 : 2);
  const main = value === null ? '–' : `${write(value)}${unit === '1' ? '' : ` ${unit.replaceAll(/[[\]{}]/g, '')}`}`;
  const limits = low === null || high === null ? '' : ` (${write(low)}–${write(high)})`;
  const cells = [period?.start.slice(0, 4) ?? '', by.class ?? t(lang, 'cooperation.whole'), `${main}${limits}`];
  return [`  ${cells.join('  ')}`, ...(told === null ? [] : [noteText(told, lang)])].join('  ');
}
