/**
 * IATI records as the nouns of Saryarka: who, what, in which role, for how much, and how many people. What the dossier has no
 * noun for (status, sectors, markers, places) comes along as `details`, so that `iati-writer.ts` can put it back.
 *
 *     const { activities, participations, money, headcounts, reading } = readIatiActivities(file, { today, dataset: 'iati-unesco' });
 *
 * Ids follow from IATI's identifiers, so that reading a file again gives the same rows. Dates of IATI include the last day; ours
 * do not. A blank is never a zero: a marker without significance has `null`.
 */
import type { Activity, Headcount, Id, Money, Organisation, Participation } from '../types.ts';
import { type IatiOptions, type IatiReading, type IatiRecord, readIati } from './iati.ts';
import { detailsOf, type IatiDetails } from './iati-details.ts';
import { headcountsOf } from './iati-headcounts.ts';
import { moneyOf } from './iati-money.ts';
import { freeId, type NounContext, narratives, nextDay, organisationOf, slugOf } from './iati-nouns.ts';
import { attribute, elements, type XmlElement } from './xml-tree.ts';
import type { Bytes } from './zip.ts';

export interface IatiNouns {
  organisations: Organisation[];
  activities: Activity[];
  participations: Participation[];
  money: Money[];
  headcounts: Headcount[];
  /** By the id of the activity. */
  details: Record<Id, IatiDetails>;
}

const ROLES: Record<string, Participation['role']> = { 1: 'funding', 2: 'accountable', 3: 'extending', 4: 'implementing' };

/**
 * Reads an activity or organisation file whole. Money and people are taken where they can be read; every other line of the file
 * has its place in `reading.issues`.
 * @throws Problem as `readIati`.
 */
export function readIatiActivities(file: Bytes, options: IatiOptions & { dataset: Id }): IatiNouns & { reading: IatiReading } {
  const builder = iatiNouns(file.name, options.dataset);
  const reading = readIati(file, options, builder.add);
  return { ...builder.finish(reading), reading };
}

/** Collects nouns record by record, for `readIati` and `readIatiSource` alike. */
export function iatiNouns(file: string, dataset: Id): { add(record: IatiRecord): void; finish(reading: IatiReading): IatiNouns } {
  const nouns: IatiNouns = { organisations: [], activities: [], participations: [], money: [], headcounts: [], details: {} };
  const context: NounContext = {
    file,
    dataset,
    organisations: new Map(),
    activities: new Map(),
    taken: { organisations: new Set(), activities: new Set() },
    left: new Map(),
    tell: [],
  };
  return {
    add: (record) => {
      if (record.kind === 'activities') addActivity(nouns, record, context);
      else addOrganisation(nouns, record, context);
    },
    finish: (reading) => {
      for (const [severity, code, details] of context.tell) reading.issues.add(severity, code, details);
      const found = [...context.left].map(([name, count]) => `${name} × ${count}`).join(', ');
      if (found !== '') reading.issues.add('warning', 'iati-left-out', { file, found });
      nouns.organisations = [...context.organisations.values()];
      return nouns;
    },
  };
}

function addActivity(nouns: IatiNouns, record: IatiRecord, context: NounContext): void {
  const { element, identifier } = record;
  if (identifier === null) return;
  const id = activityId(identifier, context);
  const from = { dataset: context.dataset, row: identifier };
  const dates = new Map(
    elements(element, 'activity-date').map((date) => [attribute(date, 'type') ?? '', attribute(date, 'iso-date') ?? '']),
  );
  const end = dates.get('4') ?? dates.get('3') ?? null;
  const parent = elements(element, 'related-activity').find((one) => attribute(one, 'type') === '1');
  const parentRef = parent === undefined ? null : attribute(parent, 'ref');
  const title = elements(element, 'title')[0];
  const details = detailsOf(record);
  nouns.details[id] = details;
  nouns.activities.push({
    id,
    kind: 'project',
    parent: parentRef === null ? null : activityId(parentRef, context),
    title: title === undefined ? {} : narratives(title, record.index, context),
    description: descriptionOf(element),
    period: { start: dates.get('2') ?? dates.get('1') ?? null, end: end === null ? null : nextDay(end) },
    sites: [],
    themes: themesOf(details),
    functions: [],
    category: null,
    result: null,
    quality: 'ok',
    note: null,
    from,
  });
  const reporting = elements(element, 'reporting-org')[0];
  if (reporting !== undefined) organisationOf(reporting, record.index, context);
  for (const one of elements(element, 'participating-org')) addParticipation(nouns, one, id, record, context);
  nouns.money.push(...moneyOf(record, id, context));
  nouns.headcounts.push(...headcountsOf(record, id, context));
  countLeft(element, context);
}

function addParticipation(nouns: IatiNouns, one: XmlElement, activity: Id, record: IatiRecord, context: NounContext): void {
  const role = ROLES[attribute(one, 'role') ?? ''];
  const organisation = organisationOf(one, record.index, context);
  if (role === undefined || organisation === null) {
    context.left.set('participating-org', (context.left.get('participating-org') ?? 0) + 1);
    return;
  }
  const same = (other: Participation): boolean =>
    other.activity === activity && other.organisation === organisation && other.role === role;
  if (nouns.participations.slice(-200).some(same)) return;
  const from = { dataset: context.dataset, row: record.identifier ?? '' };
  nouns.participations.push({ activity, organisation, person: null, role, from });
}

function addOrganisation(nouns: IatiNouns, record: IatiRecord, context: NounContext): void {
  const { element, identifier } = record;
  if (identifier === null) return;
  const reporting = elements(element, 'reporting-org')[0];
  const kind = reporting !== undefined && attribute(reporting, 'ref') === identifier ? attribute(reporting, 'type') : null;
  const name = elements(element, 'name')[0];
  const id = organisationOf(name ?? element, record.index, context, { ref: identifier, type: kind });
  if (id !== null) nouns.money.push(...moneyOf(record, id, context));
}

/** An id that follows from the identifier. */
function activityId(identifier: string, context: NounContext): Id {
  const id = context.activities.get(identifier) ?? freeId(slugOf(identifier), context.taken.activities);
  context.activities.set(identifier, id);
  return id;
}

/** The first general description, in the language it is told in first. */
function descriptionOf(element: XmlElement): string | null {
  const all = elements(element, 'description');
  const general = all.find((one) => (attribute(one, 'type') ?? '1') === '1') ?? all[0];
  const narrative = general === undefined ? undefined : elements(general, 'narrative')[0];
  const text =
    narrative?.children
      .filter((child) => typeof child === 'string')
      .join('')
      .trim() ?? '';
  return text === '' ? null : text;
}

/** SDGs hide in tags, sectors and sectors of transactions: all three are read. */
function themesOf({ tags, sectors }: IatiDetails): string[] {
  const themes = [
    ...tags.filter(({ vocabulary }) => vocabulary === '2' || vocabulary === '3').map(({ code }) => `sdg-${code}`),
    ...sectors.filter(({ vocabulary }) => vocabulary === '7' || vocabulary === '8').map(({ code }) => `sdg-${code}`),
    ...sectors.filter(({ vocabulary }) => vocabulary === '1').map(({ code }) => `dac-${code}`),
  ];
  return [...new Set(themes)];
}

/** What neither nouns nor details hold, counted by name. */
const NOT_KEPT = [
  'contact-info',
  'collaboration-type',
  'default-flow-type',
  'default-finance-type',
  'default-aid-type',
  'default-tied-status',
  'capital-spend',
  'other-identifier',
  'country-budget-items',
  'humanitarian-scope',
  'conditions',
  'document-link',
  'legacy-data',
  'crs-add',
  'fss',
];

function countLeft(element: XmlElement, context: NounContext): void {
  for (const name of NOT_KEPT) {
    const count = elements(element, name).length;
    if (count > 0) context.left.set(name, (context.left.get(name) ?? 0) + count);
  }
}
