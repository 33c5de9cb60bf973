/** An entity of any set, and where the entities that a link leads to are found. */
import type { ProgramValue, ProgramValuesOf } from '../store/programs.ts';
import type { Reading, ReadingsOf } from '../store/readings.ts';
import type { Id } from '../types.ts';
import type { SetName } from './sensorthings-model.ts';

/** `reading` is there for Observations of the dossier, `value` for those kept beside it. */
export interface Entity {
  set: SetName;
  id: Id;
  reading?: Reading;
  value?: ProgramValue;
  stream?: Id;
}

/** Where Observations lie: in the dossier, or beside it. */
export type Well = { dossier: ReadingsOf } | { programs: ProgramValuesOf };

/** Entities at hand, or values still where they are stored. */
export type Linked = { set: SetName; entities: Entity[] } | { set: 'Observations'; wells: Well[] };

/** A value beside the dossier as an entity. */
export function besideValue(value: ProgramValue): Entity {
  return { set: 'Observations', id: value.id, value, stream: value.datastream };
}
