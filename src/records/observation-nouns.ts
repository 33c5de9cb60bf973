/** Inhabitants and other figures that a reserve states of itself or of a zone, there and back. */
import { periodOf } from '../periods.ts';
import type { Id, Observation } from '../types.ts';
import { isUnit } from '../units.ts';
import type { RecordKind } from './catalogue.ts';
import { indicatorOf, type RecordContext } from './context.ts';
import { filled } from './count-nouns.ts';
import { shortened } from './dates.ts';
import type { KeptRecord, KeptRecords } from './kept.ts';
import { FaultError, type Making, type Nouns, noNouns, numberIn, textIn } from './nouns.ts';
import type { Values } from './reading.ts';

const CLASSES = ['permanent', 'seasonal'] as const;

export function observationNouns(making: Making): Nouns {
  const { kind, id, values, from, context } = making;
  const feature = featureOf(textIn(values, 'zone'), context);
  const shared = {
    feature,
    level: null,
    n: null,
    role: 'declared',
    quality: 'ok',
    approximate: false,
    note: textIn(values, 'source'),
    from,
  } as const;
  if (kind.id === 'population') {
    const observations = CLASSES.flatMap((by): Observation[] => {
      const value = numberIn(values, by);
      const period = periodOf(String(values.year));
      return value === null
        ? []
        : [
            {
              ...shared,
              id: `${id}/${by}`,
              indicator: 'population',
              period,
              value,
              unit: '{person}',
              low: null,
              high: null,
              by: { class: by },
            },
          ];
    });
    return { ...noNouns(), observations };
  }
  const indicator = indicatorOf(String(values.indicator), context.indicators);
  if (indicator === null)
    throw new FaultError({ field: 'indicator', reason: 'indicator', found: String(values.indicator), details: {} });
  const unit = textIn(values, 'unit') ?? indicator.unit;
  if (!isUnit(unit)) throw new FaultError({ field: 'unit', reason: 'unit', found: unit, details: { expected: indicator.unit } });
  const by = textIn(values, 'class');
  const observation: Observation = {
    ...shared,
    id,
    indicator: indicator.id,
    period: periodOf(String(values.period)),
    value: numberIn(values, 'value'),
    unit,
    low: numberIn(values, 'low'),
    high: numberIn(values, 'high'),
    by: by === null ? {} : { class: by },
  };
  return { ...noNouns(), observations: [observation] };
}

/** The site for the whole, the zone of that kind otherwise: it has to be there, and to be one. */
function featureOf(zone: string | null, { site, zones }: RecordContext): Id {
  if (zone === null || zone === 'whole') return site;
  const own = zones.filter(({ kind }) => kind === zone);
  const [first] = own;
  if (first !== undefined && own.length === 1) return first.id;
  const known = [...new Set(zones.map(({ kind }) => kind))];
  throw new FaultError({
    field: 'zone',
    reason: first === undefined ? 'zone-none' : 'zone-many',
    found: zone,
    details: { expected: [...known, 'whole'].join(', '), count: own.length },
  });
}

/** Figures of one kind of record that the dossier holds. */
export function keptObservations(kind: RecordKind, { observations, zones, site }: KeptRecords, prefix: Id): KeptRecord[] {
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

function valuesOf({ indicator, period, value, low, high, unit, by, note }: Observation, zone: string): Values {
  const last = period === null ? null : new Date(Date.parse(`${period.end}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const when = period === null ? null : shortened(`${period.start}${period.start === last ? '' : `/${last}`}`);
  return filled({ indicator, zone, period: when, value, low, high, unit, class: by.class ?? null, source: note });
}
