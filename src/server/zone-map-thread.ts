/**
 * Large zone maps are read and mended in a thread of their own: a faulty map of 100,000 positions takes the geometry engine two
 * seconds, one of 300,000 eleven, in which nobody else would be answered. One map at a time, as each may take 2 GB.
 *
 *     const prepared = await preparedAside(db, { how: 'read', site: 'qiyal', files, answers: { words: new Map() } });
 */
import { Worker } from 'node:worker_threads';
import type { SourceFile } from '../formats/source-node.ts';
import { Problem, type ProblemCode, Problems } from '../problems.ts';
import type { Db } from '../store/db.ts';
import { type ImportAnswers, type PreparedZoneMap, prepareZoneMap } from '../store/import-zone-map.ts';
import type { Id } from '../types.ts';
import { prepareDrawnZones } from './drawn-zones.ts';

/** A map that was handed in, or zones that were drawn on the map by hand. Plain data. */
export type ZoneMapWork =
  | { how: 'read'; site: Id; files: SourceFile[]; answers: Pick<ImportAnswers, 'words' | 'validFrom' | 'crs'> }
  | { how: 'drawn'; site: Id; files: [SourceFile]; answers: { validFrom: string | null } };

export interface ZoneMapRequest {
  path: string;
  work: ZoneMapWork;
}

interface PlainProblem {
  code: ProblemCode;
  details: Problem['details'];
}

export type ZoneMapReply =
  | { done: PreparedZoneMap }
  | { problem: PlainProblem }
  | { problems: PlainProblem[] }
  | { failed: { message: string; stack: string | undefined } };

/** Smaller maps are mended sooner than a thread is started [B]: 20,000 positions of GeoJSON, half a second at the worst. */
const LARGE = 400_000;

const MODULE = new URL(import.meta.url.endsWith('.ts') ? './zone-map-worker.ts' : './zone-map-worker.js', import.meta.url);

let last: Promise<unknown> = Promise.resolve();

/** @throws Problem or Problems as `prepareZoneMap` and `prepareDrawnZones`. */
export async function preparedAside(db: Db, work: ZoneMapWork): Promise<PreparedZoneMap> {
  const path = db.location(); // one in memory can be opened by no other thread
  const size = work.files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (path === null || size < LARGE) return prepare(db, work);
  const next = last.then(() => inThread({ path, work }));
  last = next.catch(() => {});
  return next;
}

export function prepare(db: Db, { how, site, files, answers }: ZoneMapWork): Promise<PreparedZoneMap> {
  if (how === 'read') return prepareZoneMap(db, site, files, answers);
  return prepareDrawnZones(db, site, files[0], answers);
}

async function inThread(request: ZoneMapRequest): Promise<PreparedZoneMap> {
  const worker = new Worker(MODULE);
  worker.unref(); // a server that is stopped does not wait
  try {
    return await new Promise((resolve, reject) => {
      worker.on('error', (error) => reject(new Problem('worker-died', { found: String(error) }, { cause: error })));
      worker.on('exit', (code) => reject(new Problem('worker-died', { found: `exit ${code}` })));
      worker.on('message', (reply: ZoneMapReply) => ('done' in reply ? resolve(reply.done) : reject(errorOf(reply))));
      worker.postMessage(request);
    });
  } finally {
    await worker.terminate();
  }
}

function errorOf(reply: Exclude<ZoneMapReply, { done: unknown }>): Error {
  const made = ({ code, details }: PlainProblem): Problem => new Problem(code, details);
  if ('problem' in reply) return made(reply.problem);
  if ('problems' in reply) return new Problems(reply.problems.map(made));
  return Object.assign(new Error(reply.failed.message), { stack: reply.failed.stack });
}
