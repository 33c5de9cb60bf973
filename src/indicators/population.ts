/**
 * People of each zone: from a grid of people, exactly to the part of each cell inside, or from a list of settlements.
 * docs/methods/population.md
 *
 * A grid is a census spread by a model: what was counted or declared is shown before it.
 */

import { Problem } from '../problems.ts';
import { bounded, figure } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import type { Figure } from './raster-indicator.ts';
import { type PlacesOfZones, SITE, type SourceGiven, type SourceIndicator, type ZoneOfLayer } from './source-indicator.ts';
import { dateOf, PEOPLE, unitOf } from './source-units.ts';

/** Parts of a zone without a value that are rounding, and parts with one that are. */
const ROUNDING = 1e-3;
const SLIVER = 1e-6;
const M2_IN_KM2 = 1e6;

export const population: SourceIndicator = {
  id: 'population',
  leads: 'population',
  method: 'people-by-zone',
  version: 1,
  inputs: [
    { name: 'population', kind: 'raster' },
    { name: 'settlements', kind: 'places' },
  ],
  params: { 'population-unit': '', date: '', 'name-field': '', 'people-field': '' },
  async compute(given) {
    if (!given.has('population') && !given.has('settlements'))
      throw new Problem('input-missing', { field: '--input', expected: 'population=FILE, settlements=FILE' });
    const ofGrid = given.has('population') ? await gridFigures(given) : [];
    const ofPlaces = given.has('settlements') ? placeFigures(given, await settlementsOf(given)) : [];
    return [...ofGrid, ...ofPlaces];
  },
};

/** The settlements, with the columns that the parameters name. */
export function settlementsOf(given: SourceGiven): Promise<PlacesOfZones> {
  const { 'name-field': name = '', 'people-field': people = '' } = given.params;
  return given.places('settlements', { name, people });
}

async function gridFigures(given: SourceGiven): Promise<Figure[]> {
  const layers = await given.means('population', { sums: true });
  return layers.flatMap(({ layer, zones }) => {
    const unit = unitOf(layer, given.params, 'population', PEOPLE);
    const people = zones.map((own) => (own.known > SLIVER ? peopleOf(own, unit) : null));
    const about = { indicator: 'population', unit: '{person}', class: 'grid', period: dateOf(layer.date, given.params) } as const;
    const own = people.map((value, zone) => {
      const known = zones[zone]?.known ?? 0;
      const unseen = known < 1 - ROUNDING ? note('unseen', 100 * (1 - known)) : null;
      // people where the grid says nothing would add to those that it knows
      const limits = value !== null && unseen !== null ? bounded({ value, low: value, high: Number.NaN }) : { value };
      return figure({ ...about, ...limits, zone, note: noteOf(unseen, note('people-modelled')) });
    });
    return [...own, ...whole(about, people, zones.every(({ known }) => known >= 1 - ROUNDING) ? note('people-modelled') : null)];
  });
}

/** People in a zone, from a grid of people in each cell or by area. */
export function peopleOf({ mean, sum, area }: ZoneOfLayer, unit: keyof typeof PEOPLE): number | null {
  if (unit === 'count') return sum;
  return mean === null ? null : (mean * area) / M2_IN_KM2;
}

/** The site as a whole: the sum of its zones, where all of each is known. */
function whole(
  about: Pick<Figure, 'indicator' | 'unit' | 'class' | 'period'>,
  people: readonly (number | null)[],
  told: string | null,
): Figure[] {
  if (told === null || people.some((value) => value === null)) return [];
  return [figure({ ...about, zone: SITE, value: people.reduce<number>((sum, value) => sum + (value ?? 0), 0), note: told })];
}

function placeFigures(given: SourceGiven, { places }: PlacesOfZones): Figure[] {
  const about = { indicator: 'population', unit: '{person}', class: 'settlements', period: dateOf(null, given.params) } as const;
  return given.zones.map((_, zone) => {
    const here = places.filter(({ parts }) => (parts[zone] ?? 0) > 0);
    const uncounted = here.filter(({ people }) => people === null).length;
    const value = here.reduce((sum, { people, parts }) => sum + (people ?? 0) * (parts[zone] ?? 0), 0);
    const nobody = here.length > 0 && uncounted === here.length;
    return figure({
      ...about,
      zone,
      value: nobody ? null : value,
      low: uncounted > 0 && !nobody ? value : null,
      n: here.length,
      note: uncounted > 0 ? note('people-unknown', uncounted) : null,
    });
  });
}
