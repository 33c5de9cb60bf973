/**
 * Potential evapotranspiration of zones by month [mm]: as given, by Hargreaves where the range of temperature is known, by
 * Thornthwaite from its mean; `null` where nothing of it was given, so that there is no SPEI.
 */
import { Problem } from '../problems.ts';
import { extraterrestrialRadiation, monthMeans } from '../science/evapotranspiration-sun.ts';
import { hargreaves, thornthwaite } from '../science/evapotranspiration-temperature.ts';
import { daysOf, type MonthlySeries, monthsOf, YEAR } from './drought-series.ts';
import type { SourceGiven } from './source-indicator.ts';

/** @throws Problem `input-several` where more than one way is open: nobody can tell which is meant. */
export async function demandOf(given: SourceGiven, rain: MonthlySeries): Promise<Float64Array[] | null> {
  const ways = ['evapotranspiration', 'temperature', 'temperature-min', 'temperature-max'].filter(given.has);
  const range = ways.filter((name) => name.startsWith('temperature-'));
  if (ways.length === 0) return null;
  if (range.length === 1) {
    const lacking = ['temperature-min', 'temperature-max'].find((name) => !given.has(name));
    throw new Problem('input-missing', { field: '--input', expected: `${lacking}=FILE` });
  }
  if (ways.length > 1 && range.length !== ways.length) {
    throw new Problem('input-several', {
      found: ways.join(', '),
      expected: 'evapotranspiration | temperature | temperature-min, temperature-max',
    });
  }
  if (range.length === 2) return byRange(given, rain);
  const { values } = await monthsOf(given, ways[0] ?? '', rain);
  if (ways[0] === 'evapotranspiration') return values;
  return values.map((own, zone) =>
    thornthwaite(own, { latitude: given.zones[zone]?.latitude ?? Number.NaN, year: rain.firstYear }),
  );
}

/** Hargreaves and Samani of monthly means, with the mean radiation over the days of each month. */
async function byRange(given: SourceGiven, rain: MonthlySeries): Promise<Float64Array[]> {
  const { values: lowest } = await monthsOf(given, 'temperature-min', rain);
  const { values: highest } = await monthsOf(given, 'temperature-max', rain);
  return given.zones.map(({ latitude }, zone) => {
    let radiation: number[] = [];
    return Float64Array.from({ length: rain.months }, (_, month) => {
      if (month % YEAR === 0)
        radiation = monthMeans(rain.firstYear + month / YEAR, (day) => extraterrestrialRadiation(latitude, day));
      const [min = Number.NaN, max = Number.NaN] = [lowest[zone]?.[month], highest[zone]?.[month]];
      return daysOf(rain.firstYear, month) * hargreaves({ min, max, radiation: radiation[month % YEAR] ?? Number.NaN });
    });
  });
}
