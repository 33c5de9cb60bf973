/** What activities are meant for: columns of `activities` of their own, so that an activity can be written without them. */
import type { IatiDetails } from '../formats/iati-details.ts';
import type { ActivityAims, Id } from '../types.ts';
import { all, type Db } from './db.ts';
import { type Change, put } from './write.ts';

interface AimsRow {
  id: Id;
  sdg_targets: string;
  markers: string;
  trl_before: number | null;
  trl_after: number | null;
}

/** The activity must be there. */
export function putAims(db: Db, by: string, { activity, sdgTargets, markers, readiness }: ActivityAims): Change {
  return put(db, 'activities', by, {
    id: activity,
    sdg_targets: JSON.stringify(sdgTargets),
    markers: JSON.stringify(markers),
    trl_before: readiness.before,
    trl_after: readiness.after,
  });
}

/** What a file said of an activity beyond our nouns, kept so that it can be written again. */
export function putDetails(db: Db, by: string, activity: Id, details: IatiDetails): Change {
  return put(db, 'activities', by, { id: activity, details: JSON.stringify(details) });
}

/** The aims of every activity that has any. */
export function listAims(db: Db): Map<Id, ActivityAims> {
  const rows = all<AimsRow>(
    db,
    `select id, sdg_targets, markers, trl_before, trl_after from activities
     where sdg_targets <> '[]' or markers <> '[]' or trl_before is not null or trl_after is not null order by fid`,
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        activity: row.id,
        sdgTargets: JSON.parse(row.sdg_targets),
        markers: JSON.parse(row.markers),
        readiness: { before: row.trl_before, after: row.trl_after },
      },
    ]),
  );
}

/** What files said of activities beyond our nouns. */
export function listDetails(db: Db): Map<Id, IatiDetails> {
  const rows = all<{ id: Id; details: string }>(db, 'select id, details from activities where details is not null order by fid');
  return new Map(rows.map(({ id, details }) => [id, JSON.parse(details)]));
}
