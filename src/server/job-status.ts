/** A job as others see it: its state, which jobs are asked for, and what it gave. OGC 18-062r2, 7.12 and 7.13. */
import type { JobStatus } from '../api/jobs.ts';
import { t } from '../i18n/index.ts';
import { Problem, Problems, problemText } from '../problems.ts';
import { sheetWords } from '../run/sheet-told.ts';
import { observationsOfRun } from '../store/computed.ts';
import type { Db } from '../store/db.ts';
import { getRun } from '../store/observations.ts';
import { listPictures } from '../store/pictures.ts';
import type { Lang } from '../types.ts';
import type { Job } from './jobs.ts';

/** Which jobs are asked for. */
export interface Picked {
  type?: string[];
  processID?: string[];
  status?: string[];
  /** A time or an interval (`2026-11-23T00:00:00Z/..`) that they were begun in. */
  datetime?: string;
  /** Of running [s]. */
  minDuration?: number;
  maxDuration?: number;
  site?: string;
}

export function statusOf(job: Job, request: Request, lang: Lang): JobStatus {
  const { id, indicator, state, created, started, finished, updated, progress, site, by, run, figures, known } = job;
  const link = (path: string, rel: string) => ({ href: new URL(path, request.url).href, rel, type: 'application/json' });
  return {
    processID: indicator,
    type: 'process',
    jobID: id,
    status: state,
    message: messageOf(job, lang),
    created,
    ...(started === null ? {} : { started }),
    ...(finished === null ? {} : { finished }),
    updated,
    progress: Math.floor(100 * progress),
    links: [
      link(`/ogc/jobs/${id}`, 'self'),
      ...(state === 'successful' ? [link(`/ogc/jobs/${id}/results`, 'http://www.opengis.net/def/rel/ogc/1.0/results')] : []),
    ],
    site,
    by,
    run: run?.id ?? null,
    figures,
    known,
  };
}

export function picked(jobs: readonly Job[], asked: Picked): Job[] {
  const among = (list: string[] | undefined, value: string): boolean => list === undefined || list.includes(value);
  const [from = '', to = from] = (asked.datetime ?? '../..').split('/');
  const open = (side: string): boolean => side === '' || side === '..';
  return jobs.filter((job) => {
    const seconds = job.started === null ? null : (Date.parse(job.finished ?? job.updated) - Date.parse(job.started)) / 1000;
    return (
      among(asked.type, 'process') &&
      among(asked.processID, job.indicator) &&
      among(asked.status, job.state) &&
      (asked.site === undefined || asked.site === job.site) &&
      (open(from) || Date.parse(job.created) >= Date.parse(from)) &&
      (open(to) || Date.parse(job.created) <= Date.parse(to)) &&
      (asked.minDuration === undefined || (seconds !== null && seconds >= asked.minDuration)) &&
      (asked.maxDuration === undefined || (seconds !== null && seconds <= asked.maxDuration))
    );
  });
}

/** What the dossier keeps of a job: in a document by the name of the output, or as it is. */
export function jobResult(db: Db, job: Job, request: Request): object {
  const run = job.run === null ? null : getRun(db, job.run.id);
  const pictures = listPictures(db, job.site).filter((picture) => picture.run === run?.id);
  const result = {
    run,
    observations: run === null ? [] : observationsOfRun(db, run.id),
    pictures: pictures.map(({ id, name, indicator, period }) => ({
      id,
      name,
      period,
      href: new URL(
        `/api/sites/${encodeURIComponent(job.site)}/indicators/${indicator}/map.svg?picture=${encodeURIComponent(id)}`,
        request.url,
      ).href,
    })),
  };
  return job.response === 'document' ? { figures: { value: result } } : result;
}

/** Faults of a table that are told one by one. */
const MOST_TOLD = 20;

function messageOf({ state, known, figures, blank, skipped, told, corridors, error }: Job, lang: Lang): string {
  if (state === 'failed') {
    if (error instanceof Problem) return problemText(error, lang);
    if (error instanceof Problems) {
      const told = error.list.slice(0, MOST_TOLD).map((one) => problemText(one, lang));
      const left = error.list.length - told.length;
      return [...told, ...(left > 0 ? [t(lang, 'life.records.more', { count: left })] : [])].join('\n');
    }
    return problemText(new Problem('unexpected', { found: error instanceof Error ? error.message : String(error) }), lang);
  }
  const words = t(lang, `jobs.state.${state}`);
  if (state !== 'successful') return words;
  const counted = `${words}: ${t(lang, known ? 'jobs.known' : 'jobs.kept', { figures: figures ?? 0 })}`;
  const kept = blank === 0 ? counted : `${counted}; ${t(lang, 'jobs.blank', { count: blank })}`;
  return [
    skipped === null || Object.values(skipped).every((count) => count === 0) ? kept : `${kept}. ${skippedWords(skipped, lang)}`,
    ...(told === null ? [] : sheetWords(told, lang)),
    ...(corridors === null ? [] : [t(lang, `jobs.corridors.${corridors}`)]),
  ].join('\n');
}

function skippedWords({ notSpecies: other, noUnit: unit, ...rest }: NonNullable<Job['skipped']>, lang: Lang): string {
  return t(lang, 'life.diversity.skipped', { ...rest, other, unit });
}
