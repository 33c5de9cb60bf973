/** The thread of one computation: reads the inputs, asks whether to go on, computes, tells how far it is, hands the results over. */
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { digestOf } from '../formats/source-node.ts';
import { Problem, Problems } from '../problems.ts';
import type { Run } from '../types.ts';
import type { FileWork, JobReply, JobRequest, LifeWork } from './job-thread.ts';

/** Progress is told no more often than this [ms]. */
const PAUSE = 100;

const port = parentPort;
if (port === null) throw new Error('not a worker');
const post = (reply: JobReply): void => port.postMessage(reply);
let told = 0;

const [first] = (await once(port, 'message')) as [JobRequest];
if ('work' in first) {
  try {
    await ('life' in first.work ? lifeDone(first.work) : carryOut(first.work));
  } catch (error) {
    const plain = ({ code, details }: Problem) => ({ code, details });
    if (error instanceof Problem) post({ problem: plain(error) });
    else if (error instanceof Problems) post({ problems: error.list.map(plain) });
    else if (error instanceof Error) post({ failed: { message: error.message, stack: error.stack } });
    else post({ failed: { message: String(error), stack: undefined } });
  }
}

async function carryOut({ indicator: id, site, work, dates, region, datasets }: FileWork): Promise<void> {
  const { computable, datesOf, prepareWork, regionOf } = await import('../run/computing.ts');
  const indicator = computable(id);
  if (indicator === null) throw new Problem('not-found');
  const job = await prepareWork(indicator, {
    ...work,
    ...(dates === null ? {} : { dates: await datesOf(dates) }),
    ...(region === null ? {} : { region: await regionOf(region) }),
  });
  nameDatasets(job.run, datasets);
  post({ prepared: job.run });
  await once(port as NonNullable<typeof port>, 'message');
  const started = new Date().toISOString();
  const { figures, pictures } = await job.compute({ onProgress: (done, total) => tell(total === 0 ? 0 : done / total) });
  post({
    done: {
      run: { ...job.run, started, ended: new Date().toISOString() },
      observations: figures.map(job.observation),
      pictures: pictures.map((picture) => job.picture(picture, site)),
      prefix: job.pictures(site),
    },
  });
}

/** What is computed of is read at once with its digest, so that the run is known with its figures. */
async function lifeDone({ life, site, datasets }: LifeWork): Promise<void> {
  const { carryOutLife } = await import('./life-jobs.ts');
  const started = new Date().toISOString();
  const { run, observations, skipped, told = null, corridors = null } = await carryOutLife(life, { onProgress: tell });
  nameDatasets(run, datasets);
  const ended = new Date().toISOString();
  const timed = (one: Run): Run => ({ ...one, started, ended });
  const plan = corridors === null ? null : { ...corridors, run: timed(corridors.run) };
  const kept = { run: timed(run), observations, pictures: [], prefix: `${site}:${run.indicator}:` };
  post({ done: { ...kept, skipped, told, corridors: plan } });
}

function tell(progress: number): void {
  const now = performance.now();
  if (now - told < PAUSE) return;
  told = now;
  post({ progress });
}

/** Names the datasets that inputs are; @throws Problem `dataset-changed` where a file is no longer what was described. */
function nameDatasets(run: Run, datasets: FileWork['datasets']): void {
  for (const { input, place, dataset, digest } of datasets) {
    const name = place.split(/[\\/]/).at(-1) || place;
    const own = run.inputs.find(({ href, dataset: named }) => (href === `${input}: ${name}` || href === name) && named === null);
    if (own === undefined) continue;
    // of maps and tables a run keeps the digest of the digests of their parts
    if (digest !== null && own.digest.startsWith('sha256:') && own.digest !== digest && own.digest !== digestOf(digest))
      throw new Problem('dataset-changed', { file: name, dataset });
    own.dataset = dataset;
  }
}
