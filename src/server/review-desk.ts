/**
 * Where reviews of one dossier are made: what fills their sections is made once and kept until something of the site is written,
 * and each document once for all who ask for it at the same time.
 *
 *     const { pieces } = await reviewDesk(db).pieces('almaty', '2026-11-23', { lang: 'kk', date: '2026-11-23', confidential: 'leave-out' });
 */
import type { ReviewPieces } from '../review/outline.ts';
import type { ReviewOptions } from '../review/sections.ts';
import type { Db } from '../store/db.ts';
import { revision } from '../store/revision.ts';
import type { Id } from '../types.ts';
import { REVIEWED, siteState } from './changes.ts';
import { latest } from './latest.ts';
import { doJob, type ReviewFile, type ReviewJob } from './review-jobs.ts';
import { reviewThread } from './review-thread.ts';
import type { Progress } from './site-progress.ts';

export interface ReviewDesk {
  /** What fills the sections, apart from the answers. @throws Problem `site-unknown`. */
  pieces(site: Id, today: string, options: ReviewOptions): Promise<ReviewPieces>;
  /** Ends its threads; what waits is given up. */
  close(): Promise<void>;
  /** How far it has come. @throws Problem `site-unknown`. */
  progress(site: Id, today: string): Promise<Progress>;
  /** @throws Problem `site-unknown`, `too-many-requests`. */
  file(site: Id, file: ReviewFile, options: ReviewOptions): Promise<Uint8Array>;
}

/** Reviews kept, each of a site in a language for one kind of reader: about 1 MB each. */
const KEPT = 64;
/** How many may wait for the thread of the pages, how long it waits for more [ms], and what its young objects live in [MB]. */
const PAGES = { longest: 400, idle: 60_000, young: 32 };
/** The same for documents; a thread that made one holds hundreds of MB, and with more for young objects hundreds more. */
const DOCUMENTS = { longest: 6, idle: 3_000, young: 8 };

/** With more than this before them, people are given what was made last rather than wait for what is newest [jobs]. */
const CROWD = 2;
/** How long they wait for it [ms]. */
const PATIENCE = { crowded: 200, alone: 10_000 };
/** Sites whose progress is kept. */
const MOST_SITES = 2000;

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
  const [pages, documents] = path === null ? [here, here] : [reviewThread(path, PAGES), reviewThread(path, DOCUMENTS)];
  const patience = (): number => (pages.waiting() > CROWD ? PATIENCE.crowded : PATIENCE.alone);
  const pieces = latest<ReviewPieces>({ most: KEPT, patience });
  const progress = latest<Progress>({ most: MOST_SITES, patience });
  const printing = new Map<string, Promise<Uint8Array>>();

  const desk: ReviewDesk = {
    async close() {
      await Promise.all([pages.close(), documents.close()]);
    },
    pieces: (site, today, options) =>
      pieces.get(
        JSON.stringify([site, options.lang, options.confidential]),
        () => JSON.stringify([today, options, siteState(db, site, REVIEWED)]),
        () => pages.do({ kind: 'pieces', site, today, options }) as Promise<ReviewPieces>,
      ),
    progress: (site, today) =>
      progress.get(
        site,
        () => JSON.stringify([today, siteState(db, site, [...REVIEWED, 'answers'])]),
        () => pages.do({ kind: 'progress', site, today }) as Promise<Progress>,
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
