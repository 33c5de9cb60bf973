/** `saryarka cooperation`: the portfolio as a table, the network of organisations, contributions beside series. */
import { networkOf } from '../cooperation/network.ts';
import { networkSentences } from '../cooperation/network-text.ts';
import { rollUpNotes } from '../cooperation/notes.ts';
import { isOverTime, overTimeTable } from '../cooperation/over-time-text.ts';
import { publicRollUp } from '../cooperation/public-table.ts';
import { type Dimension, type OverTime, rollUp } from '../cooperation/roll-up.ts';
import { sdgPage } from '../cooperation/sdg-page.ts';
import { sdgCells } from '../cooperation/sdg-text.ts';
import { type Cell, type CellTable, networkCells, rollUpCells } from '../cooperation/table-text.ts';
import { writeCsv } from '../formats/csv.ts';
import { readExchangeRates } from '../formats/exchange-rates.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { PathWeight } from '../science/network-paths.ts';
import type { ProjectionWeight } from '../science/network-projection.ts';
import { listIndicators } from '../store/catalogue.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { listObservations } from '../store/observations.ts';
import { loadPortfolio } from '../store/portfolio.ts';
import { getSite, listSites } from '../store/sites.ts';
import type { Lang, Period } from '../types.ts';

interface Options {
  lang: Lang;
  site?: string;
  from?: string;
  to?: string;
  json?: boolean;
  output?: string;
}

interface TableOptions extends Options {
  by: Dimension | OverTime;
  rollUp?: boolean;
  region?: string;
  rates?: string;
  currency: string;
  public?: boolean;
}

interface NetworkOptions extends Options {
  rollUp?: boolean;
  twoMode?: boolean;
  weight: ProjectionWeight;
  meaning: PathWeight;
  seed: string;
  region?: string;
}

/** Columns that fit into a terminal; a file has all. */
const TERMINAL_COLUMNS = 11;

export function cooperationTable(dossier: string, options: TableOptions): Promise<number> {
  return withPortfolio(dossier, options, async (portfolio, db) => {
    const { lang, by } = options;
    if (isOverTime(by)) {
      const region = regionOf(options.region);
      const asked = { by, lang, rollUp: options.rollUp ?? false, within: filterOf(db, options).period, ...region };
      const { table, notes, rows } = overTimeTable(portfolio, asked);
      const made = { table, json: { by, rows, notes }, notes };
      if (!/\.svg$/i.test(options.output ?? '')) return made;
      const { overTimeChart } = await import('../cooperation/over-time-chart.ts');
      const content = await overTimeChart(portfolio, asked);
      if (content === null) throw new Problem('cooperation-nothing-drawn');
      return { ...made, content };
    }
    const into = choice('--currency', options.currency.toUpperCase(), /^[A-Z]{3}$/, 'USD, EUR, KZT');
    const rates = options.rates === undefined ? undefined : readExchangeRates(readSource(options.rates));
    const whole = rollUp(portfolio, { by, into, rates });
    const table = options.public === true ? publicRollUp(whole) : whole;
    const notes = rollUpNotes(table, rates?.file ?? null, lang);
    return { table: rollUpCells(table, lang), json: { ...jsonReady(table), notes }, notes };
  });
}

export function cooperationNetwork(dossier: string, options: NetworkOptions): Promise<number> {
  return withPortfolio(dossier, options, async (portfolio) => {
    const { lang, weight, meaning, output = '' } = options;
    const found = networkOf(portfolio, {
      rollUp: options.rollUp ?? false,
      weight,
      meaning,
      seed: Number(choice('--seed', options.seed, /^\d{1,9}$/, '1')),
      ...regionOf(options.region),
    });
    const notes = networkSentences(found, lang);
    const { net: _, titles: _titles, taken: _taken, ...told } = found;
    const made = { table: networkCells(found, lang), json: { ...told, notes }, notes };
    if (/\.svg$/i.test(output)) {
      const { networkSvg } = await import('../cooperation/network-text.ts');
      return { ...made, content: networkSvg(found, { lang, organisations: portfolio.organisations }) };
    }
    if (/\.(gexf|graphml)$/i.test(output)) {
      const { graphOf } = await import('../cooperation/network-graph.ts');
      const { writeGexf, writeGraphml } = await import('../formats/graph-files.ts');
      const graph = graphOf(found, { mode: options.twoMode ? 'two' : 'one', lang, activities: portfolio.activities });
      return { ...made, content: /gexf$/i.test(output) ? writeGexf(graph, { creator: 'Saryarka' }) : writeGraphml(graph) };
    }
    return made;
  });
}

export function cooperationSdg(dossier: string, options: Options): Promise<number> {
  return withPortfolio(dossier, options, async (portfolio, db) => {
    const targets = sdgPage(portfolio, { observations: listObservations(db), indicators: listIndicators(db) });
    const notes = [t(options.lang, 'cooperation.sdg.aside')];
    return { table: sdgCells(targets, options.lang), json: { targets, notes }, notes };
  });
}

interface Made {
  table: CellTable;
  json: object;
  notes: string[];
  /** A file of another kind that was asked for. */
  content?: string;
}

async function withPortfolio(
  dossier: string,
  options: Options,
  make: (portfolio: ReturnType<typeof loadPortfolio>, db: Db) => Promise<Made>,
): Promise<number> {
  const { lang, output, json = false } = options;
  const db = openDossier(dossier, { readOnly: true });
  try {
    const { table, json: told, notes, content } = await make(loadPortfolio(db, filterOf(db, options)), db);
    const asJson = (): string => `${JSON.stringify(told, null, 2)}\n`;
    if (output !== undefined) {
      writeFile(output, content ?? fileContent(output, table, asJson));
      console.log(t(lang, 'cli.cooperation.written', { file: output, rows: table.rows.length }));
      for (const note of notes) console.log(note);
    } else if (json) process.stdout.write(asJson());
    else {
      for (const line of aligned(table)) console.log(line);
      for (const note of notes) console.log(note);
    }
  } finally {
    closeDossier(db);
  }
  return 0;
}

function fileContent(output: string, table: CellTable, asJson: () => string): string {
  if (/\.json$/i.test(output)) return asJson();
  if (/\.csv$/i.test(output)) return writeCsv(table.header, table.rows);
  throw new Problem('choice-wrong', { field: '--output', found: output, expected: '*.csv, *.json, *.svg, *.gexf, *.graphml' });
}

function filterOf(db: Db, { site, from, to }: Options): { sites?: ReadonlySet<string>; period?: Period } {
  if (site !== undefined && getSite(db, site) === null) {
    const known = listSites(db, 'biosphere-reserve').map(({ id }) => id);
    throw new Problem('site-unknown', { found: site, known: known.join(', ') || '–' });
  }
  const year = (field: string, text: string | undefined, otherwise: number): number =>
    text === undefined ? otherwise : Number(choice(field, text, /^[12]\d{3}$/, '2016'));
  const [first, last] = [year('--from', from, 1000), year('--to', to, 2998)];
  return {
    ...(site === undefined ? {} : { sites: new Set([site]) }),
    ...(from === undefined && to === undefined ? {} : { period: { start: `${first}-01-01`, end: `${last + 1}-01-01` } }),
  };
}

/** Countries that count as one region, where they are given. */
function regionOf(given: string | undefined): { region?: string[] } {
  return given === undefined ? {} : { region: given.toUpperCase().split(/[,;\s]+/) };
}

function choice(field: string, found: string, shape: RegExp, expected: string): string {
  if (!shape.test(found)) throw new Problem('choice-wrong', { field, found, expected });
  return found;
}

/** Maps as objects, hidden numbers as `null`. */
function jsonReady(table: object): object {
  return JSON.parse(
    JSON.stringify(table, (_, value: unknown) => (value instanceof Set ? [...value] : Number.isNaN(value) ? 'hidden' : value)),
  ) as object;
}

/** The first columns that hold anything, with their widths; long texts are cut. */
function aligned({ header, rows }: CellTable): string[] {
  const full = header
    .flatMap((_, i) => (rows.some((row) => row[i] !== null && row[i] !== '') ? [i] : []))
    .slice(0, TERMINAL_COLUMNS);
  const cells = [header, ...rows].map((row) => full.map((i) => shortened(row[i] ?? null)));
  const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)));
  return cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function shortened(cell: Cell): string {
  const letters = [...String(cell ?? '')];
  return letters.length > 40 ? `${letters.slice(0, 39).join('')}…` : letters.join('');
}
