/**
 * A reply of an OGC SensorThings service (OGC 18-088, version 1.1) that was saved as a file: things, datastreams or observations, nested
 * as `$expand` gave them.
 *
 *     readSensorThings(file, JSON.parse(text))   // a series for each datastream with observations
 */
import { Problem } from '../problems.ts';
import type { Position } from '../types.ts';
import { datePeriod } from './water-dates.ts';
import { point, type SeriesInterval, type SeriesPoint, type SeriesStation, type WrittenSeries } from './water-series.ts';

type Entity = { [name: string]: unknown };

const DAY = 86_400_000;

export function looksLikeSensorThings(value: unknown): boolean {
  const text = (of: unknown): boolean =>
    isEntity(of) && Object.keys(of).some((key) => key.includes('@iot.') || key === 'dataArray' || key === 'phenomenonTime');
  return (
    text(value) ||
    (isEntity(value) && Array.isArray(value.value) && value.value.some(text)) ||
    (Array.isArray(value) && value.some(text))
  );
}

/** @throws Problem `series-empty` */
export function readSensorThings(file: string, reply: unknown): WrittenSeries[] {
  const found: WrittenSeries[] = [];
  const more = { pages: 0 };
  visit(reply, { station: null, stream: null }, found, more, 0);
  if (found.length === 0) throw new Problem('series-empty', { file });
  if (more.pages > 0) found[0]?.notes.push({ key: 'more-pages', details: { count: more.pages } });
  return found;
}

interface Context {
  station: SeriesStation | null;
  stream: Entity | null;
}

/** Entities within entities: things hold datastreams, these hold observations. */
function visit(value: unknown, context: Context, found: WrittenSeries[], more: { pages: number }, depth: number): void {
  if (depth > 12) return;
  if (Array.isArray(value)) {
    const observations = value.filter((one): one is Entity => isEntity(one) && 'result' in one && 'phenomenonTime' in one);
    if (observations.length > 0) {
      for (const [stream, own] of byStream(observations, context.stream))
        found.push(seriesOf(own, { ...context, stream: stream ?? context.stream }));
      return;
    }
    for (const one of value) visit(one, context, found, more, depth + 1);
    return;
  }
  if (!isEntity(value)) return;
  more.pages += Object.keys(value).filter((key) => key.endsWith('@iot.nextLink')).length;
  if (Array.isArray(value.dataArray) && Array.isArray(value.components)) {
    const components = value.components as unknown[];
    const rows = (value.dataArray as unknown[]).filter(Array.isArray) as unknown[][];
    const observations = rows.map((row): Entity => Object.fromEntries(components.map((name, i) => [String(name), row[i]])));
    if (observations.length > 0) found.push(seriesOf(observations, context));
    return;
  }
  const isStream = 'unitOfMeasurement' in value || 'observationType' in value;
  const isThing = !isStream && ('Datastreams' in value || 'Locations' in value);
  const inner: Context = {
    station: isThing ? stationOf(value) : isStream && isEntity(value.Thing) ? stationOf(value.Thing) : context.station,
    stream: isStream ? value : context.stream,
  };
  for (const key of ['value', 'Things', 'Datastreams', 'Observations']) visit(value[key], inner, found, more, depth + 1);
  if ('result' in value && 'phenomenonTime' in value)
    found.push(seriesOf([value], { ...inner, stream: isEntity(value.Datastream) ? value.Datastream : inner.stream }));
}

/** Observations that carry their datastream, sorted by it. */
function byStream(observations: readonly Entity[], known: Entity | null): Map<Entity | null, Entity[]> {
  const streams = new Map<string, Entity>();
  const groups = new Map<Entity | null, Entity[]>();
  for (const one of observations) {
    const own = isEntity(one.Datastream) ? one.Datastream : null;
    const key = own === null ? null : String(own['@iot.id'] ?? own.name ?? '');
    if (own !== null && key !== null && !streams.has(key)) streams.set(key, own);
    const stream = key === null ? known : (streams.get(key) ?? null);
    const group = groups.get(stream);
    if (group === undefined) groups.set(stream, [one]);
    else group.push(one);
  }
  return groups;
}

function seriesOf(observations: readonly Entity[], { station, stream }: Context): WrittenSeries {
  const measured = isEntity(stream?.unitOfMeasurement) ? stream.unitOfMeasurement : null;
  const property = isEntity(stream?.ObservedProperty) ? stream.ObservedProperty : null;
  const thing = isEntity(stream?.Thing) ? stationOf(stream.Thing) : null;
  let [interval, unreadable]: [SeriesInterval, number] = ['instant', 0];
  let first: { row: string; found: string } | null = null;
  const points = observations.flatMap((one, i): SeriesPoint[] => {
    const row = `Observation ${String(one['@iot.id'] ?? one.id ?? i + 1)}`;
    const time = String(one.phenomenonTime ?? '');
    const dated = timeOf(time);
    const result = one.result;
    const number = result === null || result === undefined || result === '' ? null : Number(result);
    if (
      dated === null ||
      Number.isNaN(number) ||
      typeof result === 'boolean' ||
      (typeof result === 'object' && result !== null)
    ) {
      unreadable += 1;
      first ??= { row, found: `${time} ${JSON.stringify(result)}`.slice(0, 60) };
      return [];
    }
    ({ interval } = dated);
    const doubtful = /suspect|bad|poor|doubtful|erroneous/i.test(JSON.stringify(one.resultQuality ?? ''));
    return [point(dated.period, number === -9999 || number === -999 ? null : number, row, String(result ?? ''), { doubtful })];
  });
  points.sort((a, b) => (a.period.start < b.period.start ? -1 : a.period.start > b.period.start ? 1 : 0)); // services give the latest first
  const text = (of: unknown): string => (typeof of === 'string' ? of : '');
  return {
    station: station ?? thing,
    title: text(property?.name) || text(stream?.name) || text(stream?.description),
    variant: null,
    variable: null,
    unit: text(measured?.symbol) || text(measured?.definition).split(/[/#:]/).at(-1) || text(measured?.name) || null,
    datum: null,
    interval,
    points,
    notes:
      first === null ? [] : [{ key: 'unreadable', details: { count: unreadable, ...(first as { row: string; found: string }) } }],
  };
}

/** A moment, or a time from–to: an hour, a day, a month or a year where it is as long. */
function timeOf(text: string): { period: SeriesPoint['period']; interval: SeriesInterval } | null {
  const [from = '', to] = text.split('/');
  const start = datePeriod(from);
  if (start === null || start === 'unclear') return null;
  if (to === undefined) return start;
  const end = datePeriod(to);
  if (end === null || end === 'unclear' || end.period.start <= start.period.start) return null;
  const period = { start: plainDay(start.period.start), end: plainDay(end.period.start) };
  const length = Date.parse(period.end) - Date.parse(period.start);
  const days = Math.round(length / DAY);
  const interval =
    length === DAY / 24
      ? 'hour'
      : days === 1
        ? 'day'
        : days >= 28 && days <= 31
          ? 'month'
          : days >= 365 && days <= 366
            ? 'year'
            : 'instant';
  return { period, interval };
}

function plainDay(moment: string): string {
  return moment.replace(/T00:00:00(?:\.000)?Z$/, '');
}

function stationOf(thing: Entity): SeriesStation {
  const locations = Array.isArray(thing.Locations) ? (thing.Locations as unknown[]) : [];
  const location = locations.filter(isEntity)[0]?.location;
  const point = isEntity(location) && isEntity(location.geometry) ? location.geometry : location;
  const coordinates = isEntity(point) && Array.isArray(point.coordinates) ? (point.coordinates as unknown[]).map(Number) : [];
  const [lon = Number.NaN, lat = Number.NaN] = coordinates;
  const place: Position | null = Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null;
  const id = thing['@iot.id'];
  return {
    name: typeof thing.name === 'string' ? thing.name : '',
    code: id === undefined ? null : String(id),
    river: null,
    country: null,
    place,
  };
}

function isEntity(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
