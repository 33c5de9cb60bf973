/**
 * Everything about lakes in one place, as `saryarka/science` gives it out under the name `lake`.
 *
 *     import { lake } from 'saryarka/science';
 *     const curve = lake.lakeCurve(rows);
 */
export * from './lake-balance.ts';
export * from './lake-basin-salt.ts';
export * from './lake-basins.ts';
export * from './lake-calibration.ts';
export * from './lake-curve.ts';
export * from './lake-error-budget.ts';
export * from './lake-hindcast.ts';
export * from './lake-outcome.ts';
export * from './lake-regulated.ts';
export * from './lake-scenario.ts';
export * from './lake-state.ts';
export * from './salinity.ts';
