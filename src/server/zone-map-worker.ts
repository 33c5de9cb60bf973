/** The thread of one zone map: reads and mends it beside the dossier, which it opens to read, and hands it over. */
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { Problem, Problems } from '../problems.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { prepare, type ZoneMapReply, type ZoneMapRequest } from './zone-map-thread.ts';

const port = parentPort;
if (port === null) throw new Error('not a worker');

const [request] = (await once(port, 'message')) as [ZoneMapRequest];
port.postMessage(await reply(request));

async function reply({ path, work }: ZoneMapRequest): Promise<ZoneMapReply> {
  try {
    const db = openDossier(path, { readOnly: true });
    try {
      return { done: await prepare(db, work) };
    } finally {
      closeDossier(db);
    }
  } catch (error) {
    const plain = ({ code, details }: Problem) => ({ code, details });
    if (error instanceof Problem) return { problem: plain(error) };
    if (error instanceof Problems) return { problems: error.list.map(plain) };
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { failed: { message, stack } };
  }
}
