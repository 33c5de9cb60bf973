/**
 * Computations in the server: one at a time in threads of their own, in the order they were asked for. What they give is kept in the
 * dossier in one piece when it is whole; a job that is dismissed, or whose server is killed, leaves nothing there.
 *
 *     const job = jobDesk(db).start({ indicator: 'land-cover', site: 'almaty', by: 'aigerim', work, … });
 *     jobDesk(db).find(job.id)?.state      // 'accepted', 'running', 'successful', 'failed', 'dismissed'
 */
import { randomUUID } from 'node:crypto';
import { CONNECTIVITY } from '../indicators/connectivity.ts';
import { Problem } from '../problems.ts';
import type { LifeComputed } from '../run/compute-life.ts';
import { computable } from '../run/computing.ts';
import type { SheetTold } from '../run/sheet-told.ts';
import { figuresOfRun, observationsOfRun } from '../store/computed.ts';
import { type Db, transaction } from '../store/db.ts';
import { keepComputed, keptFigures } from '../store/keep-computed.ts';
import { keepCorridors } from '../store/keep-corridors.ts';
import type { Change } from '../store/write.ts';
import type { Id, Run } from '../types.ts';
import { type JobDone, type JobWork, jobThread } from './job-thread.ts';
import { withGiven } from './life-jobs.ts';

/** The words of OGC 18-062r2, 7.12. */
export type JobState = 'accepted' | 'running' | 'successful' | 'failed' | 'dismissed';

export interface Job {
  id: Id;
  indicator: Id;
  site: Id;
  /** Who asked for it. */
  by: Id;
  state: JobState;
  /** 0-1 */
  progress: number;
  /** ISO 8601; `null` before. */
  created: string;
  started: string | null;
  finished: string | null;
  updated: string;
  /** As soon as the inputs were read. */
  run: Run | null;
  /** The dossier had the run already: nothing was computed. */
  known: boolean;
  /** How many figures the run has; `null` before it has any. */
  figures: number | null;
  /** How many of them have no value, as too little is known; 0 where nothing was computed. */
  blank: number;
  /** Records of species that no figure rests on, by why; `null` where none were read. */
  skipped: LifeComputed['skipped'];
  /** What is to be told of a table; `null` where none was read. */
  told: SheetTold | null;
  /** What became of the plan of corridors that goes with the figure; `null` where none does. */
  corridors: Change | 'withheld' | null;
  /** What went wrong. */
  error: unknown;
  /** How the results are wanted. */
  response: 'raw' | 'document';
}

export type JobAsked = JobWork & { by: Id };

export type JobOrder = JobAsked & { response: 'raw' | 'document' };

export interface JobDesk {
  /** @throws Problem `too-many-requests` where too many wait already. */
  start(order: JobOrder): Job;
  find(id: Id): Job | null;
  /** The latest first. */
  list(): Job[];
  /** Dismisses a job that is not done, and forgets one that is; `null` where there is none. What the dossier keeps stays there. */
  dismiss(id: Id): Job | null;
}

/** Jobs that may wait, and those that are remembered when they are done. */
const MOST_WAITING = 20;
const MOST_DONE = 200;
/** What a computation takes as a rule, for those who are asked to come back later [s]. */
const A_COMPUTATION = 30;

/** Why a thread was ended. */
class Dismissed extends Error {}

const desks = new WeakMap<Db, JobDesk>();

/** The desk of a dossier. */
export function jobDesk(db: Db): JobDesk {
  const known = desks.get(db);
  if (known !== undefined) return known;
  const jobs = new Map<Id, Job>();
  const stops = new Map<Id, AbortController>();
  let last: Promise<void> = Promise.resolve();

  const move = (job: Job, change: Partial<Job>): void => {
    Object.assign(job, change, { updated: new Date().toISOString() });
  };
  const end = (job: Job, change: Partial<Job>): void => {
    stops.delete(job.id);
    move(job, { ...change, finished: new Date().toISOString() });
    const done = [...jobs.values()].filter(({ finished }) => finished !== null);
    for (const old of done.slice(0, Math.max(0, done.length - MOST_DONE))) jobs.delete(old.id);
  };
  const carryOut = async (job: Job, order: JobOrder, stop: AbortController): Promise<void> => {
    if (stop.signal.aborted) return;
    move(job, { state: 'running', started: new Date().toISOString() });
    try {
      const figures = await computed(db, job, order, { move: (change) => move(job, change), signal: stop.signal });
      end(job, { state: 'successful', progress: 1, figures });
    } catch (error) {
      if (!(error instanceof Dismissed)) end(job, { state: 'failed', error });
    }
  };

  const desk: JobDesk = {
    start(order) {
      if (stops.size >= MOST_WAITING) throw new Problem('too-many-requests', { expected: stops.size * A_COMPUTATION });
      const job = newJob(order);
      const stop = new AbortController();
      jobs.set(job.id, job);
      stops.set(job.id, stop);
      last = last.then(() => carryOut(job, order, stop));
      return job;
    },
    find: (id) => jobs.get(id) ?? null,
    list: () => [...jobs.values()].reverse(),
    dismiss(id) {
      const job = jobs.get(id);
      if (job === undefined) return null;
      const stop = stops.get(id);
      if (stop === undefined) jobs.delete(id);
      else end(job, { state: 'dismissed' });
      stop?.abort(new Dismissed());
      return stop === undefined ? { ...job, state: 'dismissed' } : job;
    },
  };
  desks.set(db, desk);
  return desk;
}

/** Computes unless the dossier has the run, and keeps all at once; how many figures the run has. */
async function computed(
  db: Db,
  job: Job,
  { by, response: _, ...work }: JobOrder,
  { move, signal }: { move(change: Partial<Job>): void; signal: AbortSignal },
): Promise<number> {
  const indicator = computable(work.indicator);
  const pictures = indicator !== null && 'pictures' in indicator;
  const found = await jobThread('life' in work ? { ...work, life: withGiven(db, work.life) } : work, {
    signal,
    onPrepared(run) {
      const figures = keptFigures(db, run.id, { pictures });
      move({ run, known: figures !== null, figures });
      return figures === null;
    },
    onProgress: (progress) => move({ progress }),
  });
  if (found === null) return job.figures ?? 0;
  signal.throwIfAborted();
  const { skipped = null, told = null, corridors: plan = null, ...computed } = found;
  const known = 'life' in work && isKept(db, computed);
  const corridors = transaction(db, () => {
    if (!known) keepComputed(db, by, computed);
    return plan === null ? null : keepCorridors(db, by, plan);
  });
  const blank = found.observations.filter(({ value }) => value === null).length;
  move({ run: found.run, known, skipped, told, blank, corridors: corridors ?? withheldOf(work) });
  return found.observations.length;
}

/** Whether a plan of corridors would go with the figure, were the cores of every reserve open to whoever asked. */
function withheldOf(work: JobWork): 'withheld' | null {
  return 'life' in work && work.indicator === CONNECTIVITY.id && !work.life.corridors ? 'withheld' : null;
}

/** Whether the dossier has every one of the figures from that very run. */
function isKept(db: Db, { run, observations }: JobDone): boolean {
  if (figuresOfRun(db, run.id) === null) return false;
  const kept = new Set(observationsOfRun(db, run.id).map(({ id }) => id));
  return observations.every(({ id }) => kept.has(id));
}

function newJob({ indicator, site, by, response }: JobOrder): Job {
  const created = new Date().toISOString();
  const open = {
    progress: 0,
    started: null,
    finished: null,
    run: null,
    known: false,
    figures: null,
    blank: 0,
    skipped: null,
    told: null,
    corridors: null,
    error: null,
  };
  return { id: randomUUID(), indicator, site, by, state: 'accepted', created, updated: created, response, ...open };
}
