/** `saryarka review`: a reserve's periodic review as a file, all that is sent with it, or the questions it will be asked. */

import { writeFile } from '../formats/source-node.ts';
import { date, pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { daysText, nextReview } from '../review/calendar.ts';
import { type AnswerState, answerKinds, countOf, countText } from '../review/completeness.ts';
import type { Confidentiality, ReviewFacts } from '../review/content.ts';
import { type DocumentFormat, documentFormats, questionDocument, reviewDocument } from '../review/document.ts';
import { refuseUnlessFinal } from '../review/final.ts';
import type { ReviewOptions } from '../review/sections.ts';
import { outdated } from '../store/computed.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { lastChange, loadReviewFacts } from '../store/review-facts.ts';
import { mapsAndExcerpt } from '../store/review-package.ts';
import type { Lang } from '../types.ts';
import { siteStatus } from '../zonation/site-status.ts';
import { spareMemory } from './memory.ts';
import { dateOf } from './options.ts';
import { shoreline } from './shoreline.ts';

interface Options {
  lang: Lang;
  site: string;
  output: string;
  questions?: boolean;
  final?: boolean;
  date?: string;
  previous?: string;
  confidential?: Confidentiality;
  shore?: string;
  shoreDate?: string;
}

export async function review(dossier: string, options: Options): Promise<number> {
  spareMemory();
  const { lang, site, output, questions = false } = options;
  const format = formatOf(output, questions);
  const db = openDossier(dossier, { readOnly: true });
  try {
    const known = loadReviewFacts(db, site);
    if (options.final === true)
      refuseUnlessFinal({ site: known.facts.site.id, answers: known.records.answers, evidence: known.evidence }, lang);
    for (const [indicator, count] of outdated(db)) console.error(t(lang, 'cli.outdated', { indicator, count }));
    const how = await howToReview(db, options);
    if (questions) {
      const { findings } = await siteStatus(known.facts, how.date);
      writeFile(output, await questionDocument(known, findings, format as DocumentFormat, how));
      console.log(t(lang, 'cli.questions-written', { file: output, count: findings.length }));
    } else if (format === 'zip') {
      const { reviewPackage } = await import('../review/package.ts');
      const { bytes, answers } = await reviewPackage(known, mapsAndExcerpt(db, known, how), how);
      writeFile(output, bytes);
      tell(known, output, answers, how);
    } else {
      const { bytes, answers } = await reviewDocument(known, format, how);
      writeFile(output, bytes);
      tell(known, output, answers, how);
    }
  } finally {
    closeDossier(db);
  }
  return 0;
}

function formatOf(output: string, questions: boolean): DocumentFormat | 'zip' {
  const ending = output.replace(/^.*\./, '').toLowerCase().replace(/^htm$/, 'html');
  const formats = questions ? documentFormats : ([...documentFormats, 'zip'] as const);
  const format = formats.find((known) => known === ending);
  if (format !== undefined) return format;
  throw new Problem('choice-wrong', {
    field: '--output',
    found: output,
    expected: formats.map((known) => `*.${known}`).join(', '),
  });
}

/** A review bears the day on which its dossier was last changed, so that it is the same whenever it is made. */
async function howToReview(db: Db, { lang, date: day, previous, confidential, ...shore }: Options): Promise<ReviewOptions> {
  const sea = await shoreline(shore);
  return {
    lang,
    date: day === undefined ? (lastChange(db) ?? new Date().toISOString().slice(0, 10)) : dateOf('--date', day),
    ...(previous === undefined ? {} : { previous: dateOf('--previous', previous) }),
    ...(confidential === undefined ? {} : { confidential }),
    ...(sea === undefined ? {} : { shore: sea }),
  };
}

/** What was written, how complete it is by part and by kind of answer, and when it is due. */
function tell({ facts, records }: ReviewFacts, file: string, answers: AnswerState[], { lang, date: day }: ReviewOptions): void {
  const count = (of: AnswerState[]): string => countText(countOf(of), lang);
  console.log(t(lang, 'cli.reviewed', { file, site: pick(facts.site.name, lang), count: count(answers) }));
  for (const part of new Set(answers.map((answer) => answer.part))) {
    console.log(`  ${t(lang, 'cli.part', { part })} ${count(answers.filter((answer) => answer.part === part))}`);
  }
  for (const kind of answerKinds) {
    console.log(`  ${t(lang, `review.kind.${kind}`)}: ${count(answers.filter((answer) => answer.kind === kind))}`);
  }
  const next = nextReview(facts, records.entries);
  if (next !== null) console.log(`  ${t(lang, 'cli.due', { due: date(lang, next.due), days: daysText(next.due, day, lang) })}`);
}
