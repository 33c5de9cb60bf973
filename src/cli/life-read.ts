/** `saryarka life read`: what a file of records holds, and what the rules found in it, without a dossier. */
import { trapNights } from '../formats/camtrap.ts';
import { writeCsv } from '../formats/csv.ts';
import { issueText } from '../formats/import-issue.ts';
import { type LifeFile, openLifeFile } from '../formats/life-file.ts';
import { digestOf, writeFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import type { LifeDataset, LifeRecord } from '../life-types.ts';
import { zoneIndex } from '../science/zone-probability.ts';
import { attributionOf, countFlags, type Flagged, licencesInto, wider } from '../store/occurrence-import.ts';
import { type MatchedNames, matchNames } from '../store/taxa-match.ts';
import type { Lang, Period } from '../types.ts';
import { checklistOf, contextOf, namesOf, type ReadingOptions, toldFlags, toldIssues, toldNames } from './life-read-file.ts';
import { readZoneMap } from './zone-map.ts';

interface Options extends ReadingOptions {
  zones?: string;
  json?: boolean;
  /** CSV file of the records that have flags. */
  output?: string;
}

interface ZoneCount {
  id: string;
  kind: string;
  /** Records expected in the zone: each counts with the share of its circle. */
  records: number;
  species: number;
}

interface Summary {
  file: string;
  format: LifeFile['format'];
  rows: number;
  records: number;
  names: number;
  placed: number;
  period: Period | null;
  flags: Flagged;
  skipped: Record<string, number>;
  datasets: LifeDataset[];
}

/** Exit status: a part of the file could not be taken. */
const REFUSED = 1;

export async function lifeRead(path: string, options: Options): Promise<number> {
  const { lang } = options;
  const file = await openLifeFile(path);
  try {
    const zones = options.zones === undefined ? null : await zonesOf(options.zones, lang);
    const names = options.checklist === undefined ? null : await namesOf(file);
    const checklist = names === null ? null : await checklistOf(options, names.values());
    const matched = names === null || checklist === null ? null : matchNames([], checklist, names.values());
    const { summary, counts, doubtful } = await summarised(file, options, zones);
    if (options.output !== undefined) writeFile(options.output, writeCsv(DOUBTS, doubtful));
    if (options.json === true) console.log(JSON.stringify(jsonOf(file, summary, matched, counts), null, 2));
    else for (const line of told(file, summary, lang, { matched, counts })) console.log(line);
    if (options.output !== undefined && options.json !== true)
      console.log(t(lang, 'life.records.doubts-written', { file: options.output, count: doubtful.length }));
    return file.issues.counts.critical > 0 ? REFUSED : 0;
  } finally {
    file.close();
  }
}

const DOUBTS = [
  'row',
  'scientificName',
  'eventDate',
  'decimalLongitude',
  'decimalLatitude',
  'individualCount',
  'flags',
  'doubts',
];

/** A record with its doubts as codes and as words; of the place only what the reader took. */
function doubtRow({ row, name, period, place, count, flags }: LifeRecord, lang: Lang): string[] {
  const words = flags.map((flag) => t(lang, `life.records.flag.${flag}`)).join('; ');
  const [lon, lat] = place ?? ['', ''];
  return [row, name, period?.start ?? '', String(lon), String(lat), String(count ?? ''), flags.join(' '), words];
}

type Zones = { index: ReturnType<typeof zoneIndex>; kinds: string[] };

async function zonesOf(path: string, lang: Lang): Promise<Zones> {
  const dataset = (files: { bytes: Uint8Array }[]): string => digestOf(files[0]?.bytes ?? new Uint8Array());
  const { drawn } = await readZoneMap(path, { lang, dataset, site: 'site', validFrom: null, words: new Map() });
  const mapped = drawn.flatMap(({ id, kind, geometry }) => (geometry === null ? [] : [{ id, kind, geometry }]));
  return { index: zoneIndex(mapped), kinds: mapped.map(({ kind }) => kind) };
}

async function summarised(
  file: LifeFile,
  options: Options,
  zones: Zones | null,
): Promise<{ summary: Summary; counts: ZoneCount[]; doubtful: string[][] }> {
  const names = new Set<string>();
  const doubtful: string[][] = [];
  const licences = licencesInto();
  const summary: Summary = {
    file: file.name,
    format: file.format,
    rows: 0,
    records: 0,
    names: 0,
    placed: 0,
    period: null,
    flags: new Map(),
    skipped: {},
    datasets: [],
  };
  const counts = (zones?.index.ids ?? []).map((id, i) => ({
    id,
    kind: zones?.kinds[i] ?? '',
    records: 0,
    species: new Set<string>(),
  }));
  const reading = await file.read(contextOf(options), (record) => {
    summary.records++;
    names.add(record.name);
    if (record.place !== null) summary.placed++;
    countFlags(summary.flags, record);
    if (options.output !== undefined && record.flags.length > 0) doubtful.push(doubtRow(record, options.lang));
    licences.note(record);
    if (record.period !== null) summary.period = wider(summary.period, record.period);
    if (zones === null || record.place === null || record.flags.includes('absent')) return;
    for (const { zone, share } of zones.index.shares(...record.place, record.uncertaintyM ?? 0)) {
      const count = counts[zone];
      if (count === undefined) continue;
      count.records += share;
      if (share >= 0.5) count.species.add(record.name);
    }
  });
  licences.fill(reading.datasets);
  return {
    doubtful,
    summary: { ...summary, ...reading, names: names.size },
    counts: counts.map(({ species, ...one }) => ({ ...one, species: species.size })),
  };
}

function told(
  file: LifeFile,
  summary: Summary,
  lang: Lang,
  { matched, counts }: { matched: MatchedNames | null; counts: readonly ZoneCount[] },
): string[] {
  const { rows, records, names, placed, period, flags, skipped, datasets } = summary;
  const format = t(lang, `life.records.format.${file.format}`);
  const lines = [t(lang, 'life.records.holds', { file: file.name, format, rows, records, names, placed })];
  if (period !== null) lines.push(`  ${t(lang, 'life.records.period', { start: period.start, end: period.end })}`);
  if (file.deployments.length > 0)
    lines.push(`  ${t(lang, 'life.records.effort', { cameras: file.deployments.length, nights: trapNights(file.deployments) })}`);
  for (const { kind, sheet, rows: own } of file.tables)
    lines.push(`  ${t(lang, `life.records.table.${kind}`, { sheet: sheet || file.name, rows: own.length })}`);
  for (const [why, count] of Object.entries(skipped))
    lines.push(`  ${number(lang, count)} · ${t(lang, `life.records.skipped.${why}`)}`);
  const shown = datasets.slice(0, 20);
  for (const one of shown)
    lines.push(
      `  ${t(lang, 'life.records.dataset', { title: one.title ?? (one.key || file.name), records: one.records, licence: one.licence ?? t(lang, 'life.records.unknown'), citation: attributionOf(one) ?? t(lang, 'life.records.unknown') })}`,
    );
  if (datasets.length > shown.length) lines.push(`  ${t(lang, 'life.records.more', { count: datasets.length - shown.length })}`);
  if (flags.size > 0) lines.push(t(lang, 'life.records.flagged'), ...toldFlags(flags, lang));
  for (const { kind, id, records: own, species } of counts)
    lines.push(
      `  ${t(lang, 'life.records.in-zone', { zone: `${t(lang, `zone.${kind}`)} (${id})`, records: Math.round(own * 10) / 10, species })}`,
    );
  if (matched !== null) {
    lines.push(
      t(lang, 'life.records.matched', { sure: matched.decisions.length - matched.list.length, open: matched.list.length }),
      ...toldNames(matched.list, lang),
    );
  }
  return [...lines, ...toldIssues(file.issues, lang)];
}

/** The same for programs: codes and numbers instead of sentences, and every kept issue in English. */
function jsonOf(file: LifeFile, summary: Summary, matched: MatchedNames | null, zones: readonly ZoneCount[]): object {
  return {
    ...summary,
    flags: Object.fromEntries(Array.from(summary.flags, ([flag, { count }]) => [flag, count])),
    flagRows: Object.fromEntries(Array.from(summary.flags, ([flag, { rows }]) => [flag, rows])),
    ...(file.deployments.length === 0
      ? {}
      : { effort: { trapNights: trapNights(file.deployments), deployments: file.deployments } }),
    ...(file.tables.length === 0 ? {} : { tables: file.tables }),
    ...(zones.length === 0 ? {} : { zones }),
    ...(matched === null
      ? {}
      : {
          nameMatches: matched.decisions.map(({ written, match, open }) => ({
            name: written.name,
            records: written.records,
            kind: match.kind,
            score: match.score,
            taxon: match.taxon?.name ?? null,
            synonym: match.synonym?.name ?? null,
            open,
            candidates: match.candidates.map(({ name, score }) => ({ name: name.name, score })),
          })),
        }),
    issues: {
      counts: file.issues.counts,
      list: Object.values(file.issues.lists)
        .flat()
        .map((issue) => ({ severity: issue.severity, code: issue.code, text: issueText(issue, 'en') })),
    },
  };
}
