/** What a record is as nouns of the dossier, on its way there and back; a file for each sort that keeps records stands beside this one. */
import type {
  Activity,
  Answer,
  Entry,
  Headcount,
  Id,
  Money,
  Observation,
  Organisation,
  Origin,
  Participation,
  ZoneKind,
} from '../types.ts';
import type { RecordKind } from './catalogue.ts';
import type { RecordContext } from './context.ts';
import type { Values } from './reading.ts';

export interface Nouns {
  organisations: Organisation[];
  activities: Activity[];
  participations: Participation[];
  headcounts: Headcount[];
  money: Money[];
  entries: Entry[];
  observations: Observation[];
  answers: Answer[];
}

/** A record that is nothing yet: each sort adds its own. */
export const noNouns = (): Nouns => ({
  organisations: [],
  activities: [],
  participations: [],
  headcounts: [],
  money: [],
  entries: [],
  observations: [],
  answers: [],
});

/** What makes nouns of one record. */
export interface Making {
  kind: RecordKind;
  /** Of the record, and of the noun that stands for it. */
  id: Id;
  values: Values;
  from: Origin;
  context: RecordContext;
}

/** What a dossier holds for one reserve. */
export interface KeptNouns extends Omit<Nouns, 'organisations' | 'observations'> {
  site: Id;
  zones: readonly { id: Id; kind: ZoneKind }[];
  observations: readonly Observation[];
}

/** A record that the dossier holds: the values that were typed, and the nouns that they became. */
export interface KeptRecord {
  id: Id;
  values: Values;
  nouns: Nouns;
}
