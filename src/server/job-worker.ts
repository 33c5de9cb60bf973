/** The thread of one computation: reads the inputs, asks whether to go on, computes, tells how far it is, hands the results over. */
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { digestOf } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { computable, datesOf, prepareWork, regionOf } from '../run/computing.ts';
import type { Run } from '../types.ts';
import type { JobReply, JobRequest, JobWork } from './job-thread.ts';

/** Progress is told no more often than this [ms]. */
const PAUSE = 100;

const port = parentPort;
if (port === null) throw new Error('not a worker');
const post = (reply: JobReply): void => port.postMessage(reply);

const [first] = (await once(port, 'message')) as [JobRequest];
if ('work' in first) {
  try {
    await carryOut(first.work);
  } catch (error) {
    if (error instanceof Problem) post({ problem: { code: error.code, details: error.details } });
    else if (error instanceof Error) post({ failed: { message: error.message, stack: error.stack } });
    else post({ failed: { message: String(error), stack: undefined } });
  }
}

async function carryOut({ indicator: id, site, work, dates, region, datasets }: JobWork): Promise<void> {
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
  let told = 0;
  const { figures, pictures } = await job.compute({
    onProgress(done, total) {
      const now = performance.now();
      if (now - told < PAUSE) return;
      told = now;
      post({ progress: total === 0 ? 0 : done / total });
    },
  });
  post({
    done: {
      run: { ...job.run, started, ended: new Date().toISOString() },
      observations: figures.map(job.observation),
      pictures: pictures.map((picture) => job.picture(picture, site)),
      prefix: job.pictures(site),
    },
  });
}

/** Names the datasets that inputs are; @throws Problem `dataset-changed` where a file is no longer what was described. */
function nameDatasets(run: Run, datasets: JobWork['datasets']): void {
  for (const { input, place, dataset, digest } of datasets) {
    const href = `${input}: ${place.split(/[\\/]/).at(-1) || place}`;
    const own = run.inputs.find((one) => one.href === href && one.dataset === null);
    if (own === undefined) continue;
    // of maps and tables a run keeps the digest of the digests of their parts
    if (digest !== null && own.digest.startsWith('sha256:') && own.digest !== digest && own.digest !== digestOf(digest))
      throw new Problem('dataset-changed', { file: place.split(/[\\/]/).at(-1) ?? place, dataset });
    own.dataset = dataset;
  }
}
