/**
 * The state of a lake's life year by year, by rules that each have a source: the class of its salinity, and which fish it is fit for.
 *
 *     lakeState(10.8, [{ id: 'native-spawning', below: 13.4 }, { id: 'flounder', below: null }])
 *     // { salinity: 10.8, class: 'mesohaline', fit: ['native-spawning'], unfit: [], unknown: ['flounder'] }
 *     stateChanges(years)      // only the years in which something changed
 *
 * Classes: The Venice System 1958, doi 10.4319/lo.1958.3.3.0346. Limits of fish are the table's that is given; a group without a limit is
 * unknown at any salinity, not fit and not unfit.
 */
import { type SalinityClass, salinityClass } from './salinity.ts';

/** Salinity below which a group of fish lives [g/L]; `null` where none is known. */
export interface Tolerance {
  id: string;
  below: number | null;
}

export interface LakeState {
  /** [g/L] */
  salinity: number;
  class: SalinityClass;
  /** Groups of fish that bear it, that do not, and of which it is not known. */
  fit: string[];
  unfit: string[];
  unknown: string[];
}

export interface YearState extends LakeState {
  year: number;
}

/** The state at a salinity [g/L]. @throws RangeError for a salinity below 0. */
export function lakeState(salinity: number, fish: readonly Tolerance[]): LakeState {
  const ids = (keep: (below: number | null) => boolean): string[] => fish.filter(({ below }) => keep(below)).map(({ id }) => id);
  return {
    salinity,
    class: salinityClass(salinity),
    fit: ids((below) => below !== null && salinity < below),
    unfit: ids((below) => below !== null && salinity >= below),
    unknown: ids((below) => below === null),
  };
}

/** States of the years in their order; a year without a salinity has none. */
export function yearStates(years: readonly { year: number; salinity: number | null }[], fish: readonly Tolerance[]): YearState[] {
  return years
    .flatMap(({ year, salinity }) => (salinity === null ? [] : [{ year, ...lakeState(salinity, fish) }]))
    .sort((a, b) => a.year - b.year);
}

/** The first year, and every year whose class or fish differ from those of the one before it. */
export function stateChanges(states: readonly YearState[]): YearState[] {
  const key = (state: YearState): string => `${state.class} ${state.fit.join(' ')}`;
  return states.filter((state, i) => i === 0 || key(state) !== key(states[i - 1] as YearState));
}
