/** Records that the dossier already holds, as the values that were typed: to correct them, and to know a row again. */
import type { Id, Observation, ZoneKind } from '../types.ts';
import { keptActivities } from './activity-nouns.ts';
import { keptAnswers } from './answer-nouns.ts';
import type { RecordKind } from './catalogue.ts';
import { keptHeadcounts, keptMoney } from './count-nouns.ts';
import { type Nouns, noNouns } from './nouns.ts';
import { keptObservations } from './observation-nouns.ts';
import type { Values } from './reading.ts';

/** What a dossier holds for one reserve. */
export interface KeptRecords extends Omit<Nouns, 'organisations' | 'observations'> {
  site: Id;
  zones: readonly { id: Id; kind: ZoneKind }[];
  observations: readonly Observation[];
}

export interface KeptRecord {
  id: Id;
  values: Values;
  nouns: Nouns;
}

/** The records of `kind` that `kept` holds, in the order in which they were added; organisations stand by their ids. */
export function keptOf(kind: RecordKind, kept: KeptRecords): KeptRecord[] {
  const prefix = `${kept.site}/${kind.id}/`;
  switch (kind.keeps) {
    case 'activities':
      return keptActivities(kind, kept, prefix);
    case 'headcounts':
      return keptHeadcounts(kind, kept, prefix);
    case 'money':
      return keptMoney(kind, kept, prefix);
    case 'observations':
      return keptObservations(kind, kept, prefix);
    case 'answers':
      return keptAnswers(kept, prefix);
    case 'entries':
      return kept.entries
        .filter(({ register, id }) => register === kind.id && (id.startsWith(prefix) || id === prefix.slice(0, -1)))
        .map((entry) => ({ id: entry.id, values: entry.fields, nouns: { ...noNouns(), entries: [entry] } }));
  }
}
