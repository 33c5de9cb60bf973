/** The sets of OGC SensorThings 1.1 (OGC 18-088, 8.2): their properties and how they lead to one another. */

export const SET_NAMES = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
  'FeaturesOfInterest',
] as const;
export type SetName = (typeof SET_NAMES)[number];

export interface Link {
  set: SetName;
  many: boolean;
}

export interface SetModel {
  properties: readonly string[];
  links: Readonly<Record<string, Link>>;
}

const many = (set: SetName): Link => ({ set, many: true });
const one = (set: SetName): Link => ({ set, many: false });

export const MODEL: Readonly<Record<SetName, SetModel>> = {
  Things: {
    properties: ['name', 'description', 'properties'],
    links: { Locations: many('Locations'), HistoricalLocations: many('HistoricalLocations'), Datastreams: many('Datastreams') },
  },
  Locations: {
    properties: ['name', 'description', 'encodingType', 'location', 'properties'],
    links: { Things: many('Things'), HistoricalLocations: many('HistoricalLocations') },
  },
  HistoricalLocations: { properties: ['time'], links: { Thing: one('Things'), Locations: many('Locations') } },
  Datastreams: {
    properties: [
      'name',
      'description',
      'observationType',
      'unitOfMeasurement',
      'observedArea',
      'phenomenonTime',
      'resultTime',
      'properties',
    ],
    links: {
      Thing: one('Things'),
      Sensor: one('Sensors'),
      ObservedProperty: one('ObservedProperties'),
      Observations: many('Observations'),
    },
  },
  Sensors: {
    properties: ['name', 'description', 'encodingType', 'metadata', 'properties'],
    links: { Datastreams: many('Datastreams') },
  },
  ObservedProperties: {
    properties: ['name', 'definition', 'description', 'properties'],
    links: { Datastreams: many('Datastreams') },
  },
  Observations: {
    properties: ['phenomenonTime', 'resultTime', 'result', 'resultQuality', 'validTime', 'parameters'],
    links: { Datastream: one('Datastreams'), FeatureOfInterest: one('FeaturesOfInterest') },
  },
  FeaturesOfInterest: {
    properties: ['name', 'description', 'encodingType', 'feature', 'properties'],
    links: { Observations: many('Observations') },
  },
};

/** How the standard's clients name what every entity has. */
export const ID_NAMES: readonly string[] = ['id', '@iot.id'];
export const SELF = '@iot.selfLink';

export function isSetName(name: string): name is SetName {
  return (SET_NAMES as readonly string[]).includes(name);
}

/** The set that a single entity of another set is linked as, such as `Thing`. */
export function linkOf(set: SetName, name: string): Link | null {
  const { links } = MODEL[set];
  return Object.hasOwn(links, name) ? (links[name] ?? null) : null;
}

export function entityAddress(root: string, set: SetName, id: string): string {
  return `${root}/${set}${keyOf(id)}`;
}

/** An id as it stands in an address: what is kept beside the dossier has a number, all else text in quotes. */
export function keyOf(id: string): string {
  return isBeside(id) ? `(${id.slice(1)})` : `('${encodeURIComponent(id.replaceAll("'", "''"))}')`;
}

/** An id as it is told. */
export function shownId(id: string): string | number {
  return isBeside(id) ? Number(id.slice(1)) : id;
}

/** Whether it is the id of what a program keeps beside the dossier. */
export function isBeside(id: string): boolean {
  return /^#\d+$/.test(id);
}
