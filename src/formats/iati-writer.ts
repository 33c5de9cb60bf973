/**
 * Activities as an IATI 2.03 file, its elements in the order the schema demands, and what its own check says about it.
 *
 *     const { text, reading, issues } = writeIati(nouns, { reporting, today: '2026-06-30' });
 *
 * `details` (see `iati-details.ts`) fill what our nouns do not hold. Persons, claims and codes of documents have no place in IATI;
 * roles and money without one are counted in `issues`.
 */
import { inAll } from '../i18n/index.ts';
import type { Activity, Headcount, Id, LocalText, Money, Organisation, Participation } from '../types.ts';
import { type IatiReading, iatiTypes, readIati } from './iati.ts';
import type { IatiNouns } from './iati-activities.ts';
import type { IatiDetails } from './iati-details.ts';
import { nextDay } from './iati-nouns.ts';
import { type IssueLists, issueLists } from './import-issue.ts';
import { inOrder } from './xml-schema.ts';
import { element, writeXml, type XmlElement } from './xml-tree.ts';

export interface IatiWriting {
  /** Who publishes; its reference begins every identifier. */
  reporting: Organisation;
  /** The day that "now" is, ISO 8601: it decides the status where none is stated. */
  today: string;
  /** ISO 8601 with time; left out where not given, so that the same data give the same bytes. */
  generated?: string;
}

type Written = Pick<IatiNouns, 'organisations' | 'activities' | 'participations' | 'money' | 'headcounts'> & {
  details?: Record<Id, IatiDetails>;
};

const ROLES: Partial<Record<Participation['role'], string>> = {
  funding: '1',
  accountable: '2',
  extending: '3',
  implementing: '4',
  host: '4',
  partner: '4',
};

/** The text of the file, the reading of it by `readIati`, and what could not be written. */
export function writeIati(nouns: Written, options: IatiWriting): { text: string; reading: IatiReading; issues: IssueLists } {
  const issues = issueLists();
  const records = nouns.activities.map((activity) => activityElement(activity, nouns, options, issues));
  const root = element('iati-activities', { version: '2.03', 'generated-datetime': options.generated }, records);
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(inOrder(root, 'iati-activities', iatiTypes.activities))}`;
  const reading = readIati({ name: 'iati.xml', bytes: new TextEncoder().encode(text) }, { today: options.today });
  return { text, reading, issues };
}

/** What IATI calls the activity: its own identifier, else that of the publisher and ours. */
export function iatiIdentifier(activity: Activity, reporting: Organisation, details?: IatiDetails): string {
  return details?.identifier ?? `${reporting.ids.iati ?? ''}-${activity.id}`;
}

function activityElement(activity: Activity, nouns: Written, options: IatiWriting, issues: IssueLists): XmlElement {
  const details = nouns.details?.[activity.id];
  const { reporting, today } = options;
  const missing = (name: string): void => issues.add('error', 'iati-write-missing', { record: activity.id, name });
  if (reporting.ids.iati === undefined) missing('reporting-org/@ref');
  if (activity.period.start === null) missing('activity-date');
  const partners = nouns.participations.filter((one) => one.activity === activity.id);
  const money = nouns.money.filter((one) => one.feature === activity.id);
  const parent = nouns.activities.find(({ id }) => id === activity.parent);
  const description: LocalText =
    activity.description === null ? activity.title : { [languageOf(activity)]: activity.description };
  const code = (name: string, value: string | null | undefined): XmlElement | null =>
    value === null || value === undefined ? null : element(name, { code: value });
  return element(
    'iati-activity',
    { 'xml:lang': languageOf(activity), 'default-currency': money[0]?.currency, hierarchy: details?.hierarchy },
    [
      element('iati-identifier', {}, [iatiIdentifier(activity, reporting, details)]),
      element('reporting-org', { ref: reporting.ids.iati ?? '', type: reporting.kind ?? '40' }, narrativesOf(reporting.name)),
      element('title', {}, narrativesOf(activity.title)),
      element('description', { type: '1' }, narrativesOf(description)),
      ...partnersOf(partners, nouns.organisations, missing, issues),
      element('activity-status', { code: details?.status ?? statusOf(activity, today) }),
      ...datesOf(activity, today),
      code('activity-scope', details?.scope),
      ...(details === undefined ? [] : detailElements(details)),
      ...(details === undefined ? themeElements(activity) : []),
      ...money.flatMap((one) => moneyElement(one, nouns.organisations, issues)),
      parent === undefined
        ? null
        : element('related-activity', { ref: iatiIdentifier(parent, reporting, nouns.details?.[parent.id]), type: '1' }),
      ...resultElements(
        nouns.headcounts.filter((one) => one.feature === activity.id),
        issues,
      ),
    ],
  );
}

function languageOf(activity: Activity): string {
  return Object.keys(activity.title)[0] ?? 'en';
}

function narrativesOf(text: LocalText): XmlElement[] {
  return Object.entries(text).map(([lang, words]) => element('narrative', { 'xml:lang': lang }, [words]));
}

function partnersOf(
  partners: Participation[],
  organisations: Organisation[],
  missing: (name: string) => void,
  issues: IssueLists,
): XmlElement[] {
  const written = partners.flatMap((one) => {
    const role = ROLES[one.role];
    const organisation = organisations.find(({ id }) => id === one.organisation);
    if (role === undefined || organisation === undefined) {
      issues.add('warning', 'exchange-left-out', {
        file: 'iati.xml',
        found: `${one.role} ${one.organisation ?? one.person ?? ''}`,
      });
      return [];
    }
    const attributes = { ref: organisation.ids.iati, type: organisation.kind, role };
    return [element('participating-org', attributes, narrativesOf(organisation.name))];
  });
  if (written.length === 0) missing('participating-org');
  return written;
}

/** Pipeline, implementation or closed, by the dates alone. */
function statusOf({ period }: Activity, today: string): string {
  if (period.end !== null && period.end <= today) return '4';
  return period.start === null || period.start > today ? '1' : '2';
}

/** Dates that have come are actual ones (2, 4), others planned (1, 3). */
function datesOf({ period }: Activity, today: string): XmlElement[] {
  const end = period.end === null ? null : nextDay(period.end, -1);
  const date = (day: string | null, planned: string, actual: string): XmlElement[] =>
    day === null ? [] : [element('activity-date', { 'iso-date': day, type: day <= today ? actual : planned })];
  return [...date(period.start, '1', '2'), ...date(end, '3', '4')];
}

function detailElements(details: IatiDetails): XmlElement[] {
  const share = ({ code, percentage }: { code: string; percentage: number | null }) => ({ code, percentage });
  return [
    ...details.countries.map((one) => element('recipient-country', share(one))),
    ...details.regions.map((one) => element('recipient-region', { vocabulary: one.vocabulary, ...share(one) })),
    ...details.places.map(({ name, place: [lon, lat] }) =>
      element('location', {}, [
        name === null ? null : element('name', {}, [element('narrative', {}, [name])]),
        element('point', { srsName: 'http://www.opengis.net/def/crs/EPSG/0/4326' }, [element('pos', {}, [`${lat} ${lon}`])]),
      ]),
    ),
    ...details.sectors.map((one) =>
      element(
        'sector',
        { vocabulary: one.vocabulary, ...share(one) },
        one.name === null ? [] : [element('narrative', {}, [one.name])],
      ),
    ),
    ...details.tags.map(({ vocabulary, code }) => element('tag', { vocabulary, code })),
    ...details.markers.map(({ vocabulary, code, significance, name }) =>
      element('policy-marker', { vocabulary, code, significance }, name === null ? [] : [element('narrative', {}, [name])]),
    ),
  ];
}

/** SDGs are written as tags (2 goal, 3 target), sectors of the DAC as sectors in equal shares. */
function themeElements({ themes }: Activity): XmlElement[] {
  const tags = themes.flatMap((theme) => /^sdg-(\d{1,2})(\.[\da-z]+)?$/.exec(theme)?.slice(1, 3).join('') ?? []);
  const sectors = themes.flatMap((theme) => /^dac-(\d{5})$/.exec(theme)?.[1] ?? []);
  const part = Math.floor(10_000 / Math.max(sectors.length, 1)) / 100;
  const first = Math.round((100 - part * (sectors.length - 1)) * 100) / 100;
  return [
    ...sectors.map((code, i) =>
      element('sector', { vocabulary: '1', code, percentage: sectors.length === 1 ? null : i === 0 ? first : part }),
    ),
    ...tags.map((code) => element('tag', { vocabulary: code.includes('.') ? '3' : '2', code })),
  ];
}

function moneyElement(money: Money, organisations: Organisation[], issues: IssueLists): XmlElement[] {
  const { kind, classes, period, value, currency } = money;
  const incoming = classes.includes('incoming');
  const transaction = { commitment: incoming ? '11' : '2', disbursement: incoming ? '1' : '3', expenditure: '4' }[kind as string];
  if (period === null || (kind !== 'budget' && transaction === undefined)) {
    issues.add('warning', 'exchange-left-out', { file: 'iati.xml', found: `${kind} ${value} ${currency} (${money.id})` });
    return [];
  }
  const amount = element('value', { currency, 'value-date': period.start }, [String(value)]);
  const who = (name: string, id: Id | null): XmlElement | null => {
    const one = organisations.find((organisation) => organisation.id === id);
    return one === undefined ? null : element(name, { ref: one.ids.iati, type: one.kind }, narrativesOf(one.name));
  };
  const parties = [who('provider-org', money.provider), who('receiver-org', money.receiver)];
  if (kind !== 'budget') {
    const date = element('transaction-date', { 'iso-date': period.start });
    return [element('transaction', {}, [element('transaction-type', { code: transaction }), date, amount, ...parties])];
  }
  const span = [
    element('period-start', { 'iso-date': period.start }),
    element('period-end', { 'iso-date': nextDay(period.end, -1) }),
    amount,
  ];
  const type = classes.includes('revised') ? '2' : '1';
  if (classes.includes('planned-disbursement')) return [element('planned-disbursement', { type }, [...span, ...parties])];
  return [element('budget', { type, status: classes.includes('committed') ? '2' : '1' }, span)]; // BudgetStatus: 1 indicative
}

/** Each measure is one result; each period, its people by sex. What was not counted is not written. */
function resultElements(headcounts: Headcount[], issues: IssueLists): XmlElement[] {
  const dated = headcounts.filter((one) => {
    if (one.period === null) issues.add('warning', 'exchange-left-out', { file: 'iati.xml', found: one.id });
    return one.period !== null;
  });
  return [...Map.groupBy(dated, ({ measure, note }) => JSON.stringify([measure, note]))].map(([key, counts]) => {
    const [measure, note] = JSON.parse(key) as [Headcount['measure'], string | null];
    const title = element(
      'title',
      {},
      note === null ? narrativesOf(inAll(`iati.headcounts.${measure}`)) : [element('narrative', {}, [note])],
    );
    const periods = Map.groupBy(counts, ({ period }) => `${period?.start}/${period?.end}`);
    const inside = [...periods.values()].map((ofPeriod) => periodElement(ofPeriod));
    return element('result', { type: '1' }, [title, element('indicator', { measure: '1', ascending: '1' }, [title, ...inside])]);
  });
}

function periodElement(counts: Headcount[]): XmlElement {
  const period = counts[0]?.period;
  const actuals = counts.flatMap((one) =>
    (['total', 'female', 'male', 'other', 'unknown'] as const).flatMap((sex) => {
      const value = one[sex];
      if (value === null) return [];
      const dimensions = [
        element('dimension', { name: 'sex', value: sex }),
        ...(one.age === null ? [] : [element('dimension', { name: 'age', value: one.age })]),
        ...one.groups.map((group) =>
          element('dimension', { name: group.split(':')[0] ?? 'group', value: group.split(':').slice(1).join(':') || group }),
        ),
      ];
      return [element('actual', { value }, dimensions)];
    }),
  );
  return element('period', {}, [
    element('period-start', { 'iso-date': period?.start }),
    element('period-end', { 'iso-date': period === null || period === undefined ? null : nextDay(period.end, -1) }),
    ...actuals,
  ]);
}
