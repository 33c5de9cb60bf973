/** Crops and their water after FAO-56, FAO-33 and FAO-29; see each file. */
export * from './crop-coefficients.ts';
export * from './crop-salinity.ts';
export * from './crop-season.ts';
export * from './crop-soil-water.ts';
export * from './crop-yield.ts';
export * from './irrigation-schedule.ts';
