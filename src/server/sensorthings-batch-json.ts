/**
 * Batches as JSON (OData JSON Format 4.01, 19), as servers of SensorThings take them besides multipart messages.
 *
 *     { "requests": [{ "id": "a", "atomicityGroup": "g", "method": "post", "url": "Things", "body": { … } },
 *                    { "id": "b", "atomicityGroup": "g", "method": "post", "url": "$a/Datastreams", "body": { … } }] }
 */
import { Problem, problemText } from '../problems.ts';
import type { Lang } from '../types.ts';
import { isEntityLike } from './sensorthings-body.ts';
import type { Part, Told } from './sensorthings-multipart.ts';

/** Requests that are carried out together, or one alone. */
export interface Unit {
  isSet: boolean;
  parts: Part[];
  group?: string;
  /** Requests and groups without which it is not carried out. */
  after: string[];
}

/** What came of a unit: a reply for each part, or the one that says why it failed as a whole. */
export interface Outcome {
  isSet: boolean;
  told: Told[];
  /** The part that failed. */
  failed: number | null;
}

const METHODS = ['get', 'post', 'patch', 'put', 'delete'];

/** @throws Problem `sta-field` */
export function parseJsonBatch(text: string): Unit[] {
  const requests = requestsIn(text);
  const units: Unit[] = [];
  const seen = new Set<string>();
  for (const [i, given] of requests.entries()) {
    const { id, group, after, part } = requestIn(given, i);
    if (seen.has(id)) throw wrong(`requests/${i}/id`, id, '≠');
    const last = units.at(-1);
    for (const one of after)
      if (!seen.has(one)) throw wrong(`requests/${i}/dependsOn`, one, [...seen].slice(0, 20).join(', ') || '–');
    seen.add(id);
    if (group !== undefined && last?.group === group) {
      last.parts.push(part);
      last.after.push(...after);
    } else {
      if (group !== undefined && seen.has(group))
        throw wrong(`requests/${i}/atomicityGroup`, group, `[ …, ${group}, ${group}, … ]`);
      units.push({ isSet: group !== undefined, parts: [part], after, ...(group === undefined ? {} : { group }) });
      if (group !== undefined) seen.add(group);
    }
  }
  return units;
}

function requestsIn(text: string): unknown[] {
  const expected = '{ "requests": [{ "id": "1", "method": "get", "url": "Things" }] }';
  try {
    const given: unknown = JSON.parse(text);
    if (isEntityLike(given) && Array.isArray(given.requests)) return given.requests as unknown[];
  } catch {
    throw wrong('body', text.slice(0, 40), expected);
  }
  throw wrong('requests', text.slice(0, 40), expected);
}

function requestIn(given: unknown, i: number): { id: string; group?: string; after: string[]; part: Part } {
  if (!isEntityLike(given)) throw wrong(`requests/${i}`, given, '{ "id": … }');
  const { id, method, url, headers = {}, body, atomicityGroup, dependsOn = [] } = given;
  if (typeof id !== 'string' || id === '') throw wrong(`requests/${i}/id`, id, '"1"');
  if (typeof method !== 'string' || !METHODS.includes(method.toLowerCase()))
    throw wrong(`requests/${i}/method`, method, METHODS.join(', '));
  if (typeof url !== 'string') throw wrong(`requests/${i}/url`, url, '"Things"');
  if (!isEntityLike(headers)) throw wrong(`requests/${i}/headers`, headers, '{ "content-type": "application/json" }');
  if (atomicityGroup !== undefined && typeof atomicityGroup !== 'string')
    throw wrong(`requests/${i}/atomicityGroup`, atomicityGroup, '"g"');
  if (!Array.isArray(dependsOn) || dependsOn.some((one) => typeof one !== 'string'))
    throw wrong(`requests/${i}/dependsOn`, dependsOn, '["1"]');
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return {
    id,
    ...(atomicityGroup === undefined ? {} : { group: atomicityGroup }),
    after: [...(dependsOn as string[])],
    part: { contentId: id, asked: { method: method.toUpperCase(), url, headers: own, body: text } },
  };
}

/** A reply for every request that was come to: of a group that failed, the one that did says why. */
export function jsonOf(units: readonly Unit[], outcomes: readonly Outcome[], lang: Lang): object {
  const responses = outcomes.flatMap(({ told, failed, isSet }, u) => {
    const { parts = [], group } = units[u] ?? {};
    const shared = group === undefined ? {} : { atomicityGroup: group };
    return parts.map(({ contentId, asked }, i) => {
      const own = isSet && failed !== null ? (i === failed ? told[0] : undefined) : told[i];
      if (own !== undefined) return { id: contentId, ...shared, ...responseOf(own) };
      const found = `${asked.method} ${asked.url}`;
      const why = new Problem('sta-depends', { found, expected: parts[failed ?? 0]?.contentId ?? '–' });
      return { id: contentId, ...shared, status: 424, body: { code: why.code, message: problemText(why, lang), fields: [] } };
    });
  });
  return { responses };
}

function responseOf({ status, headers, body }: Told): object {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const shown = Object.keys(own).length === 0 ? {} : { headers: own };
  if (body === '') return { status, ...shown };
  return { status, ...shown, body: /json/.test(own['content-type'] ?? '') ? (JSON.parse(body) as unknown) : body };
}

function wrong(field: string, found: unknown, expected: string): Problem {
  return new Problem('sta-field', {
    set: '$batch',
    field,
    found: found === undefined ? '–' : JSON.stringify(found).slice(0, 60),
    expected,
  });
}
