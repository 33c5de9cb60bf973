/**
 * What a measure did to populations: counts before and after it, at sites where it was taken and at others where it was not (BACI).
 * docs/methods/before-after-effect.md
 *
 * Of many species the effect is that on their mean: totals are averaged as logarithms, and the covariance of each goes along.
 */
import type { PopulationRow } from '../formats/population-table.ts';
import { Problem } from '../problems.ts';
import { type BeforeAfter, beforeAfter } from '../science/before-after.ts';
import type { YearTotals } from '../science/population-totals.ts';
import { type Role, rolesOf, schemeOf, type Scheme as Years } from './before-after-scheme.ts';
import { note, noteOf } from './figure-note.ts';
import { type CountPart, fitForIndex, type IndexFit, NO_ZONE } from './population-fits.ts';
import {
  COUNT_OPTIONAL,
  COUNT_REQUIRED,
  groupsOfPart,
  readCounts,
  simplerNote,
  simplerNotes,
  spanOfYears,
  unfitNote,
} from './population-rows.ts';
import { type TableFigure, type TableIndicator, tableFigure } from './table-indicator.ts';

const ID = 'before-after-effect';
const LEVEL = 0.95;

export const beforeAfterOfTable: TableIndicator = {
  id: ID,
  method: 'stewart-oaten-1986',
  version: 1,
  required: COUNT_REQUIRED,
  optional: COUNT_OPTIONAL,
  params: { since: '', control: '' },
  compute(rows, params) {
    const read = readCounts(rows);
    if (read === null) return [];
    const roles = rolesOf(rows, read, params.control ?? '');
    const scheme = schemeOf(rows, read, params.since ?? '');
    if (roles === null || scheme === null) return [];
    const unmarked = new Set(read.filter((_, i) => roles[i] === null).map(({ site }) => site)).size;
    return figuresOf(read, roles, { ...scheme, unmarked });
  },
};

interface Scheme extends Years {
  /** Sites that are neither of the measure nor of the control. */
  unmarked: number;
}

/** A species at the sites of the measure, in one zone or all, and at its control. */
interface Pair {
  impact: CountPart;
  control: CountPart | null;
}

/** Effects on each species, then on groups and on all, where they are several. */
function figuresOf(read: readonly PopulationRow[], roles: readonly Role[], scheme: Scheme): TableFigure[] {
  const of = (role: Role): PopulationRow[] => read.filter((_, i) => roles[i] === role);
  const [impact, control] = [of('impact'), of('control')];
  const made = [...Map.groupBy(impact, (row) => row.species as string)].flatMap(([name, own]) => {
    const other = control.filter((row) => row.species === name);
    return placesOf(own).map((place) => {
      const rows = own.filter(({ other: { zone } }) => place.whole || zone === place.zone);
      const pair = {
        impact: partOf(name, place.zone, rows),
        control: other.length === 0 ? null : partOf(name, 'control', other),
      };
      return { ...place, ...ofSpecies(pair, place.zone, scheme) };
    });
  });
  const fault = made.find(({ problem }) => problem !== null)?.problem;
  if (fault && made.every(({ problem }) => problem !== null)) throw fault;
  const zones = [...new Set(made.map(({ zone }) => zone))];
  const groups = [...new Set(made.flatMap(({ fits }) => (fits === null ? [] : groupsOfPart(fits.part))))].sort();
  // All of all species, unless they all lie in one zone and are its own; then zone by zone.
  const sets = [...(zones.length === 1 ? [] : [null]), ...zones.filter((zone) => zone !== null).sort()].map((zone) => ({
    zone,
    fits: made.flatMap((one) => ((zone === null ? one.whole : one.zone === zone) && one.fits !== null ? [one.fits] : [])),
  }));
  const alone = zones.length === 1 && zones[0] === null;
  const many = (alone ? [{ zone: null, fits: made.flatMap(({ fits }) => fits ?? []) }] : sets).flatMap(({ zone, fits }) =>
    [null, ...groups].flatMap((group) => {
      const own = fits.filter(({ part }) => group === null || groupsOfPart(part).includes(group));
      return own.length < 2 || (group !== null && own.length === fits.length) ? [] : ofMany(own, group, zone, scheme);
    }),
  );
  return [...made.map(({ figure }) => figure), ...many];
}

/** Where sites of a species lie: the zone that holds all of them, else all together and each zone. */
function placesOf(rows: readonly PopulationRow[]): { zone: string | null; whole: boolean }[] {
  const all = [...new Set(rows.map(({ other }) => other.zone as string))];
  const zones = all.filter((zone) => zone !== '' && zone !== NO_ZONE).sort();
  if (all.length === 1 && zones.length === 1) return [{ zone: zones[0] as string, whole: true }];
  return [{ zone: null, whole: true }, ...zones.map((zone) => ({ zone, whole: false }))];
}

const partOf = (species: string, zone: string | null, rows: PopulationRow[]): CountPart => ({
  species,
  zone,
  label: zone === null ? species : `${species} (${zone})`,
  rows,
});

interface PairFits {
  part: CountPart;
  here: IndexFit;
  control: IndexFit | null;
  years: number[];
}

function ofSpecies(
  { impact, control }: Pair,
  zone: string | null,
  scheme: Scheme,
): { figure: TableFigure; fits: PairFits | null; problem: Problem | null } {
  const about = { class: impact.species, zone, scheme };
  try {
    const [here, other] = [fitForIndex(impact), control === null ? null : fitForIndex(control)];
    const years = sharedYears([here, ...(other === null ? [] : [other])], scheme, impact.label);
    const fits = { part: impact, here, control: other, years };
    const of = (fit: IndexFit): YearTotals => totalsOf(fit, years, impact.label);
    const found = beforeAfter(of(here), { control: other === null ? null : of(other), years, from: scheme.from });
    const simpler = simplerNote([...new Set([...here.simpler, ...(other?.simpler ?? [])])]);
    const sites = [here, other].map((fit) => fit?.trend.fit.cells.sites.length ?? 0) as [number, number];
    return { figure: effectFigure(found, { ...about, sites, more: simpler }), fits, problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const empty = tableFigure({ indicator: ID, unit: '1', year: 0, class: impact.species, zone, note: unfitNote(error) });
    return { figure: { ...empty, period: spanOfYears(scheme.years) }, fits: null, problem: error };
  }
}

/** The mean of species that were counted in the same years, all with a control or all without; others are named. */
function ofMany(all: readonly PairFits[], group: string | null, zone: string | null, scheme: Scheme): TableFigure[] {
  const most = [...Map.groupBy(all, ({ years, control }) => `${years} ${control === null}`).values()].reduce((a, b) =>
    b.length > a.length ? b : a,
  );
  const [first] = most;
  if (first === undefined || most.length < 2) return [];
  const { years } = first;
  const mean = (fits: readonly IndexFit[]): YearTotals => geometricMean(fits.map((fit) => totalsOf(fit, years, group ?? '–')));
  const controls = most.flatMap(({ control }) => (control === null ? [] : [control]));
  const found = beforeAfter(mean(most.map(({ here }) => here)), {
    control: controls.length === most.length ? mean(controls) : null,
    years,
    from: scheme.from,
  });
  const without = all.filter((one) => !most.includes(one)).map(({ part }) => part.species as string);
  const sites = (fits: readonly IndexFit[]): number => new Set(fits.flatMap((fit) => fit.trend.fit.cells.sites)).size;
  const simpler = most.map(({ part, here, control }) => ({
    species: part.species as string,
    simpler: [...new Set([...here.simpler, ...(control?.simpler ?? [])])],
  }));
  return [
    effectFigure(found, {
      class: group,
      zone,
      scheme,
      sites: [sites(most.map(({ here }) => here)), sites(controls)],
      more: noteOf(
        note('effect-species', most.length),
        simplerNotes(simpler),
        without.length === 0 ? null : note('trend-without', without.join(', ')),
      ),
    }),
  ];
}

function effectFigure(
  { factor, judged, before, after, cautions }: BeforeAfter,
  about: {
    class: string | null;
    zone: string | null;
    scheme: Scheme;
    sites: readonly [here: number, control: number];
    more: string | null;
  },
): TableFigure {
  const { scheme, sites } = about;
  const years = [...before, ...after];
  return {
    ...tableFigure({
      indicator: ID,
      unit: '1',
      year: 0,
      class: about.class,
      zone: about.zone,
      value: factor,
      low: judged.low,
      high: judged.high,
      level: LEVEL,
      n: sites[0],
      note: noteOf(
        note('effect-since', `${spanText(before)} → ${spanText(after)}`),
        cautions.includes('no-control') ? note('effect-alone') : note('effect-control', sites[1]),
        cautions.includes('few-years') ? note('effect-few-years', Math.min(before.length, after.length)) : null,
        scheme.unmarked > 0 ? note('effect-unmarked', scheme.unmarked) : null,
        scheme.left > 0 ? note('effect-years-left', scheme.left) : null,
        about.more,
      ),
    }),
    period: spanOfYears(years),
  };
}

const spanText = (years: readonly number[]): string => (years.length === 1 ? `${years[0]}` : `${years[0]}–${years.at(-1)}`);

/** Years of the scheme that all fits have; @throws Problem where a side has none */
function sharedYears(fits: readonly IndexFit[], { years, from }: Scheme, file: string): number[] {
  const shared = years.filter((year) => fits.every(({ trend }) => trend.fit.cells.years.includes(year)));
  if (!shared.some((year) => year < from) || !shared.some((year) => year >= from))
    throw new Problem('population-one-year', { file, year: shared.join(', ') || '–' });
  return shared;
}

/** Imputed totals of some years. @throws Problem where one is 0: it has no logarithm */
function totalsOf({ trend }: IndexFit, years: readonly number[], file: string): YearTotals {
  const all = trend.fit.cells.years;
  const { values, covariance } = trend.totals.imputed;
  const places = years.map((year) => all.indexOf(year));
  const none = places.find((place) => !((values[place] as number) > 0));
  if (none !== undefined) throw new Problem('population-silent-year', { file, year: String(all[none]), of: '–' });
  return {
    values: Float64Array.from(places, (place) => values[place] as number),
    covariance: Float64Array.from(places.flatMap((a) => places.map((b) => covariance[a * all.length + b] as number))),
  };
}

/** exp of the mean logarithm of totals by year; by the delta method its covariance is G (Σ D⁻¹ C D⁻¹ / n²) G. */
export function geometricMean(all: readonly YearTotals[]): YearTotals {
  const n = all[0]?.values.length ?? 0;
  const values = Float64Array.from({ length: n }, (_, t) =>
    Math.exp(all.reduce((sum, one) => sum + Math.log(one.values[t] as number), 0) / all.length),
  );
  const covariance = Float64Array.from({ length: n * n }, (_, at) => {
    const [a, b] = [Math.floor(at / n), at % n];
    const relative = all.reduce(
      (sum, one) => sum + (one.covariance[at] as number) / ((one.values[a] as number) * (one.values[b] as number)),
      0,
    );
    return ((values[a] as number) * (values[b] as number) * relative) / all.length ** 2;
  });
  return { values, covariance };
}
