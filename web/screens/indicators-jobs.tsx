/** Computations of the reserve that are under way or were just done: how far they are, and a way to stop them. */
import { Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { JobList, JobStatus } from '../../src/api/jobs.ts';
import { Refusal, read, write, writes } from '../api.ts';
import { may } from '../session.ts';
import { lang, say } from '../words.ts';

/** How often a server is asked while something is being computed, and otherwise [ms]. */
const SOON = 500;
const LATER = 15_000;
/** Of the process of the page, and under way. */
const MOST_SHOWN = 5;

/** @param process that the page is of: of others only what is under way is told */
export function Jobs({ site, process }: { site: string; process: string | null }) {
  const jobs = useJobs(site).filter(({ processID, finished }) => processID === process || finished === undefined);
  if (jobs.length === 0) return null;
  const [latest] = jobs;
  return (
    <section class="jobs" aria-label={say('indicators-page.jobs')}>
      <h2>{say('indicators-page.jobs')}</h2>
      <p class="hidden" role="status">
        {latest === undefined ? '' : `${say(`jobs.process.${latest.processID}`)}: ${latest.message}`}
      </p>
      <ul>
        {jobs.slice(0, MOST_SHOWN).map((job) => (
          <JobLine key={job.jobID} site={site} job={job} />
        ))}
      </ul>
    </section>
  );
}

function JobLine({ site, job }: { site: string; job: JobStatus }) {
  const [refused, setRefused] = useState('');
  const isOpen = job.status === 'accepted' || job.status === 'running';
  const stop = async (): Promise<void> => {
    try {
      await write('delete', `/ogc/jobs/${job.jobID}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setRefused(error.message);
    }
  };
  const name = say(`jobs.process.${job.processID}`);
  return (
    <li class={job.status}>
      <span>
        <strong>{name}</strong>{' '}
        {job.message.split('\n').map((line, i) => (
          <Fragment key={line}>
            {i === 0 ? null : <br />}
            {line}
          </Fragment>
        ))}
      </span>
      {job.status === 'running' ? (
        // a job that has not told how far it is shows that it moves
        <progress
          aria-label={`${name}: ${say('indicators-page.progress')}`}
          max={100}
          {...(job.progress === 0 ? {} : { value: job.progress })}
        />
      ) : null}
      {may('contributor', site) ? (
        <button
          type="button"
          onClick={() => void stop()}
          aria-label={`${say(isOpen ? 'indicators-page.cancel' : 'indicators-page.forget')}: ${name}`}
        >
          {say(isOpen ? 'indicators-page.cancel' : 'indicators-page.forget')}
        </button>
      ) : null}
      {refused === '' ? null : <span role="alert">{refused}</span>}
    </li>
  );
}

/** Asked often while something runs; when a job ends, all that is shown is read again. */
function useJobs(site: string): JobStatus[] {
  const [jobs, setJobs] = useState<JobStatus[]>([]);
  const [asked, spoken] = [writes.value, lang.value];
  useEffect(() => {
    let timer = 0;
    let before: JobStatus[] | null = null;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      const list = await read<JobList>(`/ogc/jobs?limit=20&site=${encodeURIComponent(site)}`, { signal: stop.signal }).catch(
        () => null,
      );
      if (stop.signal.aborted) return;
      const now = list?.jobs ?? before ?? [];
      const ended = now.some(
        ({ jobID, finished }) =>
          finished !== undefined && before?.some((one) => one.jobID === jobID && one.finished === undefined),
      );
      setJobs(now);
      before = now;
      const isOpen = now.some(({ finished }) => finished === undefined);
      if (ended) writes.value += 1;
      else timer = window.setTimeout(() => void ask(), isOpen ? SOON : LATER);
    };
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [site, asked, spoken]);
  return jobs;
}
