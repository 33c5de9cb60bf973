/** What a season of a crop is made of: weather, crop, soil, irrigation, and the terms of each day. */
import type { CropStages, StageCoefficients } from './crop-coefficients.ts';
import type { SoilLayer, SoilWater } from './crop-soil-water.ts';

/** Weather of a day of the season. */
export interface CropDay {
  /** Reference evapotranspiration [mm]. */
  reference: number;
  /** [mm] */
  rain: number;
  /** Wind at 2 m [m/s]. */
  wind: number;
  /** Least relative humidity [%]. */
  lowestHumidity: number;
  /** Water that rises into the root zone [mm]; none where not given. */
  capillaryRise?: number;
  /** Measured on the day, instead of what is reckoned: basal coefficient, height [m], cover [1]. */
  basal?: number;
  height?: number;
  cover?: number;
}

export interface Crop {
  stages: CropStages;
  /** Single coefficients (table 12) and basal ones (table 17). */
  single: StageCoefficients;
  basal: StageCoefficients;
  /** Height at planting and greatest [m]. */
  height: readonly [first: number, most: number];
  /** Depth of roots at planting and greatest [m]. */
  roots: readonly [first: number, most: number];
  /** Depletion without stress at 5 mm/d [1]: table 22. */
  depletion: number;
}

export interface Soil extends SoilWater {
  /** Water content at planting [m³/m³]. */
  initial: number;
  /** Depth of the layer that evaporates [m], 0.10 to 0.15, and water in it that evaporates unreduced [mm]: table 19. */
  evaporationDepth: number;
  readyEvaporation: number;
  /** Instead of one soil to any depth; `initial` stands in each. */
  layers?: readonly SoilLayer[];
  /** Curve number; without it no rain runs off. */
  curveNumber?: number;
}

/** Water that is given on a day. */
export interface Irrigation {
  /** At the field's edge [mm]. */
  depth: number;
  /** Part of the ground that it wets [1]: table 20. */
  wetted: number;
  /** Part of it that enters the soil [1]. */
  efficiency?: number;
}

export interface SeasonOptions {
  /** What is given on a day, known how the root zone is at its morning. */
  irrigation?: (day: number, state: RootZone) => Irrigation | null;
  coefficients?: 'dual' | 'single';
  /** `climate`: coefficients of middle and end are moved to the mean wind and humidity of their stages (eqs. 62, 65, 70). */
  tabled?: 'as-given' | 'climate';
  /** `constant`: the depletion without stress stays as tabled whatever the weather. */
  fraction?: 'adjusted' | 'constant';
  stress?: 'fao-56' | 'aquacrop';
  reference?: 'short' | 'tall';
}

/** The root zone on the morning of a day [mm], roots as they are on the day; what the day will take is known of the day before only. */
export interface RootZone {
  depletion: number;
  available: number;
  /** Without stress, at the evapotranspiration of the day before. */
  ready: number;
  /** What the crop took on the day before; 0 on the first. */
  demand: number;
}

/** One day of a season; water in mm. */
export interface SeasonDay {
  reference: number;
  rain: number;
  runoff: number;
  irrigation: number;
  /** Of the irrigation, what does not enter the soil. */
  lost: number;
  capillaryRise: number;
  /** Coefficients [1]: single, basal, limit, of evaporation, of stress. */
  single: number;
  basal: number;
  greatest: number;
  evaporating: number;
  stress: number;
  /** Height, roots [m]; cover, part bare and wet, part wetted [1]. */
  height: number;
  roots: number;
  cover: number;
  bareWet: number;
  wetted: number;
  /** Without want of water; as it was; of which evaporated from the soil, and transpired. */
  potential: number;
  actual: number;
  evaporation: number;
  transpiration: number;
  percolation: number;
  beyond: number;
  /** Of the evaporation layer and of the root zone, at the end of the day. */
  surfaceDepletion: number;
  depletion: number;
  /** Of the whole profile, where there are layers. */
  profileDepletion: number;
  available: number;
  ready: number;
}

export type SeasonTotals = Record<
  | 'reference'
  | 'rain'
  | 'runoff'
  | 'irrigation'
  | 'lost'
  | 'capillaryRise'
  | 'potential'
  | 'actual'
  | 'evaporation'
  | 'transpiration'
  | 'percolation'
  | 'beyond',
  number
>;

export interface Season {
  days: SeasonDay[];
  totals: SeasonTotals;
  /** Depletion before the first day and after the last [mm], of the profile where there are layers. */
  depletion: { before: number; after: number };
  /** Largest gap of the balance of any day [mm]: rounding. */
  closure: number;
  /** Days of the season without weather: it ends before them. */
  missing: number;
}
