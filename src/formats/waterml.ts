/**
 * Measurement time series of WaterML 2.0 (OGC 10-126r4), alone or in a collection, with the monitoring point they are of.
 *
 *     readWaterMl(file)   // [{ station: { name: 'Казалинск', place: [62.1, 45.77] }, unit: 'm3/s', interval: 'day', points: […] }]
 */
import { Problem } from '../problems.ts';
import type { Period, Position } from '../types.ts';
import type { SheetFile } from './spreadsheet-cells.ts';
import { datePeriod, monthPeriod } from './water-dates.ts';
import { point, type SeriesInterval, type SeriesPoint, type SeriesStation, type WrittenSeries } from './water-series.ts';
import { readXml } from './xml.ts';
import { textOf, treeBuilder, type XmlElement } from './xml-tree.ts';

const DURATIONS: Record<string, SeriesInterval> = { PT1H: 'hour', P1D: 'day', PT24H: 'day', P1M: 'month', P1Y: 'year' };

/** Interpolation types whose value stands for the time before the moment that is written. */
const BEFORE = /AveragePrec|TotalPrec|PrecTotal|MaxPrec|MinPrec|ConstPrec|preceding/i;

/** @throws Problem `series-empty`, or one of the XML reader */
export function readWaterMl(file: SheetFile): WrittenSeries[] {
  const tree = treeBuilder(file.name, {});
  readXml(file, tree);
  const root = tree.root();
  if (root === null) throw new Problem('series-empty', { file: file.name });
  const observations = below(root, 'OM_Observation');
  const holders = observations.length > 0 ? observations : below(root, 'MeasurementTimeseries');
  const series = holders.flatMap((holder) => below(holder, 'MeasurementTimeseries').map((one) => seriesOf(one, holder, root)));
  if (series.length === 0) throw new Problem('series-empty', { file: file.name });
  return series;
}

function seriesOf(series: XmlElement, observation: XmlElement, root: XmlElement): WrittenSeries {
  const property = below(observation, 'observedProperty')[0];
  const title = (property === undefined ? null : (attr(property, 'title') ?? lastPart(attr(property, 'href')))) ?? '';
  const defaults = below(series, 'defaultPointMetadata')[0];
  const meta = defaults ?? series;
  const uom = below(meta, 'uom')[0];
  const value = below(series, 'value').find((one) => attr(one, 'uom') !== null);
  const unit =
    (uom === undefined ? null : (attr(uom, 'code') ?? attr(uom, 'title') ?? lastPart(attr(uom, 'href')))) ??
    (value === undefined ? null : attr(value, 'uom'));
  const duration = textIn(meta, 'aggregationDuration');
  const kind = below(meta, 'interpolationType')[0];
  const before = kind !== undefined && BEFORE.test(`${attr(kind, 'href') ?? ''} ${attr(kind, 'title') ?? ''}`);
  const given = duration === null ? null : (DURATIONS[duration] ?? null);
  let [interval, unreadable]: [SeriesInterval, number] = ['instant', 0];
  let first: { row: string; found: string } | null = null;
  const points = below(series, 'MeasurementTVP').flatMap((pair): SeriesPoint[] => {
    const [time, cell] = [textIn(pair, 'time') ?? '', below(pair, 'value')[0]];
    const dated = datePeriod(time);
    const written = cell === undefined ? '' : textOf(cell).trim();
    const number = written === '' || /^nan$/i.test(written) ? null : Number(written);
    if (dated === null || dated === 'unclear' || Number.isNaN(number)) {
      unreadable += 1;
      first ??= { row: String(pair.line), found: `${time} ${written}`.trim() };
      return [];
    }
    interval = given ?? dated.interval;
    const period = given === null || dated.interval !== 'instant' ? dated.period : stretched(dated.period.start, given, before);
    const quality = below(pair, 'quality')[0];
    const doubtful =
      quality !== undefined &&
      /suspect|poor|estimate|unchecked/i.test(`${attr(quality, 'href') ?? ''} ${attr(quality, 'title') ?? ''}`);
    return [point(period, number, String(pair.line), written, { doubtful })];
  });
  return {
    station: stationOf(observation, root),
    title,
    variant: null,
    variable: null,
    unit,
    datum: null,
    interval,
    points,
    notes:
      first === null ? [] : [{ key: 'unreadable', details: { count: unreadable, ...(first as { row: string; found: string }) } }],
  };
}

/** The hour, day, month or year that a moment begins, or ends where `before`. */
function stretched(moment: string, interval: SeriesInterval, before: boolean): Period {
  const at = new Date(Date.parse(moment) - (before ? 1 : 0));
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth() + 1];
  if (interval === 'year') return { start: `${year}-01-01`, end: `${year + 1}-01-01` };
  if (interval === 'month') return monthPeriod(year, month);
  const length = interval === 'hour' ? 3_600_000 : 86_400_000;
  const start = Math.floor(at.getTime() / length) * length;
  const iso = (of: number): string =>
    interval === 'day' ? new Date(of).toISOString().slice(0, 10) : new Date(of).toISOString().replace('.000Z', 'Z');
  return { start: iso(start), end: iso(start + length) };
}

function stationOf(observation: XmlElement, root: XmlElement): SeriesStation | null {
  const feature = below(observation, 'featureOfInterest')[0];
  if (feature === undefined) return null;
  const href = attr(feature, 'href') ?? '';
  const all = [...below(feature, 'MonitoringPoint'), ...below(root, 'MonitoringPoint')];
  const monitoring = href.startsWith('#')
    ? all.find((one) => attr(one, 'id') === href.slice(1))
    : below(feature, 'MonitoringPoint')[0];
  const name = (monitoring === undefined ? null : textIn(monitoring, 'name')) ?? attr(feature, 'title') ?? lastPart(href);
  const code = monitoring === undefined ? null : textIn(monitoring, 'identifier');
  if (name === null && code === null) return null;
  const river = monitoring === undefined ? null : (below(monitoring, 'sampledFeature')[0] ?? null);
  return {
    name: name ?? code ?? '',
    code,
    river: river === null ? null : attr(river, 'title'),
    country: null,
    place: monitoring === undefined ? null : placeOf(monitoring),
  };
}

/** EPSG 4326 is written latitude first, CRS84 longitude first; of other systems the place stays unknown. */
function placeOf(monitoring: XmlElement): Position | null {
  const pos = below(monitoring, 'pos')[0];
  if (pos === undefined) return null;
  const [a = Number.NaN, b = Number.NaN] = textOf(pos).trim().split(/\s+/).map(Number);
  const system = attr(pos, 'srsName') ?? (pos.parent === null ? null : attr(pos.parent, 'srsName')) ?? '';
  const place: Position | null = /4326|4258/.test(system) ? [b, a] : /CRS84/i.test(system) ? [a, b] : null;
  return place !== null && Math.abs(place[0]) <= 180 && Math.abs(place[1]) <= 90 ? place : null;
}

/** Elements of a name, whatever their namespace's version, at any depth; `of` itself among them. */
function below(of: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const open = [of];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (one.name === name) found.push(one);
    for (let i = one.children.length - 1; i >= 0; i--) {
      const child = one.children[i];
      if (typeof child !== 'string' && child !== undefined) open.push(child);
    }
  }
  return found;
}

function attr(of: XmlElement, name: string): string | null {
  const value = of.attributes.find((one) => one.name === name)?.value.trim() ?? '';
  return value === '' ? null : value;
}

function textIn(of: XmlElement, name: string): string | null {
  const found = below(of, name)[0];
  const text = found === undefined ? '' : textOf(found).trim();
  return text === '' ? null : text;
}

function lastPart(address: string | null): string | null {
  return (
    address
      ?.split(/[/#:]/)
      .filter((part) => part !== '')
      .at(-1)
      ?.replace(/[_-]+/g, ' ') ?? null
  );
}
