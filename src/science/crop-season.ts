/**
 * A season of a crop, day by day: coefficients, evaporation layer, root zone, after FAO-56 with the single or the dual coefficient.
 *
 *     const season = cropSeason(weather, cotton, soil, { irrigation: (day) => events[day] ?? null });
 *     season.totals   // { reference: 1352.49, potential: 1062.60, actual: 887.09, percolation: 49.79, … } mm
 *
 * The balance closes each day: depletion = depletion before + actual + percolation - rain (less runoff) - irrigation (less losses)
 * - capillary rise - beyond. `beyond` is what evaporated from below the wilting point: the evaporation layer may dry to half of it,
 * which the root zone does not know of; FAO-56 (eq. 86) holds the depletion at the available water and says nothing of the rest.
 *
 * Roots that grow find soil at field capacity, as FAO-56 has it; with layers they find what is there, and what percolates leaves
 * the profile down to the deepest root (the method of USDA-ARS Fort Collins as pyfao56 has it, doi 10.1016/j.softx.2022.101208).
 *
 * @see Allen, Pereira, Raes & Smith 1998, FAO Irrigation and Drainage Paper 56, ISBN 92-5-104219-5: chapters 6 to 8, annex 8
 */
import {
  bareWetPart,
  climateAdjusted,
  coverOf,
  greatestCoefficient,
  grown,
  heightAfter,
  nextCoefficient,
  type StageCoefficients,
  seasonLength,
  stageCoefficient,
  within,
} from './crop-coefficients.ts';
import type { Crop, CropDay, Irrigation, Season, SeasonDay, SeasonOptions, SeasonTotals, Soil } from './crop-season-terms.ts';
import {
  availableWater,
  depletionFraction,
  evaporableWater,
  evaporationReduction,
  overLayers,
  stressCoefficient,
  surfaceRunoff,
} from './crop-soil-water.ts';

export type * from './crop-season-terms.ts';

/** Rain from which the whole ground counts as wet [mm]. */
const WETTING_RAIN = 3;

const TOTALLED = [
  ...['reference', 'rain', 'runoff', 'irrigation', 'lost', 'capillaryRise', 'potential', 'actual'],
  ...['evaporation', 'transpiration', 'percolation', 'beyond'],
] as (keyof SeasonTotals)[];

/**
 * Runs a season over the days of `weather`, the first being that of planting; it may be longer than the stages.
 * A value of weather that is missing (NaN) ends the run there: `missing` tells how many days are left.
 */
export function cropSeason(weather: readonly CropDay[], crop: Crop, soil: Soil, options: SeasonOptions = {}): Season {
  const { irrigation = () => null, coefficients = 'dual' } = options;
  const own = options.tabled === 'climate' ? adjustedCrop(crop, weather) : crop;
  const total = soil.layers
    ? overLayers(soil.layers, soil.evaporationDepth, (layer) => layer.fieldCapacity - 0.5 * layer.wiltingPoint)
    : evaporableWater(soil, soil.evaporationDepth);
  const start = initialState(own, soil, total);
  const days: SeasonDay[] = [];
  let [state, closure] = [start, 0];
  for (const [i, day] of weather.entries()) {
    if (![day.reference, day.rain, day.wind, day.lowestHumidity].every(Number.isFinite)) break;
    const tabled = nextCoefficient(state.tabled, i, own.stages, own.basal);
    const roots = heightAfter(state.roots, grown(...own.roots, tabled, own.basal)); // whatever was measured of the coefficient
    const available = availableIn(soil, roots);
    const fraction = fractionAt(own, days.at(-1)?.potential, options);
    const zone = { depletion: state.depletion, available, ready: fraction * available, demand: days.at(-1)?.actual ?? 0 };
    const given = irrigation(i, zone);
    const step = { day, i, crop: own, soil, total, given, roots, available, options };
    const next = coefficients === 'dual' ? dualDay(step, state) : singleDay(step, state);
    closure = Math.max(closure, Math.abs(gapOf(next, state, soil)));
    days.push(next);
    state = { ...next, tabled, deepAvailable: deepOf(soil, own, next.available) };
  }
  const totals = Object.fromEntries(
    TOTALLED.map((name) => [name, days.reduce((sum, day) => sum + day[name], 0)]),
  ) as SeasonTotals;
  const held = (of: { depletion: number; profileDepletion: number }): number =>
    soil.layers ? of.profileDepletion : of.depletion;
  return {
    days,
    totals,
    depletion: { before: held(start), after: held(state) },
    closure,
    missing: Math.max(0, seasonLength(crop.stages) - days.length),
  };
}

/** What a day hands on to the next. */
type State = Pick<SeasonDay, 'depletion' | 'profileDepletion' | 'surfaceDepletion' | 'height' | 'roots' | 'wetted' | 'basal'> & {
  /** Basal coefficient of the table. */
  tabled: number;
  /** Available water below the roots [mm]. */
  deepAvailable: number;
};

interface Step {
  day: CropDay;
  i: number;
  crop: Crop;
  soil: Soil;
  /** Evaporable water of the top [mm]. */
  total: number;
  given: Irrigation | null;
  roots: number;
  available: number;
  options: SeasonOptions;
}

function initialState({ roots: [first, most], height: [seedling], basal: [tabled] }: Crop, soil: Soil, total: number): State {
  const missingTo = (depth: number): number =>
    soil.layers
      ? overLayers(soil.layers, depth, (layer) => layer.fieldCapacity - layer.initial)
      : 1000 * (soil.fieldCapacity - soil.initial) * depth; // eq. 87
  return {
    depletion: missingTo(first),
    profileDepletion: missingTo(most),
    surfaceDepletion: total,
    height: seedling,
    roots: first,
    wetted: 1,
    basal: tabled,
    tabled,
    deepAvailable: availableIn(soil, most) - availableIn(soil, first),
  };
}

function availableIn(soil: Soil, depth: number): number {
  return soil.layers
    ? overLayers(soil.layers, depth, (layer) => layer.fieldCapacity - layer.wiltingPoint)
    : availableWater(soil, depth);
}

const deepOf = (soil: Soil, { roots: [, most] }: Crop, available: number): number => availableIn(soil, most) - available;

/** Coefficients of middle and end moved to the climate of their stages. */
function adjustedCrop(crop: Crop, weather: readonly CropDay[]): Crop {
  const { initial, development, middle, late } = crop.stages;
  const [from, ripe, end] = [
    initial + development,
    initial + development + middle,
    seasonLength({ initial, development, middle, late }),
  ];
  const mean = (days: readonly CropDay[], of: (day: CropDay) => number): number =>
    days.reduce((sum, day) => sum + of(day), 0) / days.length;
  const moved = (tabled: number, days: readonly CropDay[]): number => {
    if (days.length === 0) return tabled;
    const climate = {
      wind: mean(days, (d) => d.wind),
      lowestHumidity: mean(days, (d) => d.lowestHumidity),
      height: crop.height[1],
    };
    return climateAdjusted(tabled, climate);
  };
  const [mid, last] = [weather.slice(from, ripe), weather.slice(ripe, end)];
  const both = ([first, middling, ending]: StageCoefficients): StageCoefficients => [
    first,
    moved(middling, mid),
    moved(ending, last),
  ];
  return { ...crop, single: both(crop.single), basal: both(crop.basal) };
}

/** What comes in on a day: rain less runoff, irrigation less losses. */
function inflowOf({ day, soil, total, given }: Step, surfaceDepletion: number) {
  const runoff =
    soil.curveNumber === undefined
      ? 0
      : surfaceRunoff(day.rain, surfaceDepletion, total, soil.readyEvaporation, soil.curveNumber);
  const depth = given?.depth ?? 0;
  const lost = depth - depth * (given?.efficiency ?? 1);
  return { rain: day.rain, runoff, irrigation: depth, lost, capillaryRise: day.capillaryRise ?? 0 };
}

/** FAO-56, eqs. 69 to 88, in the order of annex 8. */
function dualDay(step: Step, before: State): SeasonDay {
  const { day, i, crop, soil, total, given, options } = step;
  const inflow = inflowOf(step, before.surfaceDepletion);
  const basal = (day.basal ?? 0) > 0 ? (day.basal as number) : nextCoefficient(before.basal, i, crop.stages, crop.basal);
  const height =
    (day.height ?? 0) > 0 ? (day.height as number) : heightAfter(before.height, grown(...crop.height, basal, crop.basal));
  const greatest = greatestCoefficient(basal, { ...day, height }, { reference: options.reference ?? 'short' });
  const cover = (day.cover ?? 0) > 0 ? (day.cover as number) : coverOf(basal, crop.basal[0], greatest, height);
  const wetted = inflow.irrigation > 0 ? (given as Irrigation).wetted : inflow.rain >= WETTING_RAIN ? 1 : before.wetted; // table 20
  const bareWet = bareWetPart(cover, wetted);
  const reduction = evaporationReduction(before.surfaceDepletion, total, soil.readyEvaporation);
  const evaporating = Math.min(reduction * (greatest - basal), bareWet * greatest); // eq. 71
  const evaporation = evaporating * day.reference;
  const entered = inflow.rain - inflow.runoff + (inflow.irrigation - inflow.lost) / wetted;
  const through = Math.max(0, entered - before.surfaceDepletion); // eq. 79
  const surfaceDepletion = within(0, before.surfaceDepletion - entered + evaporation / bareWet + through, total); // eqs. 77, 78
  const potential = (evaporating + basal) * day.reference; // eq. 69
  const rooted = rootZoneDay(step, before, inflow, potential, (stress) => (stress * basal + evaporating) * day.reference); // eq. 80
  return {
    ...inflow,
    ...rooted,
    ...{ reference: day.reference, single: stageCoefficient(i, crop.stages, crop.single), basal, greatest, evaporating },
    ...{ height, roots: step.roots, cover, bareWet, wetted, potential, evaporation, surfaceDepletion },
    transpiration: rooted.stress * basal * day.reference,
  };
}

/** With one coefficient: evaporation and transpiration are not told apart, and stress takes from both (eq. 81). */
function singleDay(step: Step, before: State): SeasonDay {
  const { day, i, crop, given } = step;
  const inflow = inflowOf(step, before.surfaceDepletion);
  const single = stageCoefficient(i, crop.stages, crop.single);
  const basal = nextCoefficient(before.basal, i, crop.stages, crop.basal);
  const potential = single * day.reference; // eq. 58
  const rooted = rootZoneDay(step, before, inflow, potential, (stress) => stress * potential);
  return {
    ...inflow,
    ...rooted,
    ...{ reference: day.reference, single, basal, greatest: Number.NaN, evaporating: Number.NaN, roots: step.roots },
    ...{ height: heightAfter(before.height, grown(...crop.height, basal, crop.basal)), cover: Number.NaN, bareWet: Number.NaN },
    ...{ wetted: given?.wetted ?? before.wetted, potential, evaporation: Number.NaN, transpiration: Number.NaN },
    surfaceDepletion: before.surfaceDepletion,
  };
}

/** Stress, percolation and depletion of a day. */
function rootZoneDay(
  { crop, soil, available, options }: Step,
  before: State,
  inflow: ReturnType<typeof inflowOf>,
  potential: number,
  actualAt: (stress: number) => number,
): Pick<SeasonDay, 'stress' | 'actual' | 'percolation' | 'beyond' | 'depletion' | 'profileDepletion' | 'available' | 'ready'> {
  const fraction = fractionAt(crop, potential, options);
  const stress = stressCoefficient(before.depletion, available, fraction, { curve: options.stress ?? 'fao-56' });
  const actual = actualAt(stress);
  const entered = inflow.rain - inflow.runoff + inflow.irrigation - inflow.lost + inflow.capillaryRise;
  const held = soil.layers ? before.profileDepletion : before.depletion;
  const percolation = Math.max(0, entered - actual - held); // eq. 88
  const ready = fraction * available;
  if (soil.layers === undefined) {
    const wanted = Math.max(0, before.depletion - entered + actual + percolation); // eq. 85
    const depletion = Math.min(wanted, available); // eq. 86
    return { stress, actual, percolation, beyond: wanted - depletion, depletion, profileDepletion: Number.NaN, available, ready };
  }
  const whole = availableIn(soil, crop.roots[1]);
  const deep = whole - available;
  const found = before.deepAvailable > 0 ? (before.profileDepletion - before.depletion) * (1 - deep / before.deepAvailable) : 0;
  const wanted = Math.max(0, before.profileDepletion - entered + actual + percolation);
  const profileDepletion = Math.min(wanted, whole);
  const depletion = within(0, before.depletion - entered + actual + found, available);
  return { stress, actual, percolation, beyond: wanted - profileDepletion, depletion, profileDepletion, available, ready };
}

/** Depletion without stress [1] at an evapotranspiration; as tabled where that is not known. */
function fractionAt({ depletion }: Crop, potential: number | undefined, { fraction }: SeasonOptions): number {
  return fraction === 'constant' || potential === undefined ? depletion : depletionFraction(depletion, potential);
}

/** What the day's terms leave of the balance [mm]. */
function gapOf(day: SeasonDay, before: State, soil: Soil): number {
  const [from, to] = soil.layers ? [before.profileDepletion, day.profileDepletion] : [before.depletion, day.depletion];
  const entered = day.rain - day.runoff + day.irrigation - day.lost + day.capillaryRise;
  return to - (from + day.actual + day.percolation - entered - day.beyond);
}
