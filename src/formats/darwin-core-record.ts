/**
 * One record of a species from the terms of Darwin Core: what can be read is read, what cannot is flagged and kept as it came.
 *
 *     const make = recordMaker({ today: '2026-11-23', place: { countries } });
 *     make({ scientificName: 'Saiga tatarica', decimalLatitude: '49.5', … }, 'occurrence.txt:2')
 */
import type { LifeRecord, RecordFlag } from '../life-types.ts';
import { type PlaceContext, placeRules } from '../science/coordinate-quality.ts';
import { recordDate } from '../science/coordinate-quality-date.ts';
import { countryCode } from './darwin-core-country.ts';
import { licenceOf } from './darwin-core-metadata.ts';

/** Terms that records are made of. */
export const RECORD_TERMS = [
  'id',
  'occurrenceID',
  'gbifID',
  'scientificName',
  'scientificNameAuthorship',
  'acceptedNameUsage',
  'species',
  'genus',
  'specificEpithet',
  'infraspecificEpithet',
  'taxonRank',
  'kingdom',
  'vernacularName',
  'decimalLatitude',
  'decimalLongitude',
  'geodeticDatum',
  'coordinateUncertaintyInMeters',
  'countryCode',
  'country',
  'eventDate',
  'year',
  'month',
  'day',
  'individualCount',
  'organismQuantity',
  'organismQuantityType',
  'occurrenceStatus',
  'basisOfRecord',
  'recordedBy',
  'datasetKey',
  'datasetID',
  'datasetName',
  'license',
  'rights',
  'identificationQualifier',
  'dataGeneralizations',
  'informationWithheld',
  ...[
    'coordinatePrecision',
    'class',
    'sex',
    'lifeStage',
    'rightsHolder',
    'establishmentMeans',
    'degreeOfEstablishment',
    'issue',
    'catalogNumber',
    'institutionCode',
  ],
  ...[
    'collectionCode',
    'locality',
    'locationID',
    'parentEventID',
    'samplingProtocol',
    'samplingEffort',
    'eventID',
    'taxonID',
    'taxonKey',
    'references',
    'publishingOrgKey',
  ],
] as const;

export type RecordTerm = (typeof RECORD_TERMS)[number];

/** Terms that have a place of their own in a record; the others are kept as they came. */
const OWN = new Set<string>([
  ...[
    'id',
    'occurrenceID',
    'scientificName',
    'scientificNameAuthorship',
    'acceptedNameUsage',
    'species',
    'genus',
    'specificEpithet',
  ],
  ...[
    'infraspecificEpithet',
    'taxonRank',
    'vernacularName',
    'year',
    'month',
    'day',
    'basisOfRecord',
    'recordedBy',
    'countryCode',
    'datasetKey',
  ],
]);

/** Radii that stand for something else: middles of counties and states in gazetteers. CoordinateCleaner, cf. Zizka et al. 2019 */
const FALSE_RADII = new Set([301, 3036, 999, 9999]);
const WGS_LIKE = /^$|wgs|4326|4258|etrs|nad\s*83|gda|not recorded|unknown|неизвестно/i;
/** Half the earth around [m]. */
const FARTHEST = 20_037_509;

export interface RecordContext {
  /** ISO 8601 day; records of later days are flagged. */
  today: string | null;
  place: PlaceContext;
}

export type RecordValues = Partial<Record<RecordTerm, string>>;

/** A maker of records that remembers those it made, to tell doubles: the same name, place, day, person and number. */
export function recordMaker(context: RecordContext): (values: RecordValues, row: string) => LifeRecord {
  const isNew = numbersSeen();
  return (values, row) => {
    const record = recordOf(values, row, context);
    const { place, period, fields } = record;
    if (place === null || period === null) return record;
    const key = keyOf(
      `${record.name}|${place[0]}|${place[1]}|${period.start}|${record.recordedBy}|${record.count}|${fields.catalogNumber ?? ''}|${fields.sex ?? ''}|${fields.lifeStage ?? ''}`,
    );
    if (!isNew(key)) record.flags.push('duplicate');
    return record;
  };
}

/** Whether a number above 0 comes for the first time; a table of doubles, as a Set of a million of them costs several times as much. */
function numbersSeen(): (key: number) => boolean {
  let table = new Float64Array(1 << 12);
  let count = 0;
  const put = (into: Float64Array, key: number): boolean => {
    const mask = into.length - 1;
    for (let at = (key % 0x7fffffff) & mask; ; at = (at + 1) & mask) {
      if (into[at] === key) return false;
      if (into[at] !== 0) continue;
      into[at] = key;
      return true;
    }
  };
  return (key) => {
    if (count * 2 > table.length) {
      const larger = new Float64Array(table.length * 4);
      for (const one of table) if (one !== 0) put(larger, one);
      table = larger;
    }
    const fresh = put(table, key + 1);
    if (fresh) count++;
    return fresh;
  };
}

function recordOf(values: RecordValues, row: string, { today, place: placing }: RecordContext): LifeRecord {
  const get = (term: RecordTerm): string => values[term]?.trim() ?? '';
  const flags: RecordFlag[] = [];
  const name = nameOf(get);
  if (name === '') flags.push('name-missing');
  if (get('identificationQualifier') !== '' || /\b(cf|aff|sp|spp)\.|\?/.test(name)) flags.push('name-uncertain');
  const date = recordDate(get('eventDate'), { year: get('year'), month: get('month'), day: get('day'), today });
  const uncertaintyM = radiusOf(get('coordinateUncertaintyInMeters'), flags);
  const country = countryCode(get('countryCode')) ?? countryCode(get('country'));
  const [latText, lonText] = [get('decimalLatitude'), get('decimalLongitude')];
  const [lat, lon] = [degreesOf(latText), degreesOf(lonText)];
  if ((latText !== '' && lat === null) || (lonText !== '' && lon === null)) flags.push('coordinates-unreadable');
  else
    flags.push(
      ...placeRules({ lon: lon ?? Number.NaN, lat: lat ?? Number.NaN, lonText, latText, country, uncertaintyM }, placing),
    );
  if (!WGS_LIKE.test(get('geodeticDatum'))) flags.push('datum-other');
  if (get('dataGeneralizations') !== '' || /obscured|coordinates|location|place|координат|мест/i.test(get('informationWithheld')))
    flags.push('obscured');
  const lies = lon !== null && lat !== null && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  const { count, absent } = countOf(get, flags);
  if (absent) flags.push('absent');
  flags.push(...date.rules);
  const licence = get('license') || get('rights');
  return {
    row,
    id: get('occurrenceID') || get('gbifID') || get('id') || null,
    name,
    author: get('scientificNameAuthorship') || null,
    rank: get('taxonRank').toLowerCase() || null,
    kingdom: get('kingdom') || null,
    vernacular: vernacularOf(get('vernacularName')),
    place: lies ? [lon, lat] : null,
    period: date.start === null || date.end === null ? null : { start: date.start, end: date.end },
    uncertaintyM,
    count,
    basis: basisOf(get('basisOfRecord')),
    recordedBy: get('recordedBy') || null,
    country,
    dataset: get('datasetKey') || get('datasetID') || get('datasetName') || null,
    licence: licence === '' ? null : (licenceOf(licence) ?? licence.slice(0, 200)),
    fields: fieldsOf(values, flags),
    flags,
  };
}

/** Terms without a place of their own, and those whose text says more than what was made of it. */
function fieldsOf(values: RecordValues, flags: readonly RecordFlag[]): Record<string, string> {
  let [place, radius, number, day] = [false, false, false, false];
  for (const flag of flags) {
    place ||= flag.startsWith('coordinates-') || flag === 'datum-other';
    radius ||= flag.startsWith('uncertainty-');
    number ||= flag.startsWith('count-');
    day ||= flag.startsWith('date-');
  }
  const fields: Record<string, string> = {};
  for (const term in values) {
    const value = values[term as RecordTerm];
    if (value === undefined || value === '' || OWN.has(term)) continue;
    if (!place && (term === 'decimalLatitude' || term === 'decimalLongitude')) continue;
    if (!radius && term === 'coordinateUncertaintyInMeters') continue;
    if (!number && term === 'individualCount') continue;
    if (!day && term === 'eventDate' && value[10] !== 'T') continue;
    fields[term] = value.trim();
  }
  return fields;
}

function nameOf(get: (term: RecordTerm) => string): string {
  const whole = get('scientificName') || get('species') || get('acceptedNameUsage');
  return whole !== ''
    ? whole
    : [get('genus'), get('specificEpithet'), get('infraspecificEpithet')].filter((part) => part !== '').join(' ');
}

/** Decimal degrees; a comma is a point, and a letter of the compass is a sign. */
export function degreesOf(text: string): number | null {
  const found = /^([+-]?)(\d{1,7}(?:[.,]\d*)?|[.,]\d+)\s*°?\s*([NSEWСЮВЗ])?$/iu.exec(text.replace(/[−–]/, '-'));
  if (found === null) return null;
  const value = Number((found[2] ?? '').replace(',', '.'));
  const south = found[1] === '-' || /[SWЮЗ]/i.test(found[3] ?? '');
  return Number.isFinite(value) ? (south ? -value : value) : null;
}

/** Metres; kilometres are taken as such and flagged, as the term asks for metres. */
function radiusOf(text: string, flags: RecordFlag[]): number | null {
  if (text === '') return null;
  const found = /^[<~±]?\s*(\d+(?:[.,]\d+)?)(?:e\+?(\d))?\s*(km|км|m|м|ft|mi)?\.?$/i.exec(text);
  if (found === null) {
    flags.push('uncertainty-unreadable');
    return null;
  }
  const factor = { km: 1000, км: 1000, ft: 0.3048, mi: 1609.344 }[(found[3] ?? 'm').toLowerCase()] ?? 1;
  if (factor !== 1) flags.push('uncertainty-unit');
  const value = Number((found[1] ?? '').replace(',', '.')) * 10 ** Number(found[2] ?? 0) * factor;
  if (value <= 0 || value > FARTHEST) {
    flags.push('uncertainty-unreadable'); // nobody knows a place to nothing
    return null;
  }
  if (FALSE_RADII.has(value)) flags.push('uncertainty-default');
  return value;
}

function countOf(get: (term: RecordTerm) => string, flags: RecordFlag[]): { count: number | null; absent: boolean } {
  const status = get('occurrenceStatus').toLowerCase();
  const individuals = /^individuals?$/i.test(get('organismQuantityType')) ? get('organismQuantity') : '';
  const text = get('individualCount') || individuals;
  const count = wholeNumber(text, flags);
  const absent = /^absent|отсутств|жоқ|yok/.test(status) || (count === 0 && !/^present/.test(status));
  return { count: absent ? 0 : count, absent };
}

/** Individuals: `12`, `12.0`; of `10-20`, `>100` and `c. 50` the number that is sure, flagged. */
export function wholeNumber(text: string, flags: RecordFlag[]): number | null {
  if (text === '') return null;
  if (/^\d{1,9}(?:[.,]0+)?$/.test(text)) return Math.round(Number(text.replace(',', '.')));
  const about = /^(?:c(?:a|irca)?\.?|~|≈|>|≥|около|ок\.|более|>=)?\s*(\d{1,9})\s*(?:\+|[-–]\s*\d{1,9})?$/iu.exec(text);
  flags.push(about === null ? 'count-unreadable' : 'count-approximate');
  return about === null ? null : Number(about[1]);
}

const BASES = [
  'HumanObservation',
  'MachineObservation',
  'PreservedSpecimen',
  'FossilSpecimen',
  'LivingSpecimen',
  'MaterialSample',
  'MaterialCitation',
  'Observation',
  'Occurrence',
  'MaterialEntity',
];
const BASE = new Map(BASES.map((base) => [base.toLowerCase(), base]));

function basisOf(text: string): string | null {
  return text === '' ? null : (BASE.get(text.toLowerCase().replace(/[\s_-]/g, '')) ?? text);
}

/** The language of a vernacular name by its letters. */
export function vernacularOf(text: string): LifeRecord['vernacular'] {
  if (text === '') return {};
  if (/[әғқңөұүһі]/iu.test(text)) return { kk: text };
  return /[а-яё]/iu.test(text) ? { ru: text } : /[ğışçĞİŞ]/u.test(text) ? { tr: text } : { en: text };
}

/** A number of 53 bits for a text (FNV-1a, two halves): two of a million texts share one with a chance of 1 in 20,000. */
function keyOf(text: string): number {
  let [a, b] = [0x811c9dc5, 0x1000193];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) + 0x9e3779b9;
  }
  return ((a >>> 0) & 0x1fffff) * 4294967296 + (b >>> 0);
}
