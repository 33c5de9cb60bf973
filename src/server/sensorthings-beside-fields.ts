/**
 * What an entity beside the dossier must and may have (OGC 18-088, 8.2), kept as it was written.
 *
 *     besideBody('Sensors', { name: 'Fluke 17', description: '…', encodingType: 'application/pdf', metadata: '…' })
 */
import type { Problem } from '../problems.ts';
import { type Body, bodyOf, isEntityLike, textIn, wrong } from './sensorthings-body.ts';
import { MODEL, type SetName } from './sensorthings-model.ts';
import { type Time, timeOf } from './sensorthings-values.ts';

type Kind = 'text' | 'anything' | 'object' | 'place' | 'moment' | 'time';

interface Field {
  kind: Kind;
  isMandatory: boolean;
}

const must = (kind: Kind): Field => ({ kind, isMandatory: true });
const may = (kind: Kind): Field => ({ kind, isMandatory: false });
const NAMED = { name: must('text'), description: must('text') };

const FIELDS: Readonly<Record<SetName, Readonly<Record<string, Field>>>> = {
  Things: { ...NAMED, properties: may('object') },
  Locations: { ...NAMED, encodingType: must('text'), location: must('place'), properties: may('object') },
  HistoricalLocations: { time: must('moment') },
  Datastreams: {
    ...NAMED,
    observationType: must('text'),
    unitOfMeasurement: must('object'),
    properties: may('object'),
  },
  Sensors: { ...NAMED, encodingType: must('text'), metadata: must('anything'), properties: may('object') },
  ObservedProperties: { ...NAMED, definition: must('text'), properties: may('object') },
  Observations: {
    phenomenonTime: may('time'),
    resultTime: may('moment'),
    result: must('anything'),
    resultQuality: may('anything'),
    validTime: may('time'),
    parameters: may('object'),
  },
  FeaturesOfInterest: { ...NAMED, encodingType: must('text'), feature: must('place'), properties: may('object') },
};

/** Objects of which an update may name a part. */
const OPEN = ['properties', 'parameters', 'unitOfMeasurement'];

/** Deeper or longer text than any of these has reason to be [characters]. */
const LONGEST = 200_000;

/** All properties of a new entity, or of one that is replaced. @throws Problem `sta-field`, `sta-not-kept` */
export function besideBody(set: SetName, given: unknown): Body {
  const body = bodyOf(set, given, [...MODEL[set].properties, ...Object.keys(MODEL[set].links)]);
  const kept: Body = {};
  for (const [name, { kind, isMandatory }] of Object.entries(FIELDS[set])) {
    const found = body[name];
    const isMissing = found === undefined || (found === null && name !== 'result');
    if (isMissing && isMandatory) throw wrong(set, name, found, expectedOf(kind));
    if (isMissing) continue;
    kept[name] = checked(set, body, name, kind);
  }
  if (JSON.stringify(kept).length > LONGEST) throw wrong(set, 'body', `> ${LONGEST}`, `≤ ${LONGEST}`);
  return kept;
}

/** What is named changes; of open objects only the members that are named, which `null` takes away. @throws Problem as `besideBody` */
export function changedBody(set: SetName, before: Body, given: unknown): Body {
  const named = bodyOf(set, given, [...MODEL[set].properties, ...Object.keys(MODEL[set].links)]);
  const merged: Body = { ...before };
  for (const name of Object.keys(FIELDS[set])) {
    const [old, now] = [before[name], named[name]];
    if (now === undefined) continue;
    merged[name] = OPEN.includes(name) && isEntityLike(old) && isEntityLike(now) ? withoutNull({ ...old, ...now }) : now;
  }
  return besideBody(set, merged);
}

function withoutNull(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

function checked(set: SetName, body: Body, name: string, kind: Kind): unknown {
  const found = body[name];
  if (kind === 'text') return textIn(set, body, name);
  if (kind === 'object' && !isEntityLike(found)) throw wrong(set, name, found, expectedOf(kind));
  if (kind === 'moment' || kind === 'time') besideTime(set, name, found, kind);
  if (kind === 'place' && /json/i.test(String(body.encodingType)) && !isGeoJson(found)) throw notAPlace(set, name, found);
  return found;
}

/** @throws Problem `sta-field` */
export function besideTime(set: SetName, name: string, found: unknown, kind: 'moment' | 'time' = 'time'): Time {
  const time = typeof found === 'string' ? timeOf(found) : null;
  if (time === null || (kind === 'moment' && time.start !== time.end)) throw wrong(set, name, found, expectedOf(kind));
  return time;
}

function notAPlace(set: SetName, name: string, found: unknown): Problem {
  return wrong(set, name, found, expectedOf('place'));
}

const SHAPES: Record<string, number> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

/** A geometry, or a feature with one. RFC 7946. */
function isGeoJson(found: unknown): boolean {
  if (!isEntityLike(found)) return false;
  if (found.type === 'Feature') return found.geometry === null || isGeoJson(found.geometry);
  if (found.type === 'GeometryCollection') return Array.isArray(found.geometries) && found.geometries.every(isGeoJson);
  const depth = SHAPES[String(found.type)];
  return depth !== undefined && isPlace(found.coordinates, depth);
}

function isPlace(found: unknown, depth: number): boolean {
  if (!Array.isArray(found)) return false;
  if (depth > 0) return found.every((one) => isPlace(one, depth - 1));
  return found.length >= 2 && found.every((one) => typeof one === 'number' && Number.isFinite(one));
}

function expectedOf(kind: Kind): string {
  if (kind === 'text') return '"…"';
  if (kind === 'object') return '{ … }';
  if (kind === 'place') return '{ "type": "Point", "coordinates": [61.7, 46.1] }';
  if (kind === 'moment') return '2020-01-01T06:00:00Z';
  return kind === 'time' ? '2020-01-01T06:00:00Z, 2020-01-01T00:00:00Z/2020-02-01T00:00:00Z' : '…';
}
