/**
 * Records of a reserve into the dossier, each with all that hangs on it: what changed is written, what is gone is removed,
 * what is so already stays as it is, its origin included.
 */
import type { RecordKind } from '../records/catalogue.ts';
import { formParts, type RecordContext, recordContext } from '../records/context.ts';
import type { ImportedRecord, RecordChanges } from '../records/import-rows.ts';
import { keptOf } from '../records/kept.ts';
import type { KeptRecord } from '../records/nouns.ts';
import type { SiteRecords } from '../review/content.ts';
import type { Activity, Dataset, Id, Indicator, Participation, ZoneKind } from '../types.ts';
import { currentZones } from '../zonation/site-facts.ts';
import { putDataset } from './catalogue.ts';
import { listOrganisations, putActivity, putOrganisation, putParticipation } from './cooperation.ts';
import { all, type Db, get, transaction } from './db.ts';
import { listObservationsNamed, putObservation } from './observations.ts';
import { listEntries, loadSiteRecords, putAnswer, putEntry, putHeadcount, putMoney } from './records.ts';
import { loadSiteFacts } from './site-facts.ts';
import { getSite } from './sites.ts';
import { type Change, type Noun, remove } from './write.ts';

/** Nouns that say which dataset they came from, those that others hang on last. */
const FROM_DATASET = [
  'participations',
  'headcounts',
  'money',
  'entries',
  'observations',
  'activities',
] as const satisfies readonly Noun[];

/** One change to carry out. */
interface Step {
  noun: Noun;
  id: Id;
  act: (db: Db, by: string) => unknown;
}

/**
 * What records of `kind` are held against.
 * @throws Problem `site-unknown`.
 */
export function loadRecordContext(
  db: Db,
  site: Id,
  kind: RecordKind,
  today: string,
): { context: RecordContext; kept: KeptRecord[] } {
  const zones = zonesNow(db, site);
  const indicators = all<{ id: Id; title: string; unit: string }>(db, 'select id, title, unit from indicators order by fid').map(
    ({ title, ...rest }): Pick<Indicator, 'id' | 'title' | 'unit'> => ({
      ...rest,
      title: JSON.parse(title) as Indicator['title'],
    }),
  );
  const taken = new Set(all<{ id: Id }>(db, "select id from features where noun <> 'organisations'").map(({ id }) => id));
  const context = recordContext(site, { ...formParts(), today, zones, indicators, organisations: listOrganisations(db), taken });
  return { context, kept: keptOfSite(db, site, zones)(kind) };
}

/** How many records of each kind a site keeps. @throws Problem `site-unknown`. */
export function countRecords(db: Db, site: Id, kinds: readonly RecordKind[]): number[] {
  const keptOfKind = keptOfSite(db, site, zonesNow(db, site));
  return kinds.map((kind) => keptOfKind(kind).length);
}

/** The records of a site kind by kind; what all kinds share is read once. */
function keptOfSite(db: Db, site: Id, zones: RecordContext['zones']): (kind: RecordKind) => KeptRecord[] {
  let whole: SiteRecords | undefined;
  const ofActivities = (): SiteRecords => {
    whole ??= loadSiteRecords(db, site);
    return whole;
  };
  return (kind) => {
    const none = {
      activities: [],
      participations: [],
      organisations: new Map(),
      headcounts: [],
      money: [],
      entries: [],
      answers: [],
    };
    const records =
      kind.keeps === 'entries'
        ? { ...none, entries: listEntries(db, site, [kind.id]) }
        : kind.keeps === 'observations'
          ? none
          : ofActivities();
    const observations = kind.keeps === 'observations' ? listObservationsNamed(db, `${site}/${kind.id}/`) : [];
    return keptOf(kind, { ...records, site, zones, observations });
  };
}

/** The zones of a site that are valid now, without their geometries. */
function zonesNow(db: Db, site: Id): { id: Id; kind: ZoneKind }[] {
  if (getSite(db, site) === null) loadSiteFacts(db, site); // tells the sites there are
  const zones = all<{ id: Id; kind: ZoneKind; start: string | null; end: string | null }>(
    db,
    'select id, kind, valid_start as start, valid_end as "end" from zones where site = ? order by fid',
    [site],
  ).map(({ start, end, ...zone }) => ({ ...zone, valid: { start, end } }));
  return (['core', 'buffer', 'transition'] as const).flatMap((kind) => currentZones({ zones }, kind));
}

/** What `records` would do or, unless it is a preview, does. All or nothing. */
export function importRecords(
  db: Db,
  by: string,
  records: readonly ImportedRecord[],
  { dataset, preview = false }: { dataset: Dataset; preview?: boolean },
): RecordChanges {
  const changes: RecordChanges = { added: 0, changed: 0, same: 0, organisations: [] };
  const steps: Step[] = [];
  for (const record of records) {
    const own = stepsOf(record, dataset.id);
    const change: Change = own.length === 0 ? 'same' : record.before === null ? 'added' : 'changed';
    changes[change] += 1;
    steps.push(...own);
  }
  changes.organisations = [...new Set(steps.flatMap(({ noun, id }) => (noun === 'organisations' ? [id] : [])))];
  if (preview || steps.length === 0) return changes;
  transaction(db, () => {
    putDataset(db, by, dataset);
    for (const { act } of steps) act(db, by);
  });
  return changes;
}

/** The writes and removals that one record needs; none where it is so already. */
function stepsOf({ nouns, before }: ImportedRecord, dataset: Id): Step[] {
  const old = before?.nouns;
  const put = <Item extends object>(
    noun: Noun,
    items: readonly Item[],
    olds: readonly Item[] | undefined,
    { idOf, write }: { idOf: (item: Item) => Id; write: (db: Db, by: string, item: Item) => unknown },
  ): Step[] => {
    const known = new Map((olds ?? []).map((item) => [idOf(item), item]));
    const wanted = new Set(items.map(idOf));
    const gone = [...known.keys()].filter((id) => !wanted.has(id));
    return [
      ...items
        .filter((item) => !isSame(item, known.get(idOf(item))))
        .map((item) => ({ noun, id: idOf(item), act: (db: Db, by: string) => write(db, by, item) })),
      ...gone.map((id) => ({ noun, id, act: (db: Db, by: string) => remove(db, noun, by, id) })),
    ];
  };
  const byId = ({ id }: { id: Id }): Id => id;
  return [
    ...put('organisations', nouns.organisations, [], { idOf: byId, write: putOrganisation }),
    ...put(
      'activities',
      nouns.activities.map((one) => titled(one, old?.activities)),
      old?.activities,
      { idOf: byId, write: putActivity },
    ),
    ...put('participations', nouns.participations, old?.participations, { idOf: participationId, write: putParticipation }),
    ...put('headcounts', nouns.headcounts, old?.headcounts, { idOf: byId, write: putHeadcount }),
    ...put('money', nouns.money, old?.money, { idOf: byId, write: putMoney }),
    ...put('entries', nouns.entries, old?.entries, { idOf: byId, write: putEntry }),
    ...put('observations', nouns.observations, old?.observations, { idOf: byId, write: putObservation }),
    ...put(
      'answers',
      nouns.answers.map((one) => ({ ...one, id: old?.answers[0]?.id ?? one.id })),
      old?.answers,
      {
        idOf: byId,
        write: (db, by, answer) => putAnswer(db, byFile(by, dataset), answer), // an answer has no origin of its own: the audit keeps it
      },
    ),
  ];
}

/** Titles in other languages stay where the one that was typed is among them. */
function titled(activity: Activity, known: readonly Activity[] = []): Activity {
  const before = known.find(({ id }) => id === activity.id);
  const [title] = Object.values(activity.title);
  return before !== undefined && Object.values(before.title).includes(title ?? '')
    ? { ...activity, title: before.title }
    : activity;
}

/** The same but for where it came from. */
function isSame(item: object, known: object | undefined): boolean {
  if (known === undefined) return false;
  const bare = ({ from, ...rest }: { from?: unknown }): unknown => sorted(rest);
  return JSON.stringify(bare(item)) === JSON.stringify(bare(known));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value) || value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, of]) => [key, sorted(of)]),
  );
}

function participationId({ activity, organisation, person, role }: Participation): Id {
  return `${activity}+${organisation ?? person ?? ''}+${role}`;
}

const byFile = (by: string, dataset: Id): string => `${by}, ${dataset}`;

/** Files that records of a kind came from, with how many nouns each brought. */
export function listRecordDatasets(db: Db, site: Id, kind: Id): { id: Id; nouns: number }[] {
  const prefix = `records/${site}/${kind}/`;
  const ids = all<{ id: Id }>(db, 'select id from datasets where substr(id, 1, ?) = ? order by fid', [prefix.length, prefix]);
  return ids.map(({ id }) => ({ id, nouns: nounsFrom(db, id).length })).filter(({ nouns }) => nouns > 0);
}

/** Removes a record with all that hangs on it. */
export function removeRecord(db: Db, by: string, { nouns }: KeptRecord): void {
  transaction(db, () => {
    for (const one of nouns.participations) remove(db, 'participations', by, participationId(one));
    for (const noun of ['headcounts', 'money', 'observations', 'entries', 'answers', 'activities'] as const) {
      for (const { id } of nouns[noun]) remove(db, noun, by, id);
    }
  });
}

/** Takes back what an import brought, and what hangs on it; returns how many rows of which noun went. */
export function removeRecords(db: Db, by: string, dataset: Id): Map<Noun, number> {
  const removed = new Map<Noun, number>();
  const drop = (noun: Noun, id: Id): void => {
    if (remove(db, noun, by, id)) removed.set(noun, (removed.get(noun) ?? 0) + 1);
  };
  transaction(db, () => {
    for (const { noun, id } of nounsFrom(db, dataset)) {
      if (noun === 'activities') {
        for (const hanging of all<{ id: Id }>(db, 'select id from participations where activity = ?', [id]))
          drop('participations', hanging.id);
        for (const table of ['headcounts', 'money', 'observations'] as const)
          for (const hanging of all<{ id: Id }>(db, `select id from ${table} where feature = ?`, [id])) drop(table, hanging.id);
      }
      drop(noun, id);
    }
    if (!isNamed(db, dataset)) drop('datasets', dataset);
  });
  removed.delete('datasets');
  return removed;
}

function nounsFrom(db: Db, dataset: Id): { noun: Noun; id: Id }[] {
  const rows = FROM_DATASET.flatMap((noun) =>
    all<{ id: Id }>(db, `select id from ${noun} where from_dataset = ? order by fid`, [dataset]).map(({ id }) => ({
      noun: noun as Noun,
      id,
    })),
  );
  const answers = all<{ id: Id }>(
    db,
    `select answers.id from answers join audit on audit.noun = 'answers' and audit.row_id = answers.id
     where audit.fid = (select max(fid) from audit as last where last.noun = 'answers' and last.row_id = answers.id)
     and substr(audit.by, -length(?)) = ? order by answers.fid`,
    [`, ${dataset}`, `, ${dataset}`],
  );
  return [...rows, ...answers.map(({ id }) => ({ noun: 'answers' as Noun, id }))];
}

function isNamed(db: Db, dataset: Id): boolean {
  return [...FROM_DATASET, 'zones', 'designations', 'overlaps'].some(
    (noun) => get(db, `select 1 from ${noun} where from_dataset = ?`, [dataset]) !== undefined,
  );
}
