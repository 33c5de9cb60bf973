/**
 * The heavy work of a review: what fills its sections, and its documents. Done by threads of their own (`review-desk.ts`), so
 * that nobody waits for a document of somebody else.
 */

import { nextReview } from '../review/calendar.ts';
import { type DocumentFormat, questionDocument, reviewDocument } from '../review/document.ts';
import { sectionPieces } from '../review/section-pieces.ts';
import type { ReviewOptions } from '../review/sections.ts';
import { shippedForm } from '../review/shipped-form.ts';
import type { Db } from '../store/db.ts';
import { loadReviewFacts } from '../store/review-facts.ts';
import { mapsAndExcerpt } from '../store/review-package.ts';
import { loadYearlyFacts } from '../store/site-facts.ts';
import type { Id } from '../types.ts';
import { siteStatus } from '../zonation/site-status.ts';
import { type PackedReview, packReview } from './packed-review.ts';
import { type Progress, progressOf } from './site-progress.ts';

/** A document of the review, the package of all that is sent, or the sheet of questions for the reserve itself. */
export type ReviewFile = { what: 'draft'; format: DocumentFormat | 'zip' } | { what: 'questions'; format: DocumentFormat };

export interface PiecesJob {
  kind: 'pieces';
  site: Id;
  /** The day that the rules ask on, ISO 8601. */
  today: string;
  options: ReviewOptions;
}

export interface FileJob {
  kind: 'file';
  site: Id;
  file: ReviewFile;
  options: ReviewOptions;
}

/** How far the review of a site has come. */
export interface ProgressJob {
  kind: 'progress';
  site: Id;
  today: string;
}

export type ReviewJob = PiecesJob | FileJob | ProgressJob;

export type ReviewMade = PackedReview | Uint8Array | Progress;

export function doJob(db: Db, job: ReviewJob): Promise<ReviewMade> {
  if (job.kind === 'progress') return progressOf(loadReviewFacts(db, job.site, loadYearlyFacts(db, job.site)), job.today);
  return job.kind === 'pieces' ? makePieces(db, job) : makeFile(db, job);
}

/** @throws Problem `site-unknown`. */
export async function makePieces(db: Db, { site, today, options }: PiecesJob): Promise<PackedReview> {
  const known = loadReviewFacts(db, site);
  // as `web/screens/review-address.ts` names sections
  const hrefOf = (section: Id): string =>
    `/sites/${encodeURIComponent(site)}/review/${encodeURIComponent(section.replaceAll('.', '_'))}?in=${options.lang}`;
  return packReview({
    site: { id: known.facts.site.id, name: known.facts.site.name },
    due: nextReview(known.facts, known.records.entries)?.due ?? null,
    findings: (await siteStatus(known.facts, today)).findings,
    pieces: await sectionPieces(shippedForm(), known, { ...options, hrefOf }),
  });
}

/** @throws Problem `site-unknown`. */
export async function makeFile(db: Db, { site, file, options }: FileJob): Promise<Uint8Array> {
  const known = loadReviewFacts(db, site);
  if (file.what === 'questions') {
    const { findings } = await siteStatus(known.facts, options.date);
    return questionDocument(known, findings, file.format, options);
  }
  if (file.format !== 'zip') return (await reviewDocument(known, file.format, options)).bytes;
  const { reviewPackage } = await import('../review/package.ts');
  return (await reviewPackage(known, mapsAndExcerpt(db, known, options), options)).bytes;
}
