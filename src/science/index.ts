/** Published methods as pure functions on numbers and arrays; see each file for its references. */

export * as accumulate from './accumulate.ts';
export { type AdjustedClass, type AdjustmentWarning, type AreaAdjustment, adjustAreas } from './area-adjustment.ts';
export { boxArea, geodesicArea, geodesicPerimeter } from './areas.ts';
export { type BeforeAfter, beforeAfter, type EffectInterval } from './before-after.ts';
export { difference, type Effect, type Estimate, excludes, logResponseRatio, type NoInterval, ratio } from './change.ts';
export { type CircuitGrid, type CircuitOptions, circuitGrid } from './circuit-grid.ts';
export {
  type Branch,
  type CircuitNetwork,
  circuitNetwork,
  type NetworkLoad,
  networkCurrents,
  networkResistances,
  networkVoltages,
} from './circuit-network.ts';
export { type Connectivity, type ConnectivityOptions, connectivity, type PatchWorth } from './connectivity.ts';
export {
  type Coverage,
  type CoverageBuilder,
  type CoverageOptions,
  coverage,
  coverageBuilder,
  coverages,
  type PolygonRings,
} from './coverage.ts';
export { newSpans, type Spans, spansInTile, type TileWindow, type TileZones, zonesByTile } from './coverage-tiles.ts';
export * as crop from './crop.ts';
export { DISSIMILARITIES, type Dissimilarity, type DissimilarityOptions, dissimilarities } from './dissimilarity.ts';
export { distanceToBoundary, distanceToBox, geodesicDistance, type Nearest } from './distances.ts';
export {
  asymptoticDiversity,
  diversityAt,
  diversityAtCoverage,
  diversityBySize,
  observedDiversity,
  sampleCoverage,
  sizeAtCoverage,
} from './diversity.ts';
export {
  type Bounded,
  type CurveOptions,
  type CurvePoint,
  type DiversityCurve,
  diversityCurve,
} from './diversity-curve.ts';
export { abundanceSample, type DiversitySample, incidenceSample } from './diversity-sample.ts';
export { type BlockCounts, indexBlock } from './drought-block.ts';
export {
  addDroughtArea,
  type DroughtAreas,
  type DroughtClass,
  type DroughtEvent,
  droughtClass,
  droughtEvents,
  droughtShare,
  mergeDroughtAreas,
  newDroughtAreas,
} from './drought-events.ts';
export type { IndexOptions, MonthFit, StandardisedIndex } from './drought-index.ts';
export * as evapotranspiration from './evapotranspiration.ts';
export { actualVapour, asceReference, type Humidity, type VapourRule } from './evapotranspiration-asce.ts';
export { daylightHours, extraterrestrialRadiation } from './evapotranspiration-sun.ts';
export { type HargreavesDay, hargreaves, type ThornthwaiteOptions, thornthwaite } from './evapotranspiration-temperature.ts';
export { extent } from './extent.ts';
export { adjustedP, type Discovery, type DiscoveryMethod, type DiscoveryOptions, falseDiscovery } from './false-discovery.ts';
export { addFires, burnedAreas, type FireTable, mergeFireTables, newFireTable, yearOfBurns } from './fire.ts';
export { type FireIntervals, type FireSeason, fireIntervals, fireRotation, fireSeason } from './fire-regime.ts';
export { measureRing, type RingMeasure } from './geodesic-ring.ts';
export { type Grid, type GridTransform, gridFrom, sameGrid } from './grid.ts';
export { type HabitatNetwork, habitatNetwork, type PatchLink, patchLinks } from './habitat-network.ts';
export { hillNumber, renyiEntropy, tsallisEntropy } from './hill.ts';
export * as homogeneity from './homogeneity.ts';
export * as lake from './lake.ts';
export {
  type Codes,
  type LandClass,
  type Legend,
  landCoverDegradation,
  type Nesting,
  NODATA,
  type Recoder,
  recode,
  recoder,
  strangeCodes,
  type TransitionMeanings,
  type TransitionTable,
  transitionCode,
  transitionMeanings,
  withTransitions,
} from './land-cover.ts';
export {
  type AreaTable,
  addClassSpan,
  addValueSpan,
  areaOf,
  type ClassArea,
  type ClassIndex,
  classAreas,
  classIndex,
  isCoarse,
  mergeAreaTables,
  newAreaTable,
  type OpenAreaTable,
  type Place,
  pixelsOf,
  totalArea,
} from './land-cover-areas.ts';
export {
  type ClassChange,
  changeOf,
  expectedByGain,
  expectedByLoss,
  type LandCoverChange,
  landTransitions,
  type Transition,
} from './land-cover-change.ts';
export {
  type Compat,
  type Correction,
  correctErrors,
  type DegradationPeriod,
  degradationStatus,
  degradationStatusBlock,
  landCoverProgress,
  type Missing,
  NO_COMPAT,
  oneOutAllOut,
  oneOutAllOutBlock,
  PUBLISHED_COMPAT,
  statusClass,
  statusClassBlock,
  TRENDS_EARTH_COMPAT,
} from './land-degradation.ts';
export {
  type DegradedShare,
  degradationClasses,
  degradedShare,
  landNeutrality,
  type Neutrality,
  statusClasses,
} from './land-degradation-areas.ts';
export { type ClimateOptions, restrend, useEfficiency } from './land-degradation-climate.ts';
export { kendallCritical, kendallTail } from './land-degradation-kendall.ts';
export { type Dynamics, type DynamicsOptions, productivityDynamics } from './land-degradation-lpd.ts';
export {
  addToReference,
  bestOfUnits,
  meanProductivity,
  mergeReferences,
  newProductivityReference,
  type Performances,
  type ProductivityReference,
  performanceBlock,
  performanceUnit,
  type UnitBest,
} from './land-degradation-performance.ts';
export {
  type Combination,
  type CombinationTable,
  combineProductivity,
  combineProductivityBlock,
  productivityDegradation,
  productivityOfJrc,
  productivityTable,
} from './land-degradation-productivity.ts';
export {
  climateFactors,
  type SoilFactors,
  type SoilFactorTable,
  soilCarbon,
  soilChange,
  soilDegradation,
  soilFactors,
} from './land-degradation-soil.ts';
export { type StateOptions, type States, stateBlock } from './land-degradation-state.ts';
export { criticalValues, type Trajectories, type TrajectoryOptions, trajectoryBlock } from './land-degradation-trajectory.ts';
export {
  type CellSizes,
  type CostField,
  type CostMean,
  type CostOptions,
  type CostSurface,
  corridor,
  costDistances,
  costSurface,
  costsFrom,
  pathTo,
} from './least-cost.ts';
export {
  type LivingPlanetIndex,
  type LivingPlanetOptions,
  livingPlanetIndex,
  type PopulationMethod,
  type PopulationSeries,
  populationChanges,
  type SpeciesSeries,
  type SpeciesSet,
  speciesChanges,
} from './living-planet.ts';
export { mannKendall, type TrendTest } from './mann-kendall.ts';
export { exactTwoSided } from './mann-kendall-exact.ts';
export {
  regionalMannKendall,
  type SeasonalOptions,
  type SeveralOptions,
  seasonalMannKendall,
  seasonalTheilSen,
} from './mann-kendall-seasonal.ts';
export {
  type ChangeIndex,
  changeIndexes,
  listLengthTrend,
  type OccupancyTrend,
  type OccurrenceRecord,
  targetGroupTrend,
  type Visit,
  visitsOf,
} from './occupancy-trend.ts';
export { type MovingWindow, movingWindow, type WindowCondition, type WindowOptions, type WindowSums } from './omniscape.ts';
export {
  addToHistogram,
  type Histogram,
  mergeHistograms,
  newHistogram,
  type OtsuDoubt,
  type OtsuThreshold,
  otsu,
} from './otsu.ts';
export { rowAreas } from './pixel-area.ts';
export { pointInPolygon, type Side } from './point-in-polygon.ts';
export { fitPopulation, type PopulationOptions, type PopulationTrend } from './population.ts';
export type { PopulationCount } from './population-cells.ts';
export * as presence from './presence.ts';
export {
  addPressure,
  integerEdges,
  mergePressureZones,
  newPressureZone,
  type PressureRun,
  type PressureSummary,
  type PressureZone,
  pressureEdges,
  pressureOf,
} from './pressure.ts';
export {
  type GradientVerdict,
  jonckheere,
  type OrderedTrend,
  type PressureGradient,
  type PressureStep,
  pressureGradient,
  superiorityInterval,
  superiorityOf,
} from './pressure-gradient.ts';
export { type Population, type PopulationFigure, type PopulationKind, populationOf } from './pressure-population.ts';
export { autocorrelation, trendFree, vonStorch, type Whitened, type WhiteningOptions } from './prewhitening.ts';
export { type ProtectedConnectivity, type ProtectedOptions, protectedConnectivity } from './protected-connectivity.ts';
export {
  RED_LIST_WEIGHTS,
  type RedListAssessment,
  type RedListCategory,
  type RedListYear,
  redListIndex,
} from './red-list-index.ts';
export { representativePoint } from './representative-point.ts';
export {
  type AdvancedOptions,
  advanced,
  allToOne,
  type FocalPlace,
  type FromAll,
  type FromAllOptions,
  focalPlaces,
  oneToAll,
  type Pairwise,
  type PairwiseOptions,
  pairwise,
} from './resistance.ts';
export type { Areal, Box, Position, Ring } from './rings.ts';
export { type Random, seededRandom, shuffled } from './seeded-random.ts';
export { newSnowBlock, type SnowBlock, type SnowDates, type SnowFigure, snowBlock } from './snow.ts';
export { addSnow, mergeSnowZones, newSnowZone, type SnowOfZone, type SnowZone, snowOfZone } from './snow-zone.ts';
export { type AccumulationPoint, accumulateColeman, accumulateIndividuals, accumulateUnits } from './species-accumulation.ts';
export { ace, chao1, chao2, type Estimated, fisherAlpha, type SpeciesPool, speciesPool } from './species-estimators.ts';
export {
  type SpeciesIndex,
  type SpeciesIndexOptions,
  type SpeciesTrend,
  type SpeciesTrendClass,
  type SpeciesYears,
  speciesIndex,
} from './species-index.ts';
export { type SpeiOptions, spei } from './spei.ts';
export { type SpiOptions, spi } from './spi.ts';
export { speiPearson, spiPearson } from './spi-pearson.ts';
export { type LimitPlaces, type TheilSen, theilSen } from './theil-sen.ts';
export { type Samples, type TrendBlock, type TrendOptions, trendBlock } from './trend-block.ts';
export { type Contextual, type ContextualOptions, contextualMannKendall } from './trend-contextual.ts';
export {
  discoveryOf,
  medianSlopeInterval,
  medianSlopeOf,
  mergeTrends,
  sharesOf,
  summariseTrends,
  type TrendShares,
  type TrendSummary,
  weightedMedian,
} from './trend-summary.ts';
export { type CorrectedTest, hamedRao, yueWang } from './trend-variance.ts';
export { type WaterRange, type WaterYear, waterClasses, waterPersistence, waterRange, waterYear } from './water-extent.ts';
export {
  addWaterTransitions,
  extentChange,
  mergeWaterTransitions,
  newWaterTransitions,
  type PeriodMean,
  periodMean,
  type WaterTransitions,
  waterTransitionChange,
  type YearExtent,
} from './water-extent-change.ts';
export { normalisedDifference } from './water-extent-index.ts';
export * as waterStress from './water-stress.ts';
export { type ZoneIndex, type ZoneShare, zoneIndex } from './zone-probability.ts';
