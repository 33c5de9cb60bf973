/** Indicators as drawings and tables: the same that stand in the review. */
import { type Series, seriesChart } from '../drawing/chart-series.ts';
import { rasterised } from '../drawing/raster.ts';
import { writeCsv } from '../formats/csv.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { listFiles, shippedPath } from '../formats/source-node.ts';
import { pick } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { seriesOf } from '../review/charts.ts';
import { classText } from '../review/class-text.ts';
import { figureOf, methodOf, shownUnit, unitText } from '../review/figures.ts';
import { drawPicture } from '../review/pictures.ts';
import type { Id, Lang, Observation, ZoneKind } from '../types.ts';
import { ownDrawnZones } from '../zonation/drawn-zones.ts';
import { bounded } from './bounded.ts';
import { indicatorOf, latestFigures, seriesKeys, zoneOf } from './indicator-detail.ts';
import { type IndicatorFacts, processOf } from './indicator-facts.ts';

/** Room that a picture of dots has [mm], and how fine it is: as wide as a slide, sharp on a screen. */
const BOX = { width: 300, height: 300 };
const DPI = 200;

/** What is kept of drawings [bytes, two a letter]: one of a raster takes a tenth of a second. */
const KEPT = 16 * 1024 * 1024;
const drawings = bounded<string>({ most: KEPT, sizeOf: (svg) => 2 * svg.length });

/** By which drawings are known to be of the same facts. */
const numbers = new WeakMap<IndicatorFacts, number>();
let last = 0;

/** An indicator over time, a line for each zone. @throws Problem `not-found` where there is nothing to draw. */
export async function seriesDrawing(
  facts: IndicatorFacts,
  id: Id,
  { key, zone, lang }: { key: string | undefined; zone: ZoneKind | undefined; lang: Lang },
): Promise<string> {
  const keys = seriesKeys(facts, id, lang);
  const chosen = keys.find((one) => key === undefined || one.key === key);
  if (chosen === undefined) throw new Problem('not-found');
  // those of this indicator alone: a site may have a hundred thousand figures of others
  const own = { ...facts.known.facts, observations: facts.figures.get(id) ?? [] };
  const series = seriesOf({ ...facts.known, facts: own, lang }, chosen.like).filter(
    (one: Series) => zone === undefined || one.zone === zone,
  );
  const indicator = indicatorOf(facts, id);
  const svg = await seriesChart({
    title: [pick(indicator.title, lang) || id, chosen.title].join(': '),
    lang,
    unit: unitText(lang, shownUnit(chosen.like.unit)),
    series,
    ...(chosen.like.level === null ? {} : { level: chosen.like.level }),
  });
  if (svg === null) throw new Problem('not-found');
  return svg;
}

/** A map of an indicator. @throws Problem `not-found` where there is none. */
export function mapDrawing(
  facts: IndicatorFacts,
  id: Id,
  { picture, lang, today }: { picture: Id | undefined; lang: Lang; today: string },
): string {
  const { known } = facts;
  const process = processOf(indicatorOf(facts, id));
  const found = known.pictures.find((one) =>
    picture === undefined ? one.indicator === id || one.indicator === process : one.id === picture,
  );
  if (found === undefined) throw new Problem('not-found');
  const of = numbers.get(facts) ?? last + 1;
  numbers.set(facts, of);
  last = Math.max(last, of);
  const key = JSON.stringify([of, found.id, lang, today]);
  const svg = drawings.get(key) ?? drawPicture(known, found, { lang, date: today });
  drawings.set(key, svg);
  return svg;
}

/** A drawing as a picture of dots. */
export async function asPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const fonts = listFiles(shippedPath('data', 'fonts'), '.ttf').map((name) => shippedPath('data', 'fonts', name));
  const { png } = await rasterised(svg, { box: BOX, fonts, dpi: DPI });
  return new Uint8Array(png);
}

const HEADER =
  'indicator,feature,zone,class,class_name,period_start,period_end,value,low,high,level,unit,n,role,quality,note,method,version,run'.split(
    ',',
  );

/** Every figure of an indicator, as it is kept. */
export function figuresCsv(facts: IndicatorFacts, id: Id, lang: Lang): string {
  const { known, figures } = facts;
  indicatorOf(facts, id);
  const rows = (figures.get(id) ?? []).map((o) => {
    const method = methodOf(known, o);
    const { by, period } = o;
    return [
      ...[
        o.indicator,
        o.feature,
        zoneOf(known, o.feature),
        by.class ?? null,
        by.class === undefined ? null : classText(lang, by.class),
      ],
      ...[period?.start ?? null, period?.end ?? null, o.value, o.low, o.high, o.level, o.unit, o.n, o.role, o.quality, o.note],
      ...[method?.method ?? null, method?.version ?? null, 'run' in o.from ? o.from.run : null],
    ];
  });
  return writeCsv(HEADER, rows);
}

/** The zones with their latest computed figures, else with those that were observed or declared. */
export function figuresGeojson(facts: IndicatorFacts, id: Id, { lang, today }: { lang: Lang; today: string }): string {
  indicatorOf(facts, id);
  const latest = latestFigures(facts, id, today);
  return writeGeojson(
    ownDrawnZones(facts.known.facts).map(({ id: zone, kind, name, geometry }) => {
      const own = latest.filter(({ feature }) => feature === zone);
      const computed = own.filter(({ role }) => role === 'computed');
      const values = (computed.length > 0 ? computed : own).flatMap((o) => Object.entries(columnsOf(o)));
      return { id: zone, geometry, properties: { id: zone, kind, name: pick(name, lang), ...Object.fromEntries(values) } };
    }),
  );
}

/** Columns of a figure: those of a class bear its code. */
function columnsOf(o: Observation): Record<string, string | number | null> {
  const figure = figureOf(o);
  const name = (column: string): string =>
    o.by.class === undefined ? column : column === 'value' ? o.by.class : `${o.by.class} ${column}`;
  const shared = { period: o.period?.start ?? null, unit: figure?.unit ?? o.unit, run: 'run' in o.from ? o.from.run : null };
  return {
    ...shared,
    [name('value')]: figure?.value ?? null,
    ...(figure?.low == null ? {} : { [name('low')]: figure.low }),
    ...(figure?.high == null ? {} : { [name('high')]: figure.high }),
  };
}
