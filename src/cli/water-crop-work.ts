/** What `saryarka water crop` is asked for and runs with, shared by its season and its comparison. */
import { readSource } from '../formats/source-node.ts';
import { readCropFile } from '../plans/irrigation-files.ts';
import type { CropEntry, IrrigationTables } from '../plans/irrigation-tables.ts';
import type { CropWeather } from '../plans/irrigation-weather.ts';
import { Problem } from '../problems.ts';
import type { SeasonOptions, Soil } from '../science/crop-season.ts';
import type { Lang } from '../types.ts';

export interface CropOptions {
  lang: Lang;
  crop: string;
  soil: string;
  planting: string;
  until?: string;
  reference: string;
  vapour?: string;
  latitude?: string;
  elevation?: string;
  windHeight?: string;
  initial?: string;
  coefficients: string;
  kc: string;
  fraction: string;
  stress: string;
  irrigation?: string;
  when: string;
  give: string;
  wetted: string;
  efficiency: string;
  supply?: string;
  salinity?: string;
  yield?: string;
  area: string;
  compare?: string;
  canal: string;
  deficit?: string;
  instead?: string;
  insteadPlanting?: string;
  runs: string;
  seed: string;
  json?: boolean;
  output?: string;
}

/** What the season is run with, read once. */
export interface CropWork {
  tables: IrrigationTables;
  entry: CropEntry;
  soil: Soil;
  weather: CropWeather;
  planting: string;
  season: Omit<SeasonOptions, 'irrigation'>;
}

/** A crop of the table, or of a JSON file. */
export function cropOf(field: string, text: string, { crops }: IrrigationTables): CropEntry {
  const found = crops.get(text);
  if (found !== undefined) return found;
  if (text.endsWith('.json')) return readCropFile(readSource(text));
  throw new Problem('choice-wrong', { field, found: text, expected: `${[...crops.keys()].join(', ')}, crop.json` });
}

/** The day that the weather does not reach, and from when to when it does. */
export function outside(field: string, date: string, { days }: CropWeather): Problem {
  return new Problem('choice-wrong', { field, found: date, expected: `${days[0]?.date ?? '–'} – ${days.at(-1)?.date ?? '–'}` });
}
