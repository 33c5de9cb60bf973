/**
 * SDG 6.4: how hard a country or basin presses on its water, and what it earns with it.
 *
 *     waterStress({ withdrawal: 24, resources: 108, environment: 36 })      // { value: 33.33 %, class: 'low' }
 *     waterUseEfficiency({ agriculture: { value: 5e9, withdrawal: 15e9, rainfed: 0.4 }, … })   // USD/m³
 *
 * @see UN Statistics Division, SDG indicator metadata 6.4.1 and 6.4.2 (custodian FAO),
 * https://unstats.un.org/sdgs/metadata/files/Metadata-06-04-02.pdf and Metadata-06-04-01.pdf
 */

/** Volumes in one unit, of one year. */
export interface WaterBudget {
  /** Freshwater taken out by all sectors (TFWW); not desalinated water, nor wastewater used again. */
  withdrawal: number;
  /** Renewable freshwater, own and from outside (TRWR). */
  resources: number;
  /** What rivers and wetlands need to stay alive (EFR). */
  environment: number;
}

/** Classes as FAO draws them: bounds 25, 50, 75, 100 %. */
export type StressClass = 'none' | 'low' | 'medium' | 'high' | 'critical';

/** Lower bounds [%]. FAO & UN-Water 2021, Progress on level of water stress, ISBN 978-92-5-134826-0. */
const BOUNDS: readonly [StressClass, number][] = [
  ['critical', 100],
  ['high', 75],
  ['medium', 50],
  ['low', 25],
];

export interface WaterStress {
  /** [%]; `null` where rivers need all there is, so that nothing may be taken. */
  value: number | null;
  class: StressClass;
}

/**
 * Level of water stress: withdrawal / (resources - environment) x 100. Indicator 6.4.2.
 * @throws RangeError when a volume is below zero or missing
 */
export function waterStress({ withdrawal, resources, environment }: WaterBudget): WaterStress {
  for (const [name, volume] of Object.entries({ withdrawal, resources, environment })) {
    if (!(volume >= 0 && volume < Infinity)) throw new RangeError(`${name} of ${volume}: expected a volume from 0`);
  }
  const free = resources - environment;
  if (free <= 0) return { value: null, class: 'critical' };
  const value = (100 * withdrawal) / free;
  return { value, class: stressClass(value) };
}

/** Class of a level of stress [%]; a bound belongs to the class above, 100 % itself to `high`. */
export function stressClass(value: number): StressClass {
  if (value > 100) return 'critical';
  return BOUNDS.find(([name, least]) => name !== 'critical' && value >= least)?.[0] ?? 'none';
}

/** A sector's value added in a year [USD of the base year] and freshwater taken [m³]. */
export interface SectorUse {
  value: number;
  withdrawal: number;
}

export interface EfficiencyInput {
  /** Irrigated agriculture, livestock and fish ponds; `rainfed`: part of the value that rain alone earned [1]. */
  agriculture: SectorUse & { rainfed: number };
  /** Mining, industry, power, construction: MIMEC. */
  industry: SectorUse;
  services: SectorUse;
}

export interface WaterUseEfficiency {
  /** [USD/m³] of the country and of its sectors, `null` where a sector takes no water; part of the water that each takes [1]. */
  value: number | null;
  sectors: Record<keyof EfficiencyInput, { value: number | null; part: number }>;
}

/**
 * Water-use efficiency: the sum over sectors of value added per volume times the part of the water that each takes. Indicator 6.4.1.
 * In agriculture only the value that irrigation earned counts.
 */
export function waterUseEfficiency(input: EfficiencyInput): WaterUseEfficiency {
  const earned = {
    agriculture: input.agriculture.value * (1 - input.agriculture.rainfed),
    industry: input.industry.value,
    services: input.services.value,
  };
  const names = Object.keys(earned) as (keyof EfficiencyInput)[];
  const total = names.reduce((sum, name) => sum + input[name].withdrawal, 0);
  const sectors = Object.fromEntries(
    names.map((name) => {
      const { withdrawal } = input[name];
      return [name, { value: withdrawal > 0 ? earned[name] / withdrawal : null, part: total > 0 ? withdrawal / total : 0 }];
    }),
  ) as WaterUseEfficiency['sectors'];
  const value = names.reduce((sum, name) => sum + (sectors[name].value ?? 0) * sectors[name].part, 0);
  return { value: total > 0 ? value : null, sectors };
}

/**
 * Value that rain alone earned of agriculture's [1]: 1 / (1 + irrigated part / (1 - irrigated part) / ratio), where `ratio` is the
 * yield of rainfed land over that of irrigated land. Metadata 6.4.1; 0.563 is its default.
 */
export function rainfedPart(irrigated: number, ratio = 0.563): number {
  if (irrigated >= 1) return 0;
  return 1 / (1 + irrigated / ((1 - irrigated) * ratio));
}
