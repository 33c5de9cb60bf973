/**
 * Figures of human use that a dossier holds, by kind of zone: what rules Z08 to Z10 and Z20 look at, and the review tells.
 *
 *     pressureFigure(facts, 'core', 'settlements', 'sum')     // { value: 2, … }
 *     gradients(facts)                                        // [{ layer: 'roads', verdict: 'rises', steps, whole }]
 */
import { type GradientVerdict, gradientVerdict } from '../science/pressure-gradient.ts';
import type { Id, Observation, Period, ZoneKind } from '../types.ts';
import { computedArea, type Figure, zoneKinds } from './figures.ts';
import { currentZones, originId, type SiteFacts, sourceText } from './site-facts.ts';

/** How figures of several zones of a kind become one: added, or averaged by area. */
type Together = 'sum' | 'mean';

/** Effect of one step of a gradient. */
export interface GradientStep {
  inner: ZoneKind;
  outer: ZoneKind;
  /** Probability that a place of the outer zone is under more pressure. */
  effect: number | null;
  low: number | null;
  high: number | null;
  level: number | null;
  observation: Observation;
}

export interface Gradient {
  layer: string;
  period: Period | null;
  verdict: GradientVerdict;
  /** From the inside out. */
  steps: GradientStep[];
  /** The outermost zone against the innermost. */
  whole: GradientStep | null;
}

/** Computed figure of a kind of zone, of the latest time; `null` unless every zone of the kind that is drawn has one. */
export function pressureFigure(
  facts: SiteFacts,
  kind: ZoneKind,
  indicator: Id,
  together: Together,
  classOf: string | undefined = undefined,
): Figure | null {
  const drawn = currentZones(facts, kind).filter(({ geometry }) => geometry !== null);
  const all = drawn.map(({ id }) => latest(facts, id, indicator, classOf));
  const known = all.flatMap((o) => (o === null ? [] : [o]));
  const [first] = known;
  if (first === undefined || known.length < all.length) return null;
  const weights = known.map(({ feature }) => (together === 'sum' ? 1 : (computedArea(facts, feature)?.value ?? 1)));
  const whole = together === 'sum' ? 1 : weights.reduce((sum, weight) => sum + weight, 0);
  return {
    value: known.reduce((sum, { value }, i) => sum + (value ?? 0) * (weights[i] ?? 0), 0) / whole,
    about: 0,
    rounding: 0,
    period: first.period,
    origins: [...new Set(known.map(({ from }) => originId(from)))],
    sources: [...new Set(known.map(({ from }) => sourceText(facts, from)))],
    features: known.map(({ feature }) => feature),
  };
}

/** The value that was computed last of the latest time. */
function latest({ observations }: SiteFacts, feature: Id, indicator: Id, classOf: string | undefined): Observation | null {
  const own = observations.filter(
    (o) =>
      o.feature === feature &&
      o.indicator === indicator &&
      o.role === 'computed' &&
      o.value !== null &&
      o.quality !== 'doubtful' &&
      o.by.class === classOf,
  );
  return own.reduce<Observation | null>((last, o) => (last === null || startOf(o) >= startOf(last) ? o : last), null);
}

function startOf({ period }: Observation): string {
  return period?.start ?? '';
}

/** Gradients of the latest time, layer by layer. */
export function gradients({ site, observations }: SiteFacts): Gradient[] {
  const own = observations.filter(
    (o) => o.feature === site.id && o.indicator === 'pressure-gradient' && o.quality !== 'doubtful',
  );
  const layers = Map.groupBy(own, ({ by }) => (by.class ?? '').split(':')[0] ?? '');
  return [...layers].flatMap(([layer, of]) => {
    const last = of.map(startOf).sort().at(-1);
    // of several computations for one time the last one
    const runs = of.filter((o) => startOf(o) === last);
    const run = runs.at(-1)?.from;
    const steps = runs.filter(({ from }) => JSON.stringify(from) === JSON.stringify(run)).flatMap(stepOf);
    if (steps.length === 0) return [];
    const across = steps.find(({ inner, outer }) => zoneKinds.indexOf(outer) - zoneKinds.indexOf(inner) > 1) ?? null;
    const single = steps.length > 2 ? steps.filter((step) => step !== across) : steps;
    const whole = across ?? (single.length === 1 ? (single[0] ?? null) : null);
    return [{ layer, period: runs[0]?.period ?? null, verdict: gradientVerdict(single, whole), steps: single, whole }];
  });
}

function stepOf(observation: Observation): GradientStep[] {
  const [inner, outer] = (observation.by.class?.split(':')[1] ?? '')
    .split('-')
    .map((name) => zoneKinds.find((kind) => kind === name));
  if (inner === undefined || outer === undefined) return [];
  const { value, low, high, level } = observation;
  return [{ inner, outer, effect: value, low, high, level, observation }];
}
