/** Inhabitants and other figures that a reserve states of itself or of a zone, there and back. */
import { periodOf } from '../periods.ts';
import type { Id, Observation } from '../types.ts';
import { isUnit } from '../units.ts';
import type { RecordKind } from './catalogue.ts';
import { indicatorOf, type RecordContext } from './context.ts';
import { periodText } from './dates.ts';
import { type KeptNouns, type KeptRecord, type Making, type Nouns, noNouns } from './nouns.ts';
import { FaultError, type Values } from './reading.ts';
import { filled, numberIn, textIn } from './record-values.ts';

/** Of inhabitants: the fields that count them are the classes of their observations. */
const CLASSES = ['permanent', 'seasonal'] as const;

/** Figures as observations that are declared, not computed. @throws FaultError where zone, indicator, unit or level cannot be told. */
export function observationNouns(making: Making): Nouns {
  const feature = featureOf(textIn(making.values, 'zone'), making.context);
  const declared = {
    feature,
    level: null,
    n: null,
    role: 'declared',
    quality: 'ok',
    approximate: false,
    note: textIn(making.values, 'source'),
    from: making.from,
  } as const;
  const observations =
    making.kind.id === 'population'
      ? inhabitantsOf(making).map((own) => ({ ...declared, ...own }))
      : [{ ...declared, ...figureOf(making) }];
  return { ...noNouns(), observations };
}

/** An observation for each class of inhabitants that is counted. */
function inhabitantsOf({ id, values }: Making) {
  const period = periodOf(String(values.year));
  return CLASSES.flatMap((by) => {
    const value = numberIn(values, by);
    if (value === null) return [];
    return [
      { id: `${id}/${by}`, indicator: 'population', period, value, unit: '{person}', low: null, high: null, by: { class: by } },
    ];
  });
}

function figureOf({ id, values, context }: Making) {
  const indicator = indicatorOf(String(values.indicator), context.indicators);
  if (indicator === null)
    throw new FaultError({ field: 'indicator', reason: 'indicator', found: String(values.indicator), details: {} });
  const unit = textIn(values, 'unit') ?? indicator.unit;
  if (!isUnit(unit)) throw new FaultError({ field: 'unit', reason: 'unit', found: unit, details: { expected: indicator.unit } });
  const by = textIn(values, 'class');
  return {
    id,
    indicator: indicator.id,
    period: periodOf(String(values.period)),
    value: numberIn(values, 'value'),
    unit,
    low: numberIn(values, 'low'),
    high: numberIn(values, 'high'),
    level: levelOf(numberIn(values, 'level')),
    by: by === null ? {} : { class: by },
  };
}

/** `95` or `0.95` as a share; a level of nothing or of certainty is none. */
function levelOf(said: number | null): number | null {
  if (said === null) return null;
  const level = said > 1 ? said / 100 : said;
  if (level > 0 && level < 1) return level;
  throw new FaultError({ field: 'level', reason: 'number', found: String(said), details: {} });
}

/**
 * The site for the whole, the zone of that kind otherwise. Where a map draws several of a kind, figures declared for the kind
 * stay with the first of them, whose id says so.
 */
function featureOf(zone: string | null, { site, zones }: RecordContext): Id {
  if (zone === null || zone === 'whole') return site;
  const own = zones.filter(({ kind }) => kind === zone);
  const [first] = own;
  const ofKind = own.length === 1 ? first : own.find(({ id }) => id === `${site}/${zone}`);
  if (ofKind !== undefined) return ofKind.id;
  const known = [...new Set(zones.map(({ kind }) => kind))];
  throw new FaultError({
    field: 'zone',
    reason: first === undefined ? 'zone-none' : 'zone-many',
    found: zone,
    details: { expected: [...known, 'whole'].join(', '), count: own.length },
  });
}

/** Figures of one kind of record that the dossier holds. */
export function keptObservations(kind: RecordKind, { observations, zones, site }: KeptNouns, prefix: Id): KeptRecord[] {
  const own = observations.filter(({ id }) => id.startsWith(prefix));
  const zoneOf = (feature: Id): string =>
    feature === site ? 'whole' : (zones.find(({ id }) => id === feature)?.kind ?? 'whole');
  if (kind.id !== 'population') {
    return own.map((one) => ({
      id: one.id,
      values: valuesOf(one, zoneOf(one.feature)),
      nouns: { ...noNouns(), observations: [one] },
    }));
  }
  const byRecord = Map.groupBy(own, ({ id }) => id.replace(/\/(permanent|seasonal)$/, ''));
  return [...byRecord].map(([id, of]) => ({
    id,
    values: filled({
      zone: zoneOf(of[0]?.feature ?? site),
      year: Number(of[0]?.period?.start.slice(0, 4)),
      ...Object.fromEntries(CLASSES.map((by) => [by, of.find((one) => one.by.class === by)?.value ?? null])),
      source: of[0]?.note ?? null,
    }),
    nouns: { ...noNouns(), observations: of },
  }));
}

function valuesOf({ indicator, period, value, low, high, level, unit, by, note }: Observation, zone: string): Values {
  const when = period === null ? null : periodText(period);
  const percent = level === null ? null : Number((level * 100).toPrecision(12));
  return filled({ indicator, zone, period: when, value, low, high, level: percent, unit, class: by.class ?? null, source: note });
}
