/**
 * JSON Patch (RFC 6902): a list of operations on a document of JSON, all of which hold or none.
 *
 *     patched({ name: 'a' }, [{ op: 'replace', path: '/name', value: 'b' }])   // { name: 'b' }
 *
 * The document that came in stays as it was.
 */
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../problems.ts';
import { isEntityLike } from './sensorthings-body.ts';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

/** More than any client needs; each may copy what the others made. */
const MOST = 1000;

interface Place {
  within: Record<string, unknown> | unknown[];
  key: string;
}

/** @throws Problem `sta-field` with the number of the operation that cannot be carried out */
export function patched(document: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations) || operations.length > MOST)
    throw failed('–', operations, `[{ "op": "replace", "path": "/…", "value": … }], ≤ ${MOST}`);
  const holder: { whole: unknown } = { whole: structuredClone(document) };
  for (const [i, operation] of (operations as unknown[]).entries()) apply(holder, operation, i);
  return holder.whole;
}

function apply(holder: { whole: unknown }, operation: unknown, i: number): void {
  if (!isEntityLike(operation) || typeof operation.op !== 'string' || !OPERATIONS.includes(operation.op))
    throw failed(`${i}/op`, isEntityLike(operation) ? operation.op : operation, OPERATIONS.join(', '));
  const { op } = operation;
  const path = pointer(operation, 'path', i);
  if (['add', 'replace', 'test'].includes(op) && !('value' in operation)) throw failed(`${i}/value`, undefined, '…');
  const value = structuredClone(operation.value);
  if (op === 'test') {
    const found = valueAt(holder, path, i);
    if (!isDeepStrictEqual(found, value)) throw failed(`${i}/test`, found, JSON.stringify(value).slice(0, 60));
  } else if (op === 'add') add(holder, path, value, i);
  else if (op === 'remove') remove(holder, path, i);
  else if (op === 'replace') {
    valueAt(holder, path, i);
    put(holder, path, value, i);
  } else {
    const from = pointer(operation, 'from', i);
    if (op === 'move' && path.length > from.length && from.every((part, at) => part === path[at]))
      throw failed(`${i}/path`, operation.path, `≠ ${String(operation.from)}/…`); // RFC 6902, 4.4
    const moved = structuredClone(valueAt(holder, from, i));
    if (op === 'move') remove(holder, from, i);
    add(holder, path, moved, i);
  }
}

/** The parts of a JSON Pointer. RFC 6901, 4. */
function pointer(operation: Record<string, unknown>, field: 'path' | 'from', i: number): string[] {
  const written = operation[field];
  if (typeof written !== 'string' || !/^(\/([^~]|~[01])*)*$/s.test(written)) throw failed(`${i}/${field}`, written, '/name');
  return written
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function placeOf(holder: { whole: unknown }, path: readonly string[], i: number): Place {
  let within: unknown = holder;
  let key = 'whole';
  for (const part of path) {
    within = member(within, key, path, i);
    key = part;
  }
  if (!Array.isArray(within) && !isEntityLike(within)) throw failed(`${i}/path`, `/${path.join('/')}`, '{ … }, [ … ]');
  return { within, key };
}

function member(within: unknown, key: string, path: readonly string[], i: number): unknown {
  const isThere = Array.isArray(within)
    ? /^(0|[1-9]\d*)$/.test(key) && Number(key) < within.length
    : isEntityLike(within) && Object.hasOwn(within, key);
  if (!isThere) throw failed(`${i}/path`, `/${path.join('/')}`, told(within));
  return (within as Record<string, unknown>)[key];
}

function valueAt(holder: { whole: unknown }, path: readonly string[], i: number): unknown {
  const { within, key } = placeOf(holder, path, i);
  return member(within, key, path, i);
}

function put(holder: { whole: unknown }, path: readonly string[], value: unknown, i: number): void {
  const { within, key } = placeOf(holder, path, i);
  if (Array.isArray(within)) within[Number(key)] = value;
  else define(within, key, value);
}

function add(holder: { whole: unknown }, path: readonly string[], value: unknown, i: number): void {
  const { within, key } = placeOf(holder, path, i);
  if (!Array.isArray(within)) {
    define(within, key, value);
    return;
  }
  const at = key === '-' ? within.length : /^(0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
  if (at < 0 || at > within.length) throw failed(`${i}/path`, `/${path.join('/')}`, `0 … ${within.length}, -`);
  within.splice(at, 0, value);
}

/** As a member of its own, whatever it is called. */
function define(within: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(within, key, { value, writable: true, enumerable: true, configurable: true });
}

function remove(holder: { whole: unknown }, path: readonly string[], i: number): void {
  valueAt(holder, path, i);
  const { within, key } = placeOf(holder, path, i);
  if (Array.isArray(within)) within.splice(Number(key), 1);
  else delete within[key];
}

function told(within: unknown): string {
  if (Array.isArray(within)) return `0 … ${within.length - 1}`;
  return isEntityLike(within) ? Object.keys(within).slice(0, 20).join(', ') || '–' : '{ … }, [ … ]';
}

function failed(field: string, found: unknown, expected: string): Problem {
  return new Problem('sta-field', {
    set: 'JSON Patch',
    field,
    found: found === undefined ? '–' : JSON.stringify(found).slice(0, 60),
    expected,
  });
}
