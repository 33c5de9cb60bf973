/**
 * Records as the nouns that the dossier keeps them in, and back as the values that were typed: to correct them, and to know a
 * row again.
 *
 *     nounsOf({ kind, id, values: { year: 2023, category: 'rangers', total: 12 }, from, context })   // { headcounts: [ … ], … }
 *     keptOf(kind, kept)[0].values                                                                   // the same values
 */
import type { Id } from '../types.ts';
import { activityNouns, keptActivities } from './activity-nouns.ts';
import { answerNouns, keptAnswers } from './answer-nouns.ts';
import type { RecordKind } from './catalogue.ts';
import { headcountNouns, keptHeadcounts, keptMoney, moneyNouns } from './count-nouns.ts';
import { entryNouns, keptEntries } from './entry-nouns.ts';
import type { KeptNouns, KeptRecord, Making, Nouns } from './nouns.ts';
import { keptObservations, observationNouns } from './observation-nouns.ts';

interface Keeper {
  nouns(making: Making): Nouns;
  /** The records of `kind` in `kept`; their ids begin with `prefix`. */
  records(kind: RecordKind, kept: KeptNouns, prefix: Id): KeptRecord[];
}

const KEEPERS: { [noun in RecordKind['keeps']]: Keeper } = {
  activities: { nouns: activityNouns, records: keptActivities },
  headcounts: { nouns: headcountNouns, records: keptHeadcounts },
  money: { nouns: moneyNouns, records: keptMoney },
  observations: { nouns: observationNouns, records: keptObservations },
  answers: { nouns: answerNouns, records: keptAnswers },
  entries: { nouns: entryNouns, records: keptEntries },
};

/** The nouns of one record. @throws FaultError where a name in it cannot be told. */
export function nounsOf(making: Making): Nouns {
  return KEEPERS[making.kind.keeps].nouns(making);
}

/** The records of `kind` that `kept` holds, in the order in which they were added; organisations stand by their ids. */
export function keptOf(kind: RecordKind, kept: KeptNouns): KeptRecord[] {
  return KEEPERS[kind.keeps].records(kind, kept, `${kept.site}/${kind.id}/`);
}
