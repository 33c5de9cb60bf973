/**
 * Where reviews of one dossier are made: what fills their sections is made once and kept until something of the site is written,
 * and each document once for all who ask for it at the same time.
 *
 *     const { pieces } = await reviewDesk(db).pieces('almaty', '2026-11-23', { lang: 'kk', date: '2026-11-23', confidential: 'leave-out' });
 */
import type { ReviewOptions } from '../review/sections.ts';
import type { Db } from '../store/db.ts';
import { revision } from '../store/revision.ts';
import type { Id } from '../types.ts';
import { REVIEWED, siteState } from './changes.ts';
import { latest } from './latest.ts';
import { growSlowly } from './memory.ts';
import { type PackedReview, sizeOfReview } from './packed-review.ts';
import { doJob, type ReviewFile, type ReviewJob } from './review-jobs.ts';
import { reviewThread } from './review-thread.ts';
import type { Progress } from './site-progress.ts';

export interface ReviewDesk {
  /** What fills the sections, apart from the answers. @throws Problem `site-unknown`. */
  pieces(site: Id, today: string, options: ReviewOptions): Promise<PackedReview>;
  /** What it keeps [bytes]. */
  size(): number;
  /** Ends its threads; what waits is given up. */
  close(): Promise<void>;
  /** How far it has come. @throws Problem `site-unknown`. */
  progress(site: Id, today: string): Promise<Progress>;
  /** @throws Problem `site-unknown`, `too-many-requests`. */
  file(site: Id, file: ReviewFile, options: ReviewOptions): Promise<Uint8Array>;
}

/** What is kept of reviews, each of a site in a language for one kind of reader: some 200 KB each [bytes]. */
const KEPT = 48 * 1024 * 1024;
/** How many may wait for the thread of the pages, how long it waits for more [ms], what its young objects live in, and all others [MB]. */
const PAGES = { longest: 400, idle: 60_000, young: 16, most: 2048 };
/** The same for documents; a thread that made one holds hundreds of MB, and with more for young objects hundreds more. */
const DOCUMENTS = { longest: 6, idle: 3_000, young: 8, most: 2048 };

/** With more than this before them, people are given what was made last rather than wait for what is newest [jobs]. */
const CROWD = 2;
/** How long they wait for it [ms]. */
const PATIENCE = { crowded: 100, alone: 10_000 };
/** What is kept of the progress of sites, and what one is taken for [bytes]. */
const MOST_SITES = 1024 * 1024;
const A_SITE = 300;

const desks = new WeakMap<Db, ReviewDesk>();

/** Ends the work for a dossier that is to be closed. */
export async function closeReviewDesk(db: Db): Promise<void> {
  await desks.get(db)?.close();
  desks.delete(db);
}

/** The desk of a dossier; one in memory, which no other thread can open, is worked on in this one. */
export function reviewDesk(db: Db): ReviewDesk {
  const known = desks.get(db);
  if (known !== undefined) return known;
  const path = db.location();
  const here = { do: (job: ReviewJob) => doJob(db, job), waiting: () => 0, close: async () => {} };
  if (path !== null) growSlowly();
  const [pages, documents] = path === null ? [here, here] : [reviewThread(path, PAGES), reviewThread(path, DOCUMENTS)];
  const patience = (): number => (pages.waiting() > CROWD ? PATIENCE.crowded : PATIENCE.alone);
  const pieces = latest<PackedReview>({ most: KEPT, sizeOf: sizeOfReview, patience });
  const progress = latest<Progress>({ most: MOST_SITES, sizeOf: () => A_SITE, patience });
  const printing = new Map<string, Promise<Uint8Array>>();

  const desk: ReviewDesk = {
    size: () => pieces.size() + progress.size(),
    async close() {
      await Promise.all([pages.close(), documents.close()]);
    },
    pieces: (site, today, options) =>
      pieces.get(
        JSON.stringify([site, options.lang, options.confidential]),
        () => JSON.stringify([today, options, siteState(db, site, REVIEWED)]),
        (first) => pages.do({ kind: 'pieces', site, today, options }, first) as Promise<PackedReview>,
      ),
    progress: (site, today) =>
      progress.get(
        site,
        () => JSON.stringify([today, siteState(db, site, [...REVIEWED, 'answers'])]),
        (first) => pages.do({ kind: 'progress', site, today }, first) as Promise<Progress>,
      ),
    file(site, file, options) {
      const key = JSON.stringify([site, file, options, revision(db)]);
      const made = printing.get(key) ?? (documents.do({ kind: 'file', site, file, options }) as Promise<Uint8Array>);
      printing.set(key, made);
      made.finally(() => printing.delete(key)).catch(() => {});
      return made;
    },
  };
  desks.set(db, desk);
  return desk;
}
