/**
 * Observations through SensorThings: written to series that a program opened, each with the data set it stands for as its origin, and audited.
 * What came into the dossier in another way is corrected where it came from: here its origin would turn false.
 *
 *     createObservation(world, visitor, stream, { result: 42.1, phenomenonTime: '2026-11-23T06:00:00Z' })   // its id
 */
import { Problem, problemText } from '../problems.ts';
import { transaction } from '../store/db.ts';
import { getObservation, putObservation } from '../store/observations.ts';
import { remove } from '../store/write.ts';
import type { Id, Observation, Period } from '../types.ts';
import { createBeside, deskOf } from './sensorthings-beside-write.ts';
import { type Body, bodyOf, isEntityLike, linkIn, momentIn, numberIn, periodIn, qualityIn, wrong } from './sensorthings-body.ts';
import { resultTimeOf } from './sensorthings-entities.ts';
import type { Entity } from './sensorthings-entity.ts';
import { entityAddress } from './sensorthings-model.ts';
import type { Stream, World } from './sensorthings-world.ts';
import type { Visitor } from './visitor.ts';

const SET = 'Observations';
const FIELDS = ['phenomenonTime', 'resultTime', 'result', 'resultQuality', 'parameters', 'Datastream', 'FeatureOfInterest'];
const PARAMETERS = ['low', 'high', 'level', 'n', 'note'];

/** A reply told in one line may hold so many reasons. */
const LONGEST_REASON = 300;

/** The series of an id, which the caller may write to. @throws Problem `sta-field`, `not-allowed`, `sta-foreign` */
export function writableStream(world: World, visitor: Visitor, id: Id | null): Stream {
  const stream = world.streams.get(id ?? '');
  if (stream === undefined) throw wrong(SET, 'Datastream', id ?? undefined, '{ "@iot.id": "…" }');
  expectEditor(world, visitor, stream.series.feature);
  if (stream.opened === null) throw new Problem('sta-foreign', { found: `Datastreams('${stream.id}')`, origin: stream.sensor });
  return stream;
}

/** @throws Problem `not-allowed` */
export function expectEditor(world: World, visitor: Visitor, feature: Id): void {
  const site = world.places.get(feature)?.site ?? null;
  if (site === null || !visitor.may('editor', site)) throw new Problem('not-allowed');
}

/** @throws Problem `sta-field`, `sta-not-kept` */
export function createObservation(world: World, visitor: Visitor, stream: Stream, given: unknown): Id {
  const body = bodyOf(SET, given, FIELDS);
  if (!('result' in body)) throw wrong(SET, 'result', undefined, '1.5, null');
  const place = linkIn(body, 'FeatureOfInterest');
  if ((place ?? stream.series.feature) !== stream.series.feature)
    throw wrong(SET, 'FeatureOfInterest', place, stream.series.feature);
  if (isEntityLike(body.FeatureOfInterest) && place === null)
    throw new Problem('sta-not-kept', { set: SET, field: 'FeatureOfInterest', expected: '{ "@iot.id": … }' });
  const period = periodIn(SET, body, 'phenomenonTime', world.now);
  const { feature, indicator, unit } = stream.series;
  const base = `${stream.id}/${period.start}..${period.end}`;
  let id = base;
  for (let time = 2; getObservation(world.db, id) !== null; time++) id = `${base}~${time}`;
  const byClass = stream.opened?.class ?? null;
  putObservation(world.db, visitor.id, {
    id,
    indicator,
    feature,
    period,
    unit,
    by: byClass === null ? {} : { class: byClass },
    role: 'observed',
    approximate: false,
    ...measured(body),
    from: { dataset: stream.opened?.dataset ?? '', row: rowOf(period, momentIn(SET, body, 'resultTime')) },
  });
  return id;
}

type Measured = Pick<Observation, 'value' | 'quality' | 'low' | 'high' | 'level' | 'n' | 'note'>;

function measured(body: Body): Measured {
  const parameters = bodyOf(`${SET}/parameters`, body.parameters ?? {}, PARAMETERS);
  const { note = null } = parameters;
  if (note !== null && typeof note !== 'string') throw wrong(SET, 'parameters/note', note, '"…"');
  const number = (field: string): number | null => numberIn(`${SET}/parameters`, parameters, field);
  const [low, high, level, n, value] = [
    number('low'),
    number('high'),
    number('level'),
    number('n'),
    numberIn(SET, body, 'result'),
  ];
  if (low !== null && high !== null && low > high) throw wrong(SET, 'parameters/low', low, `≤ ${high}`);
  if (level !== null && !(level > 0 && level < 1)) throw wrong(SET, 'parameters/level', level, '0.95');
  if (n !== null && !(Number.isInteger(n) && n >= 0)) throw wrong(SET, 'parameters/n', n, '0, 1, 2 …');
  return { value, quality: qualityIn(SET, body), low, high, level, n, note };
}

/** The row of the program's data set: the time it is of, and when it was read. */
function rowOf({ start }: Period, read: string | null): string {
  return read === null ? start : `${start} read ${read}`;
}

/** Changes what is named; `put` takes the rest back to nothing. @throws Problem `sta-foreign`, `sta-field`, `sta-not-kept`, `not-allowed` */
export function changeObservation(
  world: World,
  visitor: Visitor,
  entity: Entity,
  given: unknown,
  { whole }: { whole: boolean },
): void {
  const stream = writableStream(world, visitor, entity.stream ?? null);
  const body = bodyOf(SET, given, FIELDS);
  const other = linkIn(body, 'Datastream');
  if (other !== null && other !== stream.id) throw wrong(SET, 'Datastream', other, stream.id);
  const before = getObservation(world.db, entity.id);
  if (before === null) throw new Problem('not-found');
  const parameters = Object.fromEntries(PARAMETERS.map((name) => [name, before[name as keyof Observation]]));
  const kept: Body = whole
    ? { parameters: {}, result: null }
    : {
        result: before.value,
        resultQuality: before.quality,
        resultTime: resultTimeOf(before.from),
        phenomenonTime: before.period === null ? null : `${longer(before.period.start)}/${longer(before.period.end)}`,
        parameters,
      };
  const merged: Body = {
    ...kept,
    ...body,
    parameters: { ...(kept.parameters as Body), ...((body.parameters as Body | undefined) ?? {}) },
  };
  if (whole && !('result' in body)) throw wrong(SET, 'result', undefined, '1.5, null');
  const period = periodIn(SET, merged, 'phenomenonTime', world.now);
  const from = { dataset: stream.opened?.dataset ?? '', row: rowOf(period, momentIn(SET, merged, 'resultTime')) };
  putObservation(world.db, visitor.id, { ...before, ...measured(merged), period, from });
}

function longer(moment: string): string {
  return moment.length === 10 ? `${moment}T00:00:00Z` : moment;
}

/** @throws Problem `sta-foreign`, `not-allowed` */
export function removeObservation(world: World, visitor: Visitor, entity: Entity): void {
  writableStream(world, visitor, entity.stream ?? null);
  remove(world.db, 'observations', visitor.id, entity.id);
}

/**
 * Many at once, by series: `[{ Datastream: { "@iot.id" }, components, dataArray }]`. What cannot be taken does not hinder the rest: its line
 * says why. OGC 18-088, 14.2.
 */
export function createObservations(world: World, visitor: Visitor, given: unknown): string[] {
  if (!Array.isArray(given))
    throw wrong('CreateObservations', 'body', given, '[{ "Datastream": …, "components": […], "dataArray": [[…]] }]');
  return transaction(world.db, () =>
    given.flatMap((part: unknown, i): string[] => {
      const set = `CreateObservations[${i}]`;
      const { Datastream, components, dataArray } = bodyOf(set, part, ['Datastream', 'components', 'dataArray']);
      if (!Array.isArray(components) || !Array.isArray(dataArray))
        throw wrong(set, 'components, dataArray', components, '["phenomenonTime", "result"], [["…", 1.5]]');
      const write = writerTo(world, visitor, linkIn({ Datastream }, 'Datastream'));
      return (dataArray as unknown[]).map((row) => ofRow(world, components as unknown[], row, write));
    }),
  );
}

/** What writes an observation to a series, of the dossier or beside it. */
function writerTo(world: World, visitor: Visitor, id: Id | null): (given: unknown) => Id {
  const beside = [id ?? '', `#${id ?? ''}`].find((one) => world.beside.entities.get(one)?.kind === 'Datastreams');
  if (beside !== undefined && visitor.may('editor', null)) {
    const desk = deskOf(world, visitor);
    return (given) => createBeside(desk, SET, given, { Datastream: beside });
  }
  const stream = writableStream(world, visitor, id);
  return (given) => createObservation(world, visitor, stream, given);
}

function ofRow(world: World, components: readonly unknown[], row: unknown, write: (given: unknown) => Id): string {
  try {
    if (!Array.isArray(row) || row.length !== components.length)
      throw wrong('dataArray', 'row', row, `[ ${components.join(', ')} ]`);
    const fields = components.map((name, i): [string, unknown] =>
      name === 'FeatureOfInterest/id'
        ? ['FeatureOfInterest', { '@iot.id': row[i] as unknown }]
        : [String(name), row[i] as unknown],
    );
    return entityAddress(world.root, SET, write(Object.fromEntries(fields)));
  } catch (error) {
    if (error instanceof Problem) return `error: ${problemText(error, world.lang).slice(0, LONGEST_REASON)}`;
    throw error;
  }
}
