/**
 * Drought in each zone: SPI from monthly precipitation, and SPEI where evapotranspiration is known or follows from
 * temperature, over several time scales; months in drought by year. docs/methods/drought.md
 *
 * The index is that of the zone's mean: the series of a zone are averaged first, by area, then standardised.
 */
import { Problem } from '../problems.ts';
import { droughtEvents } from '../science/drought-events.ts';
import type { StandardisedIndex } from '../science/drought-index.ts';
import { spei } from '../science/spei.ts';
import { type SpiOptions, spi } from '../science/spi.ts';
import type { Period } from '../types.ts';
import { demandOf } from './drought-demand.ts';
import { type MonthlySeries, monthPeriod, monthsOf, YEAR } from './drought-series.ts';
import { figure, yearPeriod } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { choiceOf, codesOf, yearsOf } from './params.ts';
import type { Figure } from './raster-indicator.ts';
import type { SourceIndicator } from './source-indicator.ts';

/** Parts of a zone without a value that are rounding. */
const ROUNDING = 1e-3;
/** A calendar month needs so many years with rain for any distribution to be fitted. */
const FEWEST_YEARS = 4;
/** Scales beyond this are longer than records bear [months]. */
const LONGEST_SCALE = 60;

type Index = 'spi' | 'spei';

export const drought: SourceIndicator = {
  id: 'drought',
  leads: 'drought-months',
  method: 'spi-spei',
  version: 1,
  inputs: ['precipitation', 'temperature', 'temperature-min', 'temperature-max', 'evapotranspiration'].map((name) => ({
    name,
    kind: 'raster',
  })),
  params: {
    scales: '3,6,12',
    series: '',
    calibration: '',
    zeros: 'edwards',
    fit: 'thom',
    'precipitation-unit': '',
    'temperature-unit': '',
    'evapotranspiration-unit': '',
  },
  async compute(given) {
    const { params } = given;
    const scales = scalesOf(params, 'scales');
    // months of every scale would fill the dossier: those of the longest say most
    const kept = params.series === '' ? [Math.max(...scales)] : scalesOf(params, 'series');
    const asked = params.calibration === '' ? null : yearsOf(params, 'calibration');
    const options: SpiOptions = {
      zeros: choiceOf<'edwards' | 'stagge' | 'omit'>(params, 'zeros', ['edwards', 'stagge', 'omit']),
      fit: choiceOf<'thom' | 'l-moments'>(params, 'fit', ['thom', 'l-moments']),
    };
    if (!given.has('precipitation')) throw new Problem('input-missing', { field: '--input', expected: 'precipitation=FILE' });
    const rain = await monthsOf(given, 'precipitation');
    const calibration = spanOf(rain, asked, params);
    const demand = await demandOf(given, rain);
    const figures = given.zones.flatMap((_, zone) => {
      const own = rain.values[zone] ?? new Float64Array();
      const told = unseen(rain.known[zone] ?? 1);
      return scales.flatMap((scale) => {
        const ofScale = { ...options, scale, ...(calibration === null ? {} : { calibration }) };
        const indices: [Index, StandardisedIndex<unknown>][] = [['spi', spi(own, ofScale)]];
        if (demand !== null) indices.push(['spei', spei(own, demand[zone] ?? new Float64Array(), ofScale)]);
        return indices.flatMap(([index, found]) =>
          figuresOf(found, { zone, index, scale, rain, told, months: kept.includes(scale) }),
        );
      });
    });
    if (figures.length > 0) return figures;
    throw new Problem('input-too-short', { input: 'precipitation', found: rain.layers, expected: FEWEST_YEARS * YEAR });
  },
};

function scalesOf(params: Record<string, string>, field: 'scales' | 'series'): number[] {
  const scales = codesOf(params, field);
  if (scales.length > 0 && scales.every((scale) => scale >= 1 && scale <= LONGEST_SCALE)) return [...new Set(scales)];
  throw new Problem('param-wrong', { field, found: params[field] ?? '', expected: `3,6,12 (1 – ${LONGEST_SCALE})` });
}

/** The years of the calibration as steps of the series. @throws Problem `param-wrong` for years that it does not have. */
function spanOf(
  { firstYear, months }: MonthlySeries,
  asked: [number, number] | null,
  params: Record<string, string>,
): { from: number; to: number } | null {
  if (asked === null) return null;
  const span = { from: (asked[0] - firstYear) * YEAR, to: (asked[1] + 1 - firstYear) * YEAR };
  if (span.from >= 0 && span.to <= months) return span;
  const expected = `${firstYear}-${firstYear + months / YEAR - 1}`;
  throw new Problem('param-wrong', { field: 'calibration', found: params.calibration ?? '', expected });
}

interface Told {
  zone: number;
  index: Index;
  scale: number;
  rain: MonthlySeries;
  told: string | null;
  /** Whether the index of every month is kept. */
  months: boolean;
}

/** The index of every month that has one, where it is kept, then the months in drought of every year. */
function figuresOf(found: StandardisedIndex<unknown>, { zone, index, scale, rain, told, months }: Told): Figure[] {
  const { values, fits, quality } = found;
  const years = Math.min(...fits.filter(({ distribution }) => distribution !== null).map(({ n }) => n));
  const short = quality === 'short' ? note('drought-short', years) : null;
  const about = { zone, n: null } as const;
  const monthly = [...values].flatMap((value, month) =>
    Number.isNaN(value)
      ? []
      : [
          figure({
            ...about,
            indicator: index,
            class: `months-${scale}`,
            period: monthPeriod(rain.firstYear, month),
            unit: '1',
            value,
            note: noteOf(told, short),
          }),
        ],
  );
  const dry = new Uint8Array(values.length);
  for (const { from, to } of droughtEvents(values)) dry.fill(1, from, to);
  const yearly = Array.from({ length: values.length / YEAR }, (_, year): Figure => {
    const own = Array.from({ length: YEAR }, (_, month) => year * YEAR + month);
    const known = own.filter((month) => !Number.isNaN(values[month])).length;
    const value = own.filter((month) => dry[month] === 1).length;
    const period: Period = yearPeriod(rain.firstYear + year);
    const few = known < YEAR && known > 0 ? note('drought-months-known', known) : null;
    const limits = few === null ? {} : { low: value, high: value + YEAR - known };
    return figure({
      ...about,
      indicator: 'drought-months',
      class: `${index}-${scale}`,
      period,
      unit: 'mo',
      value: known === 0 ? null : value,
      ...limits,
      note: noteOf(told, short, few),
    });
  });
  const firstKnown = yearly.findIndex(({ value }) => value !== null);
  return firstKnown === -1 ? [] : [...(months ? monthly : []), ...yearly.slice(firstKnown)];
}

function unseen(known: number): string | null {
  return known < 1 - ROUNDING ? note('unseen', 100 * (1 - known)) : null;
}
