/** States of a lake's life: by classes and limits that have a source. */
import { expect, test } from 'vitest';
import { lakeState, stateChanges, yearStates } from '../../src/science/lake-state.ts';

const FISH = [
  { id: 'unharmed', below: 11.4 },
  { id: 'fishery', below: 17.7 },
  { id: 'flounder', below: null },
];

test('the class of the Venice System, and fish by their limits; one without a limit is unknown, not fit', () => {
  expect(lakeState(11.4, FISH)).toEqual({
    salinity: 11.4,
    class: 'mesohaline',
    fit: ['fishery'],
    unfit: ['unharmed'],
    unknown: ['flounder'],
  });
  expect(lakeState(30, FISH)).toMatchObject({ class: 'euhaline', fit: [], unknown: ['flounder'] });
  expect(() => lakeState(-1, FISH)).toThrow('from 0 up');
});

test('years without a salinity have no state; only years of change are told', () => {
  const years = yearStates(
    [
      { year: 1981, salinity: 17.7 },
      { year: 1960, salinity: 9.9 },
      { year: 1971, salinity: 11.4 },
      { year: 1961, salinity: 10 },
      { year: 1970, salinity: null },
    ],
    FISH,
  );
  expect(years.map(({ year }) => year)).toEqual([1960, 1961, 1971, 1981]);
  expect(stateChanges(years).map(({ year, fit }) => [year, fit.length])).toEqual([
    [1960, 2],
    [1971, 1],
    [1981, 0],
  ]);
});
