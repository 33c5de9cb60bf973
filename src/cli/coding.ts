/** `saryarka coding`: passages with their codes, other programs' projects, and how far coders agree. */
import { findCode } from '../evidence/codebook.ts';
import { codingReport, jointDisplay } from '../evidence/coding-report.ts';
import { annotatedPassages, CODING_HEADER, codingRows } from '../evidence/coding-tables.ts';
import { activeCoders, type ComparedUnit, type Comparison, compareCoders } from '../evidence/comparison.ts';
import { exportedProject } from '../evidence/qda-export.ts';
import { importedProject } from '../evidence/qda-import.ts';
import { writeCsv } from '../formats/csv.ts';
import { issueText } from '../formats/import-issue.ts';
import { readQdpx } from '../formats/qda.ts';
import { writeQdpx } from '../formats/qda-writer.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { writeAnnotations } from '../formats/web-annotation.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { loadAnalysis, saveAnalysis } from '../store/analysis.ts';
import { addCodings, coderOf, decideCodings } from '../store/code-passages.ts';
import { listCoders, listCodes } from '../store/coding.ts';
import { type Db, transaction } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { yearlySeries } from '../store/series.ts';
import { sourceFile } from '../store/source-texts.ts';
import type { Id, Lang } from '../types.ts';
import { comparisonLines, reportLines } from './coding-told.ts';

interface AddOptions {
  lang: Lang;
  document: string;
  quote: string;
  prefix?: string;
  suffix?: string;
  code: string[];
  coder: string;
  memo?: string;
  json?: boolean;
}

/** Gives codes to a passage that is told by its quote. */
export function addCoding(dossier: string, options: AddOptions): number {
  const { lang, document, quote, prefix, suffix, code, coder, memo, json = false } = options;
  return within(dossier, {}, (db) => {
    const known = listCodes(db);
    const codes = code.map((written) => findCode(known, written).id);
    const at = { quote, ...(prefix !== undefined && { prefix }), ...(suffix !== undefined && { suffix }) };
    const { passage, codings, isNew } = addCodings(db, 'cli', {
      source: document,
      at,
      codes,
      coder,
      ...(memo !== undefined && { memo }),
    });
    if (json) console.log(JSON.stringify({ passage, codings }, null, 2));
    else {
      const where = {
        document,
        start: passage.start ?? 0,
        end: passage.end ?? 0,
        page: passage.page ?? '–',
        codes: codes.join(', '),
        id: passage.id,
      };
      console.log(t(lang, isNew ? 'cli.coding.added' : 'cli.coding.same', where));
    }
    return 0;
  });
}

/** Exit status 1: something could not be placed. */
const INCOMPLETE = 1;

/** Another program's project into the dossier, with what was made of its places. */
export async function importCoding(
  dossier: string,
  path: string,
  { lang, json = false }: { lang: Lang; json?: boolean },
): Promise<number> {
  const file = readSource(path);
  const db = openDossier(dossier);
  try {
    const read = readQdpx(file);
    const { rows, files, issues, placed } = await importedProject(read, { file: file.name, known: loadAnalysis(db) });
    const changes = saveAnalysis(db, 'cli', rows, files);
    const list = [issues.lists.critical, issues.lists.error, issues.lists.warning].flat();
    if (json) {
      const told = list.map((issue) => ({ ...issue, text: issueText(issue, lang) }));
      console.log(JSON.stringify({ entry: read.entry, origin: read.project.origin, placed, changes, issues: told }, null, 2));
    } else {
      console.log(t(lang, 'cli.coding.imported', { file: file.name, origin: read.project.origin ?? '–', entry: read.entry }));
      for (const [table, { added, changed, same }] of Object.entries(changes))
        console.log(`  ${t(lang, `cli.coding.table.${table}`, { added, changed, same })}`);
      console.log(`  ${t(lang, 'cli.coding.placed', { ...placed })}`);
      for (const issue of list) console.log(issueText(issue, lang));
    }
    return issues.counts.error + issues.counts.critical > 0 ? INCOMPLETE : 0;
  } finally {
    closeDossier(db);
  }
}

/** The analysis as a project, as annotations of the web or as a table. */
export async function exportCoding(dossier: string, { lang, output }: { lang: Lang; output: string }): Promise<number> {
  return within(dossier, { readOnly: true }, (db) => {
    const analysis = loadAnalysis(db);
    const name =
      dossier
        .split(/[\\/]/)
        .at(-1)
        ?.replace(/\.gpkg$/i, '') ?? '';
    if (/\.qdpx$/i.test(output)) {
      const { project, files } = exportedProject(analysis, { name, lang, fileOf: (id) => sourceFile(db, id) });
      writeFile(output, writeQdpx(project, files));
    } else if (/\.jsonld$/i.test(output)) writeFile(output, writeAnnotations(annotatedPassages(analysis, lang)));
    else if (/\.csv$/i.test(output)) writeFile(output, `\uFEFF${writeCsv([...CODING_HEADER], codingRows(analysis, lang))}`);
    else throw new Problem('choice-wrong', { field: '--output', found: output, expected: '*.qdpx, *.jsonld, *.csv' });
    const { codings, passages, texts, codes } = analysis;
    console.log(
      t(lang, 'cli.coding.exported', {
        file: output,
        codings: codings.length,
        passages: passages.length,
        texts: texts.length,
        codes: codes.length,
      }),
    );
    return 0;
  });
}

interface CompareOptions {
  lang: Lang;
  coder?: string[];
  unit: ComparedUnit;
  code?: string[];
  seed: string;
  settle?: boolean;
  json?: boolean;
}

/** How far coders agree, and where they do not. */
export function compareCoding(
  dossier: string,
  { lang, coder, unit, code, seed, settle = false, json = false }: CompareOptions,
): number {
  if (!/^\d{1,9}$/.test(seed)) throw new Problem('choice-wrong', { field: '--seed', found: seed, expected: '1, 2, 3 …' });
  return within(dossier, { readOnly: !settle }, (db) => {
    const analysis = loadAnalysis(db);
    const coders = coder === undefined ? activeCoders(analysis) : coder.map((name) => knownCoder(db, name));
    if (new Set(coders).size < 2) throw new Problem('coders-few', { found: coders.join(', ') || '–' });
    const codes = code?.map((written) => anyCode(analysis.codes, written));
    const compared = compareCoders(analysis, { unit, coders, seed: Number(seed), ...(codes !== undefined && { codes }) });
    if (settle) settleAgreed(db, compared);
    if (json) console.log(JSON.stringify(compared, null, 2));
    else for (const line of comparisonLines(compared, analysis, lang)) console.log(line);
    return 0;
  });
}

/** Says of the drafts that all agree on that they are agreed. */
function settleAgreed(db: Db, { agreed }: Comparison): void {
  transaction(db, () => {
    const drafts = loadAnalysis(db).codings.filter(({ id, status }) => status === 'draft' && agreed.includes(id));
    decideCodings(
      db,
      'cli',
      drafts.map(({ id }) => id),
      { as: 'agreed', coder: null },
    );
  });
}

function knownCoder(db: Db, name: string): Id {
  const coders = listCoders(db);
  const found = coders.find((one) => one.id === name || one.name.toLowerCase() === name.trim().toLowerCase());
  if (found === undefined)
    throw new Problem('coder-unknown', { found: name, known: coders.map((one) => one.name).join(', ') || '–' });
  return found.id;
}

/** A code, or a heading with all below it. */
function anyCode(codes: Parameters<typeof findCode>[0], written: string): Id {
  return findCode(
    codes.map((one) => ({ ...one, codable: true })),
    written,
  ).id;
}

/** Decides codings after a comparison. */
export function decideCoding(
  dossier: string,
  ids: string[],
  { lang, as, coder }: { lang: Lang; as: 'kept' | 'dropped' | 'draft'; coder: string },
): number {
  return within(dossier, {}, (db) => {
    const changed = transaction(db, () => decideCodings(db, 'cli', ids, { as, coder: coderOf(db, 'cli', coder) }));
    console.log(t(lang, `cli.coding.decided.${as}`, { count: changed }));
    return 0;
  });
}

/** What codes tell, and how that stands beside an indicator. */
export function reportCoding(
  dossier: string,
  {
    lang,
    code,
    indicator,
    feature,
    json = false,
  }: { lang: Lang; code?: string[]; indicator?: string; feature?: string; json?: boolean },
): number {
  if ((indicator === undefined) !== (feature === undefined))
    throw new Problem('choice-wrong', {
      field: '--indicator, --feature',
      found: indicator ?? feature ?? '',
      expected: '--indicator … --feature …',
    });
  return within(dossier, { readOnly: true }, (db) => {
    const analysis = loadAnalysis(db);
    const only = code?.map((written) => anyCode(analysis.codes, written));
    const report = codingReport(analysis, { ...(only !== undefined && { only }) });
    const series = indicator === undefined || feature === undefined ? null : yearlySeries(db, { indicator, feature });
    const joint =
      series === null ? null : { indicator: indicator as string, unit: series.unit, ...jointDisplay(report, series.values) };
    if (json) console.log(JSON.stringify({ ...report, joint }, null, 2));
    else for (const line of reportLines(report, joint, { codes: analysis.codes, lang })) console.log(line);
    return 0;
  });
}

function within(dossier: string, options: { readOnly?: boolean }, work: (db: Db) => number): number {
  const db = openDossier(dossier, options);
  try {
    return work(db);
  } finally {
    closeDossier(db);
  }
}
