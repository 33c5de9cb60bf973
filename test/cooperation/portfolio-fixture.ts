/** Small nouns for the tests of cooperation. */
import type { PortfolioFacts } from '../../src/cooperation/portfolio.ts';
import type { Activity, Headcount, Indicator, Money, Observation, Organisation, Participation } from '../../src/types.ts';

const from = { source: 'test' };

export const activity = (id: string, rest: Partial<Activity> = {}): Activity => ({
  id,
  kind: 'project',
  parent: null,
  title: { en: id },
  description: null,
  period: { start: null, end: null },
  sites: [],
  themes: [],
  functions: [],
  category: null,
  result: null,
  quality: 'ok',
  note: null,
  from,
  ...rest,
});

export const organisation = (id: string, rest: Partial<Organisation> = {}): Organisation => ({
  id,
  name: { en: id },
  acronym: null,
  kind: null,
  country: null,
  parent: null,
  ids: {},
  aliases: [],
  ...rest,
});

export const takesPart = (of: string, who: string, role: Participation['role'] = 'partner'): Participation => ({
  activity: of,
  organisation: who,
  person: null,
  role,
  from,
});

export const headcount = (feature: string, rest: Partial<Headcount> = {}): Headcount => ({
  id: `${feature}-people-${JSON.stringify(rest)}`,
  feature,
  measure: 'trained',
  groups: [],
  age: null,
  period: null,
  total: null,
  female: null,
  male: null,
  other: null,
  unknown: null,
  unique: 'unknown',
  note: null,
  from,
  ...rest,
});

export const sum = (id: string, feature: string, rest: Partial<Money> = {}): Money => ({
  id,
  feature,
  kind: 'budget',
  value: 1,
  currency: 'USD',
  period: null,
  classes: [],
  provider: null,
  receiver: null,
  note: null,
  from,
  ...rest,
});

export const observation = (
  id: string,
  feature: string,
  of: string,
  value: number,
  rest: Partial<Observation> = {},
): Observation => ({
  id,
  indicator: of,
  feature,
  period: { start: '2020-01-01', end: '2021-01-01' },
  value,
  unit: '{person}',
  low: null,
  high: null,
  level: null,
  n: null,
  by: {},
  role: 'declared',
  quality: 'ok',
  approximate: false,
  note: null,
  from,
  ...rest,
});

export const indicator = (id: string, rest: Partial<Indicator> = {}): Indicator => ({
  id,
  title: { en: id },
  definition: { en: id },
  unit: '1',
  method: null,
  version: 1,
  function: 'development',
  better: 'neither',
  standing: 'own',
  codes: {},
  references: [],
  ...rest,
});

export const facts = ({
  organisations = [],
  ...rest
}: Partial<Omit<PortfolioFacts, 'organisations'>> & { organisations?: Organisation[] }): PortfolioFacts => ({
  activities: [],
  aims: new Map(),
  people: new Map(),
  participations: [],
  headcounts: [],
  money: [],
  observations: [],
  siteNames: new Map(),
  ...rest,
  organisations: new Map(organisations.map((one) => [one.id, one])),
});
