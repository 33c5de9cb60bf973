/** What `saryarka life connect reserve --keep` keeps: each run once, and the plan of corridors in place of the one before. */
import type { CorridorsMade } from '../run/compute-corridors.ts';
import type { Db } from '../store/db.ts';
import { keepComputed, keptFigures } from '../store/keep-computed.ts';
import { keepCorridors } from '../store/keep-corridors.ts';
import type { Change } from '../store/write.ts';
import type { Observation, Run } from '../types.ts';

/** Keeps a run with its figures; one that the dossier has with them stays as it is. */
export function keepRunOnce(db: Db, { run, observations }: { run: Run; observations: readonly Observation[] }): void {
  if (keptFigures(db, run.id, { pictures: false }) !== null) return;
  keepComputed(db, 'cli', { run: timed(run), observations, pictures: [], prefix: `${run.id}:` });
}

/** Keeps the plan of corridors of a reserve; the same plan changes nothing. */
export function keepPlanNow(db: Db, made: CorridorsMade): Change {
  return keepCorridors(db, 'cli', { ...made, run: timed(made.run) });
}

function timed(run: Run): Run {
  const now = new Date().toISOString();
  return { ...run, started: now, ended: now };
}
