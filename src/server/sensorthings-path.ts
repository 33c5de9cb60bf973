/**
 * Resource paths of OGC SensorThings (OGC 18-088, 9.2): from the address below the service's root to what it names.
 *
 *     parsePath("/Things('almaty')/Datastreams/$ref")
 *
 * A slash within the quotes of an id belongs to the id, percent-encoded or not.
 */
import { Problem } from '../problems.ts';
import { isSetName, linkOf, MODEL, SELF, SET_NAMES, type SetName } from './sensorthings-model.ts';

/** One step: a set or link, with the id in brackets where one stands there. */
export interface Step {
  name: string;
  set: SetName;
  many: boolean;
  id: string | null;
}

export interface ResourcePath {
  steps: Step[];
  /** A property of the entity, and names within it. */
  property: string[];
  /** `$ref`: addresses alone; `$value`: a property as bare text. */
  ending: '$ref' | '$value' | null;
}

/** @throws Problem `not-found`, `sta-property` */
export function parsePath(path: string): ResourcePath {
  const parts = split(decoded(path));
  const steps: Step[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    const before = steps.at(-1);
    const isSingle = before !== undefined && (!before.many || before.id !== null);
    if (i === parts.length - 1 && part === '$ref' && before !== undefined) return { steps, property: [], ending: '$ref' };
    const step = stepOf(part, before, isSingle);
    if (step !== null) steps.push(step);
    else if (isSingle) return withProperty(steps, parts.slice(i));
    else throw new Problem('not-found');
  }
  return { steps, property: [], ending: null };
}

function withProperty(steps: Step[], parts: readonly string[]): ResourcePath {
  const isValue = parts.at(-1) === '$value';
  const property = isValue ? parts.slice(0, -1) : [...parts];
  const { set = 'Things' } = steps.at(-1) ?? {};
  const [name = ''] = property;
  const known = [...MODEL[set].properties, 'id', '@iot.id', SELF];
  if (!known.includes(name) || property.some((one) => one.startsWith('$'))) {
    const links = Object.keys(MODEL[set].links);
    throw new Problem('sta-property', { where: parts.join('/'), set, found: name, expected: [...known, ...links].join(', ') });
  }
  return { steps, property, ending: isValue ? '$value' : null };
}

function stepOf(part: string, before: Step | undefined, isSingle: boolean): Step | null {
  const found = /^([A-Za-z]+)(?:\((?:'((?:[^']|'')*)'|(\d+))\))?$/s.exec(part);
  if (found === null) return null;
  const [, name = '', quoted, number] = found;
  const id = quoted?.replaceAll("''", "'") ?? (number === undefined ? null : `#${number}`);
  if (before === undefined) {
    if (!isSetName(name))
      throw new Problem('sta-property', { where: part, set: '/', found: name, expected: SET_NAMES.join(', ') });
    return { name, set: name, many: true, id };
  }
  const link = isSingle ? linkOf(before.set, name) : null;
  return link === null || (id !== null && !link.many) ? null : { name, ...link, id };
}

/** Parts between slashes that stand in no quotes. */
function split(path: string): string[] {
  const parts: string[] = [''];
  let isQuoted = false;
  for (const sign of path) {
    if (sign === "'") isQuoted = !isQuoted;
    if (sign === '/' && !isQuoted) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts.filter((part) => part !== '');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new Problem('not-found', {}, { cause });
  }
}
