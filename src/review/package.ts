/**
 * All that is sent with a review, as one zip: the report in three formats, its maps, its figures as tables, the zones as a
 * shapefile, the dossier's excerpt, and a list of digests. The same dossier gives the same bytes.
 */
import { zipSync } from 'fflate';
import { writeCsv } from '../formats/csv.ts';
import { digestOf, softwareVersion } from '../formats/source-node.ts';
import { date, pick, t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import { openAnswers } from './closed-sections.ts';
import type { AnswerState } from './completeness.ts';
import type { ReviewFacts } from './content.ts';
import { documentFormats, imprintOf, render } from './document.ts';
import { type FlatTable, figureRows, recordTables } from './machine-readable.ts';
import { periodicReview, type ReviewOptions } from './periodic-review.ts';
import { shippedForm } from './shipped-form.ts';
import { openFields } from './species.ts';
import { recordedSpeciesTable } from './species-rows.ts';

/** A file of the package. */
export interface Part {
  name: string;
  bytes: Uint8Array;
}

/** Zip knows no time before. */
const EPOCH = '1980-01-01';

/** @param extra What only the dossier can give: its excerpt, the zones as map files. */
export async function reviewPackage(
  known: ReviewFacts,
  extra: Part[],
  options: ReviewOptions,
): Promise<{ bytes: Uint8Array; answers: AnswerState[] }> {
  const form = shippedForm();
  const { blocks, answers } = await periodicReview(form, known, options);
  const imprint = imprintOf(known, 'review.title', options);
  const documents: Part[] = [];
  for (const format of documentFormats) {
    documents.push({ name: `review.${format}`, bytes: await render(blocks, format, options.lang, imprint) });
  }
  const sent = options.confidential === 'leave-out' ? withoutConfidential(known) : known;
  // of all that is known: what confidential lines of the register hide is left out of it, too
  const species = recordedSpeciesTable(known, options.confidential ?? 'mark');
  const data = [...tables(sent, answers, options), ...(species === null ? [] : [csv(species)])];
  const parts = [...documents, ...drawings(blocks), ...data, ...extra];
  const manifest = writeCsv(
    ['file', 'bytes', 'digest'],
    parts.map(({ name, bytes }) => [name, bytes.length, digestOf(bytes)]),
  );
  const all = [text('README.txt', readme(known, parts, options)), ...parts, text('manifest.csv', manifest)];
  return { bytes: zipped(all, options.date), answers };
}

/** What may be sent to those who may not read everything. */
function withoutConfidential(known: ReviewFacts): ReviewFacts {
  const { entries, answers } = known.records;
  const open = <Item extends { confidential: boolean }>(items: Item[]): Item[] => items.filter((item) => !item.confidential);
  const shown = open(entries).map((entry) => ({ ...entry, fields: openFields(entry) }));
  return { ...known, records: { ...known.records, entries: shown, answers: openAnswers(answers) } };
}

/** The drawings of the review as vectors. */
function drawings(blocks: Block[]): Part[] {
  return blocks.flatMap((block, i) =>
    block.kind === 'figure' ? [text(`drawings/${block.id ?? `figure-${i}`}.svg`, block.svg)] : [],
  );
}

/** What the report says, for programs. */
function tables(known: ReviewFacts, answers: AnswerState[], { lang, date: day, previous }: ReviewOptions): Part[] {
  const figures = figureRows(known);
  const data = {
    site: known.facts.site,
    form: shippedForm().id,
    lang,
    date: day,
    previous: previous ?? null,
    software: { name: 'saryarka', version: softwareVersion() },
    answers,
    figures: figures.rows.map((row) => Object.fromEntries(figures.header.map((name, i) => [name, row[i] ?? null]))),
    runs: [...known.runs.values()],
    datasets: [...known.datasets.values()],
    designations: known.facts.designations,
    records: { ...known.records, organisations: [...known.records.organisations.values()] },
  };
  return [
    text('data/review.json', `${JSON.stringify(data, null, 2)}\n`),
    text('data/figures.csv', writeCsv(figures.header, figures.rows)),
    ...recordTables(known).map(csv),
  ];
}

function csv({ name, header, rows }: FlatTable): Part {
  return text(`data/${name}.csv`, writeCsv(header, rows));
}

function readme({ facts }: ReviewFacts, parts: Part[], { lang, date: day }: ReviewOptions): string {
  return [
    `${pick(facts.site.name, lang)} · ${t(lang, 'review.title')}`,
    date(lang, day),
    '',
    t(lang, 'review.package.about', { version: softwareVersion() }),
    '',
    ...parts.map(({ name }) => `  ${name}`),
    '  manifest.csv',
    '',
  ].join('\r\n');
}

function text(name: string, content: string): Part {
  return { name, bytes: new TextEncoder().encode(content) };
}

/** A zip whose entries all bear the day of the review. */
function zipped(parts: Part[], day: string): Uint8Array {
  const [year = 1980, month = 1, dayOfMonth = 1] = (day < EPOCH ? EPOCH : day).split('-').map(Number);
  const mtime = new Date(year, month - 1, dayOfMonth, 12); // zip keeps local time: noon is that day everywhere
  return zipSync(Object.fromEntries(parts.map(({ name, bytes }) => [name, [bytes, { mtime }]])), { level: 6 });
}
