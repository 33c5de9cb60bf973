/** Projects, events, training and agreements, there and back: an activity with its people, its money and those who took part. */
import { periodOf } from '../periods.ts';
import type { Activity, ActivityKind, Entry, FieldValue, Headcount, Id, Money, Participation, SiteFunction } from '../types.ts';
import type { RecordKind } from './catalogue.ts';
import { COUNTS, countsIn, countsOf } from './count-nouns.ts';
import { lastDay, periodText } from './dates.ts';
import { type KeptNouns, type KeptRecord, type Making, type Nouns, noNouns } from './nouns.ts';
import { newOrganisations, organisationId } from './organisations.ts';
import { filled, listIn, numberIn, textIn } from './record-values.ts';
import { languageOf } from './words.ts';

/** How records of one kind are told as activities. */
interface Sort {
  kind: ActivityKind;
  /** The field whose choice says what sort of its kind it is. */
  category: Id;
  /** The field in the note. */
  note?: Id;
  /** What its counts of people say of them. */
  measure?: Headcount['measure'];
  /** The fields that name organisations, by what these do in it. */
  roles: { [field: Id]: Participation['role'] };
  /** Fields that an activity has no place for: they stand in an entry of the same id. */
  beside: Id[];
}

const SORTS: { [kind: Id]: Sort } = {
  projects: {
    kind: 'project',
    category: 'status',
    roles: { lead: 'implementing', partners: 'partner', funders: 'funding' },
    beside: ['link'],
  },
  events: {
    kind: 'event',
    category: 'type',
    note: 'groups',
    measure: 'attended',
    roles: { organiser: 'host' },
    beside: ['link'],
  },
  education: {
    kind: 'training',
    category: 'type',
    note: 'audience',
    measure: 'trained',
    roles: { organiser: 'host' },
    beside: ['sessions', 'link'],
  },
  agreements: { kind: 'agreement', category: 'scope', roles: { partners: 'partner' }, beside: ['number', 'link'] },
};

/** Fields that count people of an age. */
const AGES = { age_0_17: '0-17', age_18_35: '18-35' } as const;

/** A kind of the catalogue that is not named above. */
const FALLBACK: Sort = { kind: 'programme', category: 'type', roles: {}, beside: [] };

const sortOf = (kind: RecordKind): Sort => SORTS[kind.id] ?? FALLBACK;

/** The activity that a record tells of, with all that hangs on it. @throws FaultError where an organisation cannot be told. */
export function activityNouns(making: Making): Nouns {
  const { kind, id, values, from, context } = making;
  const sort = sortOf(kind);
  const participations = Object.entries(sort.roles).flatMap(([field, role]) =>
    [...new Set(listIn(values, field).map((name) => organisationId(name, field, context.organisations)))].map(
      (organisation): Participation => ({ activity: id, organisation, person: null, role, from }),
    ),
  );
  const money = moneyOf(making, participations);
  return {
    ...noNouns(),
    organisations: newOrganisations(
      participations.map(({ organisation }) => organisation),
      context.organisations,
    ),
    activities: [activityOf(making, sort)],
    participations,
    headcounts: sort.measure === undefined ? [] : headcountsOf(making, sort.measure),
    money: money === null ? [] : [money],
    entries: besideOf(making, sort),
  };
}

function activityOf({ id, values, from, context }: Making, sort: Sort): Activity {
  const title = String(values.title);
  const [start, end] =
    values.date === undefined ? [textIn(values, 'start'), textIn(values, 'end')] : [String(values.date), String(values.date)];
  return {
    id,
    kind: sort.kind,
    parent: null,
    title: { [languageOf(title)]: title },
    description: textIn(values, 'place'),
    period: { start: periodOf(start ?? '')?.start ?? null, end: periodOf(end ?? '')?.end ?? null },
    sites: [context.site],
    themes: listIn(values, 'themes'),
    functions: listIn(values, 'functions') as SiteFunction[],
    category: textIn(values, sort.category),
    result: textIn(values, 'result'),
    quality: 'ok',
    note: textIn(values, sort.note),
    from,
  };
}

function headcountsOf({ id, values, from }: Making, measure: Headcount['measure']): Headcount[] {
  const dates = textIn(values, 'date');
  const shared = {
    feature: id,
    measure,
    groups: [],
    period: dates === null ? null : periodOf(dates),
    unique: 'unknown' as const,
    note: null,
    from,
  };
  const all = countsIn(values);
  const ages = Object.entries(AGES).flatMap(([field, age]): Headcount[] => {
    const total = numberIn(values, field);
    return total === null
      ? []
      : [{ ...shared, id: `${id}/people/${age}`, age, total, female: null, male: null, other: null, unknown: null }];
  });
  return [
    ...(COUNTS.some((field) => all[field] !== null) ? [{ ...shared, id: `${id}/people`, age: null, ...all }] : []),
    ...ages,
  ];
}

/** What a project costs; its only funder gives it. */
function moneyOf({ id, values, from }: Making, participations: Participation[]): Money | null {
  const value = numberIn(values, 'amount');
  if (value === null) return null;
  const [funder, another] = participations.filter(({ role }) => role === 'funding');
  const start = periodOf(textIn(values, 'start') ?? '');
  const end = periodOf(textIn(values, 'end') ?? '');
  return {
    id: `${id}/budget`,
    feature: id,
    kind: 'budget',
    value,
    currency: String(values.currency),
    period: start === null || end === null ? null : { start: start.start, end: end.end },
    classes: [],
    provider: another === undefined ? (funder?.organisation ?? null) : null,
    receiver: null,
    note: null,
    from,
  };
}

function besideOf({ kind, id, values, from, context }: Making, sort: Sort): Entry[] {
  const fields = Object.fromEntries(
    sort.beside.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field] as FieldValue]])),
  );
  return Object.keys(fields).length === 0
    ? []
    : [{ id, site: context.site, register: kind.id, fields, confidential: kind.confidential, from }];
}

/** Activities of one kind of record that the dossier holds. */
export function keptActivities(kind: RecordKind, kept: KeptNouns, prefix: Id): KeptRecord[] {
  const sort = sortOf(kind);
  return kept.activities
    .filter(({ id }) => id.startsWith(prefix))
    .map((activity): KeptRecord => {
      const { id } = activity;
      const roles = new Set(Object.values(sort.roles));
      const participations = kept.participations.filter(
        (one) => one.activity === id && one.organisation !== null && roles.has(one.role),
      );
      const headcounts = kept.headcounts.filter((one) => one.id.startsWith(`${id}/people`));
      const money = kept.money.filter((sum) => sum.id === `${id}/budget`);
      const entries = kept.entries.filter((entry) => entry.id === id);
      return {
        id,
        values: filled({
          ...datesOf(kind, activity),
          title: Object.values(activity.title)[0] ?? '',
          place: activity.description,
          themes: activity.themes,
          functions: activity.functions,
          [sort.category]: activity.category,
          result: activity.result,
          ...(sort.note === undefined ? {} : { [sort.note]: activity.note }),
          ...rolesOf(kind, sort, participations),
          ...peopleOf(headcounts),
          amount: money[0]?.value ?? null,
          currency: money[0]?.currency ?? null,
          ...(entries[0]?.fields ?? {}),
        }),
        nouns: { ...noNouns(), activities: [activity], participations, headcounts, money, entries },
      };
    });
}

function datesOf(kind: RecordKind, { period: { start, end } }: Activity): { [field: string]: string | null } {
  if (!kind.fields.some(({ id }) => id === 'date')) return { start, end: end === null ? null : lastDay(end) };
  return { date: start === null || end === null ? start : periodText({ start, end }) };
}

function rolesOf(kind: RecordKind, sort: Sort, participations: Participation[]): { [field: string]: FieldValue | null } {
  return Object.fromEntries(
    Object.entries(sort.roles).map(([field, role]) => {
      const ids = participations.flatMap(({ role: own, organisation }) =>
        own === role && organisation !== null ? [organisation] : [],
      );
      const one = kind.fields.find(({ id }) => id === field)?.type === 'organisation';
      return [field, one && ids.length < 2 ? (ids[0] ?? null) : ids];
    }),
  );
}

function peopleOf(headcounts: Headcount[]): { [field: string]: number | null } {
  const all = headcounts.find(({ age }) => age === null);
  const ages = Object.entries(AGES).map(([field, age]) => [field, headcounts.find((one) => one.age === age)?.total ?? null]);
  return { ...(all === undefined ? {} : countsOf(all)), ...Object.fromEntries(ages) };
}
