/**
 * What a dossier knows, as the facts that claims are held against: figures, headcounts, money, designations, activities and places,
 * each with its time, its definition, what it holds for, and its source.
 *
 *     const facts = claimFacts(material);
 *     facts.find(({ id }) => id === 'f084');   // { noun: 'observations', value: 8849, unit: '{person}', at: '2013', … }
 */
import type { Fact } from '../science/claim-expression-types.ts';
import type {
  Activity,
  Designation,
  Headcount,
  Id,
  Indicator,
  LocalText,
  Money,
  Observation,
  Organisation,
  Origin,
  Participation,
  Period,
  Quality,
  Site,
  Source,
  ZoneKind,
} from '../types.ts';

/** All that claims can be held against, and the names of what is spoken of. */
export interface ClaimMaterial {
  observations: readonly Observation[];
  /** Readings of long series that no claim names, and which were therefore not read. */
  unread?: number;
  headcounts: readonly Headcount[];
  money: readonly Money[];
  designations: readonly Designation[];
  activities: readonly Activity[];
  participations: readonly Participation[];
  organisations: readonly Organisation[];
  sites: readonly Site[];
  zones: readonly { id: Id; site: Id; kind: ZoneKind }[];
  indicators: ReadonlyMap<Id, Pick<Indicator, 'title'>>;
  sources: ReadonlyMap<Id, Source>;
  /** Those that claims name. */
  passages?: ReadonlyMap<Id, NamedPassage>;
}

/** A passage as evidence: the words, and where they stand. */
export interface NamedPassage {
  id: Id;
  source: Id;
  quote: string;
  page: number | null;
  /** Whether its words may be shown to others. */
  mayQuote: boolean;
  /** Whether it stands in the text that is kept now. */
  placed: boolean;
}

export type FactNoun = 'observations' | 'headcounts' | 'money' | 'designations' | 'activities' | 'sites';

/** A fact with the row it is, and what filters may ask of it. */
export interface DossierFact extends Fact {
  noun: FactNoun;
  /** What it is called: of a figure the indicator, of a place or activity its name. */
  name: LocalText;
  /** What it is of: a site or an activity; `null` of an activity or site itself. */
  place: LocalText | null;
  /** By what expressions call it: the indicator, or the noun. */
  called: string;
  period: Period | { start: string; end: null } | null;
  quality: Quality;
  approximate: boolean;
  page: string | null;
  note: string | null;
  /** What filters look at: one value, several, or none. */
  marks: Readonly<Record<string, readonly string[]>>;
}

const NO_DEFINITION: Readonly<Record<FactNoun, boolean>> = {
  observations: false,
  headcounts: false,
  money: false,
  designations: false,
  activities: true,
  sites: true,
};

/** Every fact of the dossier, in the order of its rows. */
export function claimFacts(material: ClaimMaterial): DossierFact[] {
  const placeOf = placesOf(material);
  return [
    ...material.observations.map((o) => ofObservation(o, material, placeOf)),
    ...material.headcounts.flatMap((count) => ofHeadcount(count, placeOf)),
    ...material.money.map((sum) => ofMoney(sum, placeOf)),
    ...material.designations.map((one) => ofDesignation(one, material)),
    ...material.activities.map((one) => ofActivity(one, material)),
    ...material.sites.map((one) => ofSite(one, material)),
  ];
}

interface Place {
  name: LocalText | null;
  marks: Record<'site' | 'zone' | 'country', string[]>;
}
type Places = (feature: Id) => Place;

/** The site, kind of zone and country of a feature. */
function placesOf({ sites, zones, activities }: ClaimMaterial): Places {
  const zoneById = new Map(zones.map((zone) => [zone.id, zone]));
  const siteById = new Map(sites.map((site) => [site.id, site]));
  const activityById = new Map(activities.map((activity) => [activity.id, activity]));
  return (feature) => {
    const zone = zoneById.get(feature);
    const own = zone === undefined ? (siteById.has(feature) ? [feature] : (activityById.get(feature)?.sites ?? [])) : [zone.site];
    const country = own.flatMap((id) => siteById.get(id)?.countries ?? []);
    const name = activityById.get(feature)?.title ?? siteById.get(zone?.site ?? feature)?.name ?? null;
    return { name, marks: { site: own, zone: zone === undefined ? [] : [zone.kind], country: [...new Set(country)] } };
  };
}

function ofObservation(o: Observation, { indicators }: ClaimMaterial, placeOf: Places): DossierFact {
  const place = placeOf(o.feature);
  const edition = /(?:^|-)((?:19|20)\d\d)$/.exec(o.by.class ?? '')?.[1];
  return {
    noun: 'observations',
    id: o.id,
    called: o.indicator,
    name: indicators.get(o.indicator)?.title ?? { en: o.indicator },
    place: place.name,
    ...figure(o.value, o.low, o.high, o.unit, o.approximate),
    ...timeOf(o.period),
    ...(edition === undefined ? {} : { vintage: edition }),
    ...common({ noun: 'observations', called: o.indicator, from: o.from }),
    quality: o.quality,
    approximate: o.approximate,
    note: o.note,
    ...marked({
      feature: [o.feature],
      ...place.marks,
      class: listed(o.by.class),
      sex: listed(o.by.sex),
      age: listed(o.by.age),
      role: [o.role],
    }),
  };
}

const SEXES = [
  ['total', null],
  ['female', 'F'],
  ['male', 'M'],
  ['other', 'X'],
  ['unknown', 'unknown'],
] as const;

/** A headcount is a fact for each sex that was counted, and one for all. */
function ofHeadcount(count: Headcount, placeOf: Places): DossierFact[] {
  const place = placeOf(count.feature);
  return SEXES.flatMap(([part, sex]): DossierFact[] => {
    const value = count[part];
    if (value === null) return [];
    return [
      {
        noun: 'headcounts',
        id: `headcount:${count.id}${sex === null ? '' : `:${sex}`}`,
        called: 'headcounts',
        name: {},
        place: place.name,
        ...figure(value, null, null, '{person}', false),
        ...timeOf(count.period),
        ...common({ noun: 'headcounts', called: `headcounts-${count.measure}`, from: count.from }),
        quality: 'ok',
        approximate: false,
        note: count.note,
        ...marked({
          feature: [count.feature],
          ...place.marks,
          measure: [count.measure],
          group: count.groups,
          age: listed(count.age),
          sex: listed(sex),
        }),
      },
    ];
  });
}

function ofMoney(sum: Money, placeOf: Places): DossierFact {
  const place = placeOf(sum.feature);
  return {
    noun: 'money',
    id: `money:${sum.id}`,
    called: 'money',
    name: {},
    place: place.name,
    ...figure(sum.value, null, null, `[${sum.currency}]`, false),
    ...timeOf(sum.period),
    ...common({ noun: 'money', called: `money-${sum.kind}`, from: sum.from }),
    quality: 'ok',
    approximate: false,
    note: sum.note,
    ...marked({
      feature: [sum.feature],
      ...place.marks,
      kind: [sum.kind],
      class: sum.classes,
      partner: [sum.provider, sum.receiver].flatMap((id) => listed(id)),
    }),
  };
}

/** A designation is the year it was made in. */
function ofDesignation(one: Designation, { sites }: ClaimMaterial): DossierFact {
  const site = sites.find(({ id }) => id === one.site);
  return {
    noun: 'designations',
    id: `designation:${one.id}`,
    called: 'designations',
    name: site?.name ?? { en: one.site },
    place: null,
    ...figure(one.year, null, null, '1', false),
    ...(one.year === null ? { period: null } : timeOf(yearPeriod(one.year))),
    ...common({ noun: 'designations', called: `designations-${one.kind}`, from: one.from }),
    quality: one.quality,
    approximate: false,
    note: one.note,
    ...marked({
      feature: [one.site],
      site: [one.site],
      country: site?.countries ?? [],
      kind: [one.kind],
      criteria: listed(one.criteria?.split(';')),
    }),
  };
}

/** An activity is the year it began in. */
function ofActivity(one: Activity, { participations, organisations, sites }: ClaimMaterial): DossierFact {
  const partners = participations.flatMap(({ activity, organisation }) =>
    activity === one.id && organisation !== null ? [organisation] : [],
  );
  const partnerOf = organisations.filter(({ id }) => partners.includes(id));
  const { start, end } = one.period;
  return {
    noun: 'activities',
    id: `activity:${one.id}`,
    called: 'activities',
    name: one.title,
    place: null,
    ...figure(start === null ? null : Number(start.slice(0, 4)), null, null, '1', false),
    ...(start === null ? {} : { at: start.slice(0, 10) }),
    period: start === null ? null : end === null ? { start, end: null } : { start, end },
    ...common({ noun: 'activities', called: 'activities', from: one.from }),
    quality: one.quality,
    approximate: false,
    note: one.note,
    ...marked({
      feature: [one.id],
      site: one.sites,
      country: sites.filter(({ id }) => one.sites.includes(id)).flatMap(({ countries }) => countries),
      kind: [one.kind],
      theme: one.themes,
      partner: partners,
      'partner-country': [...new Set(partnerOf.flatMap(({ country }) => listed(country)))],
      parent: listed(one.parent),
    }),
  };
}

/** A place, with the earliest year in which it got the title that it is kept as. */
function ofSite(one: Site, { designations }: ClaimMaterial): DossierFact {
  const dated = designations.filter(({ site, kind, year }) => site === one.id && kind === one.kind && year !== null);
  const [first] = dated.toSorted((a, b) => (a.year as number) - (b.year as number));
  const since = first?.year ?? null;
  return {
    noun: 'sites',
    id: `site:${one.id}`,
    called: 'sites',
    name: one.name,
    place: null,
    ...figure(since, null, null, '1', false),
    ...(since === null ? { period: null } : timeOf(yearPeriod(since))),
    ...(first === undefined ? { page: null } : common({ noun: 'sites', called: 'sites', from: first.from })),
    quality: 'ok',
    approximate: false,
    note: one.note,
    ...marked({
      feature: [one.id],
      site: [one.id],
      country: one.countries,
      countries: [one.countries.join('+')],
      kind: [one.kind],
      parent: listed(one.parent),
    }),
  };
}

/** A figure with its interval; one that is said to be "about" is within half of its last digit that counts. */
function figure(
  value: number | null,
  low: number | null,
  high: number | null,
  unit: string,
  approximate: boolean,
): Pick<DossierFact, 'value' | 'unit' | 'low' | 'high'> {
  const middle = value ?? (low !== null && high !== null ? (low + high) / 2 : null);
  const half = approximate && value !== null && low === null && high === null ? lastDigit(value) / 2 : null;
  const [least, most] = half === null || value === null ? [low, high] : [value - half, value + half];
  return {
    value: middle,
    unit,
    ...(least === null ? {} : { low: least }),
    ...(most === null ? {} : { high: most }),
  };
}

/** Place of the last digit that counts: 100 for 12500, 0.1 for 3.6. */
function lastDigit(value: number): number {
  const [digits = '', decimals = ''] = String(Math.abs(value)).split('.');
  if (decimals !== '') return 10 ** -decimals.length;
  return 10 ** (/0*$/.exec(digits)?.[0].length ?? 0);
}

function common({ noun, called, from }: { noun: FactNoun; called: string; from: Origin }): {
  page: string | null;
  source?: string;
  definition?: string;
} {
  const source = 'run' in from ? `run:${from.run}` : (from.source ?? ('dataset' in from ? from.dataset : undefined));
  return {
    page: 'run' in from ? null : (from.page ?? null),
    ...(source === undefined ? {} : { source }),
    ...(NO_DEFINITION[noun] ? {} : { definition: called }),
  };
}

/** What filters ask, which is also what the fact holds for. */
function marked(marks: Record<string, readonly string[]>): Pick<DossierFact, 'marks' | 'scope'> {
  const held = Object.entries(marks).filter(([, values]) => values.length > 0);
  return { marks, scope: Object.fromEntries(held.map(([key, values]) => [key, values.join(' ')])) };
}

/** When: a year, a month or a day where the period is one, else only the period. */
function timeOf(period: Period | null): Pick<DossierFact, 'at' | 'period'> {
  if (period === null) return { period: null };
  const days = (Date.parse(period.end) - Date.parse(period.start)) / 86_400_000;
  const at = days <= 1 ? period.start.slice(0, 10) : days <= 31 ? period.start.slice(0, 7) : period.start.slice(0, 4);
  return days > 366 ? { period } : { at, period };
}

const yearPeriod = (year: number): Period => ({ start: `${year}-01-01`, end: `${year + 1}-01-01` });

function listed(value: string | readonly string[] | null | undefined): string[] {
  return value === null || value === undefined ? [] : typeof value === 'string' ? [value] : [...value];
}
