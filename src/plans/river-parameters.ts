/** Every parameter type that is computed here, by its name in Pywr without "parameter". */
import { CURVES } from './river-parameter-curves.ts';
import { type Make, PROFILES } from './river-parameter-profiles.ts';
import { SUMS } from './river-parameter-sums.ts';
import { WATER } from './river-parameter-water.ts';

export const PARAMETERS: Readonly<Record<string, Make>> = { ...PROFILES, ...SUMS, ...CURVES, ...WATER };
