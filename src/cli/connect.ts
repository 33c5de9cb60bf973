/** `saryarka connect`: online sources, what they ask, and what they give. */

import type { FetchOptions } from '../formats/connect.ts';
import { type Fetched, fetchSource, plainAddressOf } from '../formats/connect.ts';
import { connector, connectors, settingsOf, stateOf } from '../formats/connect-catalogue.ts';
import { writeCsv } from '../formats/csv.ts';
import { writeFile } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { keepConnected } from '../store/keep-connected.ts';
import type { Lang } from '../types.ts';
import { todayOf } from './options.ts';

interface Shared {
  lang: Lang;
  json?: boolean;
}

interface Asking extends Shared {
  with?: string[];
  dossier?: string;
  site?: string;
  output?: string;
  retrieved?: string;
  address?: boolean;
}

/** The sources with their licence, whether they can be asked, and their settings with an example each. */
export function listConnectors({ lang, json = false }: Shared, environment = process.env): number {
  if (json) {
    console.log(
      JSON.stringify(
        connectors().map((one) => ({ ...one, state: stateOf(one, environment) })),
        null,
        2,
      ),
    );
    return 0;
  }
  for (const one of connectors()) {
    const state = t(lang, `connect.state.${stateOf(one, environment)}`, { variable: one.key?.variable ?? '' });
    console.log(`${one.id}  ${pick(one.title, lang)}  [${state}]`);
    console.log(`  ${t(lang, 'cli.connect.licence', { licence: one.licence, attribution: one.attribution })}`);
    console.log(
      `  ${Object.entries(one.settings)
        .map(([name, example]) => `${name}=${example}`)
        .join(' ')}`,
    );
  }
  return 0;
}

/** @param web what asks, for tests; the web where not given */
export async function fetchConnector(source: string, options: Asking, web: Partial<FetchOptions> = {}): Promise<number> {
  const { lang, dossier, site, output } = options;
  const settings = settingsOf(connector(source), options.with ?? []);
  if (options.address === true) {
    console.log(plainAddressOf(source, settings));
    return 0;
  }
  if (dossier !== undefined && site === undefined)
    throw new Problem('choice-wrong', { field: '--site', found: '–', expected: 'kazakhstan' });
  const retrieved = todayOf(options.retrieved);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    const onProgress = (page: number): void => {
      if (page > 1) console.error(t(lang, 'cli.connect.page', { page }));
    };
    const asked = await fetchSource(source, settings, { environment: process.env, signal: stop.signal, onProgress, ...web });
    if (output !== undefined) writeFile(output, asked.file ?? csvOf(asked, retrieved));
    told(asked, options);
    if (dossier !== undefined && site !== undefined) keep(dossier, asked, { lang, site, retrieved });
    return 0;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

function told(asked: Fetched, { lang, json = false }: Asking): void {
  const { connector: own, series, digest, address, pages } = asked;
  if (json) {
    console.log(
      JSON.stringify(
        { source: own.id, address, digest, pages, licence: own.licence, attribution: own.attribution, series },
        null,
        2,
      ),
    );
    return;
  }
  for (const { code, values, unit, skipped } of series) {
    const missing = values.filter(({ value }) => value === null).length;
    const [first, last] = [values[0]?.period.start ?? '–', values.at(-1)?.period.start ?? '–'];
    const meaning = Object.hasOwn(own.series, code) ? own.series[code]?.unit : undefined;
    console.log(
      t(lang, 'cli.connect.series', { code, count: values.length, missing, first, last, unit: unit ?? meaning ?? '–' }),
    );
    if (skipped > 0) console.log(t(lang, 'cli.connect.skipped', { code, count: skipped }));
  }
  console.log(digest);
  console.log(t(lang, 'cli.connect.licence', { licence: own.licence, attribution: own.attribution }));
}

function keep(dossier: string, asked: Fetched, { lang, site, retrieved }: { lang: Lang; site: string; retrieved: string }): void {
  const db = openDossier(dossier);
  try {
    const { dataset, changes, notKept } = keepConnected(db, 'cli', asked, { site, retrieved });
    for (const code of notKept) console.log(t(lang, 'cli.connect.not-kept', { code }));
    console.log(t(lang, 'cli.connect.kept', { dataset, added: changes.added, changed: changes.changed, same: changes.same }));
  } finally {
    closeDossier(db);
  }
}

/** A row for each value, with where it came from and on which terms. */
function csvOf({ series, connector: own, address, digest }: Fetched, retrieved: string): string {
  const header = [
    'series',
    'start',
    'end',
    'value',
    'low',
    'high',
    'unit',
    'note',
    'row',
    'licence',
    'attribution',
    'address',
    'digest',
    'retrieved',
  ];
  const rows = series.flatMap(({ code, unit, values }) =>
    values.map(({ period, value, low, high, note, row }) => [
      code,
      period.start,
      period.end,
      value,
      low,
      high,
      unit ?? own.series[code]?.unit ?? null,
      note,
      row,
      own.licence,
      own.attribution,
      address,
      digest,
      retrieved,
    ]),
  );
  return writeCsv(header, rows);
}
