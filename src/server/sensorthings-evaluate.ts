/**
 * What a `$filter` says of an entity. A path over a link to many entities has many values: the filter holds where it does for one of them.
 *
 *     holds(world, entity, parseFilter("Datastreams/ObservedProperty/name eq 'Inflow'"))
 */
import { Problem } from '../problems.ts';
import { linked, propertiesOf } from './sensorthings-entities.ts';
import type { Entity } from './sensorthings-entity.ts';
import type { Expression, Operator } from './sensorthings-expression.ts';
import { FUNCTIONS } from './sensorthings-functions.ts';
import { entityAddress, ID_NAMES, linkOf, MODEL, SELF, type SetName, shownId } from './sensorthings-model.ts';
import { asValue, compared, isDuration, isTime, timeOf, type Value } from './sensorthings-values.ts';
import { listWell } from './sensorthings-wells.ts';
import type { World } from './sensorthings-world.ts';

/** Names that no entity of the set has would match nothing, or everything. @throws Problem `sta-property` */
export function checkNames(set: SetName, expression: Expression, option: string): void {
  if (expression.kind === 'path') checkPath(set, expression.path, option);
  else if (expression.kind === 'call') for (const one of expression.args) checkNames(set, one, option);
  else if (expression.kind === 'two') for (const one of [expression.left, expression.right]) checkNames(set, one, option);
  else if (expression.kind !== 'value') checkNames(set, expression.of, option);
}

function checkPath(set: SetName, path: readonly string[], option: string): void {
  const [name = '', ...rest] = path;
  const link = linkOf(set, name);
  if (link !== null && rest.length > 0) {
    checkPath(link.set, rest, option);
    return;
  }
  const known = [...ID_NAMES, SELF, ...MODEL[set].properties];
  if (known.includes(name)) return;
  const expected = [...known, ...Object.keys(MODEL[set].links).map((one) => `${one}/…`)].join(', ');
  throw new Problem('sta-property', { where: option, set, found: path.join('/'), expected });
}

export function holds(world: World, entity: Entity, expression: Expression): boolean {
  return valuesOf(world, entity, expression).some((value) => value === true);
}

/** What to sort by: of many values the first. */
export function firstValue(world: World, entity: Entity, expression: Expression): Value {
  return valuesOf(world, entity, expression)[0] ?? null;
}

function valuesOf(world: World, entity: Entity, expression: Expression): Value[] {
  if (expression.kind === 'value') return [expression.value];
  if (expression.kind === 'path') return along(world, entity, expression.path);
  if (expression.kind === 'not') return [!holds(world, entity, expression.of)];
  if (expression.kind === 'minus')
    return valuesOf(world, entity, expression.of).map((value) =>
      typeof value === 'number' ? -value : isDuration(value) ? { ...value, length: -value.length } : null,
    );
  if (expression.kind === 'call') {
    const lists = expression.args.map((one) => valuesOf(world, entity, one));
    return combined(lists).map((args) => FUNCTIONS[expression.name]?.of(args, { now: world.now }) ?? null);
  }
  const { operator, left, right } = expression;
  if (operator === 'and') return [holds(world, entity, left) && holds(world, entity, right)];
  if (operator === 'or') return [holds(world, entity, left) || holds(world, entity, right)];
  const asksForNull = [left, right].some((one) => one.kind === 'value' && one.value === null);
  return combined([valuesOf(world, entity, left), valuesOf(world, entity, right)]).map(([a = null, b = null]) =>
    operator === 'ne' && !asksForNull && (a === null || b === null) ? null : applied(operator, a, b),
  );
}

/** Values of two paths with many each, held against one another. */
const MOST_COMBINED = 1_000_000;

/** More than a filter has reason to look at. */
function tooWide(): Problem {
  return new Problem('sta-option', { option: '$filter', found: '> 1 000 000', expected: 'Observations?$filter=Datastream/…' });
}

function combined(lists: readonly Value[][]): Value[][] {
  if (lists.reduce((product, { length }) => product * length, 1) > MOST_COMBINED) throw tooWide();
  return lists.reduce<Value[][]>((rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])), [[]]);
}

function along(world: World, entity: Entity, path: readonly string[]): Value[] {
  const [name = '', ...rest] = path;
  if (linkOf(entity.set, name) !== null) return entitiesOf(world, entity, name).flatMap((one) => along(world, one, rest));
  if (ID_NAMES.includes(name)) return [shownId(entity.id)];
  if (name === SELF) return [entityAddress(world.root, entity.set, entity.id)];
  let found: unknown = propertiesOf(world, entity)[name];
  for (const part of rest)
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[part] : undefined;
  return [asValue(found)];
}

function entitiesOf(world: World, entity: Entity, link: string): Entity[] {
  const found = linked(world, entity, link);
  const reached =
    'entities' in found ? found.entities : found.wells.flatMap((well) => listWell(world, well, { limit: world.work.linked + 1 }));
  world.work.linked -= reached.length;
  if (world.work.linked < 0) throw tooWide();
  return reached;
}

function applied(operator: Exclude<Operator, 'and' | 'or'>, a: Value, b: Value): Value {
  if (operator === 'add' || operator === 'sub') return sum(operator, a, b);
  if (operator === 'mul' || operator === 'div' || operator === 'mod') {
    if (typeof a !== 'number' || typeof b !== 'number' || (operator !== 'mul' && b === 0)) return null;
    return operator === 'mul' ? a * b : operator === 'div' ? a / b : a % b;
  }
  return compared(operator, a, b);
}

/** Numbers; a time and a duration; two times, which are a duration apart. */
function sum(operator: 'add' | 'sub', given: Value, b: Value): Value {
  const sign = operator === 'add' ? 1 : -1;
  if (typeof given === 'number' && typeof b === 'number') return given + sign * b;
  const a = typeof given === 'string' ? timeOf(given) : given;
  if (isTime(a) && isDuration(b)) return { kind: 'time', start: a.start + sign * b.length, end: a.end + sign * b.length };
  if (isDuration(a) && isDuration(b)) return { kind: 'duration', length: a.length + sign * b.length };
  return operator === 'sub' && isTime(a) && isTime(b) ? { kind: 'duration', length: a.start - b.start } : null;
}
