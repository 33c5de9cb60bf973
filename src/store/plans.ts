/** Plans in the dossier: what was to be decided, and what was found. */
import type { Id, Plan } from '../types.ts';
import { all, type Db, get } from './db.ts';
import { type Change, put, remove } from './write.ts';

type PlanRow = Omit<Plan, 'title' | 'problem' | 'solutions'> & { title: string; problem: string; solutions: string };

const COLUMNS = 'id, site, kind, title, problem, solutions';

/** Keeps a plan, in place of the one of its id. */
export function putPlan(db: Db, by: string, { title, problem, solutions, ...plan }: Plan): Change {
  return put(db, 'plans', by, {
    ...plan,
    title: JSON.stringify(title),
    problem: JSON.stringify(problem),
    solutions: JSON.stringify(solutions),
  });
}

export function getPlan(db: Db, id: Id): Plan | null {
  const row = get<PlanRow>(db, `select ${COLUMNS} from plans where id = ?`, [id]);
  return row === undefined ? null : planOf(row);
}

/** The plans of a site, of one kind or of all, in the order they were added. */
export function listPlans(db: Db, site: Id, kind?: Plan['kind']): Plan[] {
  const rows =
    kind === undefined
      ? all<PlanRow>(db, `select ${COLUMNS} from plans where site = ? order by fid`, [site])
      : all<PlanRow>(db, `select ${COLUMNS} from plans where site = ? and kind = ? order by fid`, [site, kind]);
  return rows.map(planOf);
}

/** Returns whether there was one. */
export function removePlan(db: Db, by: string, id: Id): boolean {
  return remove(db, 'plans', by, id);
}

function planOf({ title, problem, solutions, ...row }: PlanRow): Plan {
  return {
    ...row,
    title: JSON.parse(title) as Plan['title'],
    problem: JSON.parse(problem) as unknown,
    solutions: JSON.parse(solutions) as Plan['solutions'],
  };
}
