/** Parameters that depend on nothing but the date and the scenario: constants, profiles of a year, series. */

import { type Fields, numbersIn } from './river-fields.ts';
import { monthDays, ofYear, radialProfile } from './river-profile.ts';
import { amountNow, type Builder, type Kernel } from './river-state.ts';

export type Make = (fields: Fields, builder: Builder, self: number) => Kernel;

const fixed = (value: number): Kernel => ({
  value: () => value,
  constant: value,
  daily: () => new Float64Array(366).fill(value),
});

/** The numbers of a profile: as many as `count`. */
function profile(fields: Fields, builder: Builder, count: number, spare = count): number[] {
  const values = builder.table(fields).flat();
  if (values.length !== count && values.length !== spare) throw fields.fail('values', `${count} × 0.0`);
  return values.slice(0, count);
}

/** Numbers by member of a scenario: the row of the member that is run. */
function memberRow(fields: Fields, builder: Builder, count: number): number[] {
  const { group, size } = builder.scenario(fields.raw('scenario'), fields.where);
  const rows = builder.table(fields);
  const row = rows[builder.members[group] as number];
  if (rows.length !== size || row?.length !== count) throw fields.fail('values', `${size} × ${count} × 0.0`);
  return row;
}

const monthly = (values: readonly number[], { calendar }: Builder): Kernel => ({
  value: (step) => values[(calendar.month[step] as number) - 1] as number,
  daily: () => ofYear((_, month) => values[month] as number),
});

const byDay = (values: ArrayLike<number>, { calendar }: Builder): Kernel => ({
  value: (step) => values[calendar.dayIndex[step] as number] as number,
  daily: () => Float64Array.from(values),
});

function monthlyProfile(fields: Fields, builder: Builder): Kernel {
  const values = profile(fields, builder, 12);
  const on = fields.raw('interp_day');
  if (on === undefined) return monthly(values, builder);
  if (on !== 'first' && on !== 'last') throw fields.fail('interp_day', '"first", "last"');
  return byDay(monthDays(values, on), builder);
}

function constant(fields: Fields, builder: Builder): Kernel {
  const own = fields.raw('value');
  const found = typeof own === 'number' ? own : own === undefined ? builder.table(fields).flat() : numbersIn(own, fields.where);
  const value = typeof found === 'number' ? found : found.length === 1 ? (found[0] as number) : Number.NaN;
  if (Number.isNaN(value)) throw fields.fail('value', '0.0');
  return fixed(fields.number('offset', 0) + value * fields.number('scale', 1));
}

function memberValue(fields: Fields, builder: Builder): number {
  const { group, size } = builder.scenario(fields.raw('scenario'), fields.where);
  const values = builder.table(fields).flat();
  if (values.length !== size) throw fields.fail('values', `${size} × 0.0`);
  return values[builder.members[group] as number] as number;
}

function dataFrame(fields: Fields, builder: Builder): Kernel {
  const offset = fields.number('timestep_offset', 0);
  const given = fields.raw('scenario');
  const columns = builder.series(fields);
  let column = 0;
  if (given === undefined) {
    if (columns.length > 1) throw fields.fail('column', '"…"');
  } else {
    const { group, size } = builder.scenario(given, fields.where);
    if (columns.length !== size) throw fields.fail('scenario', `${columns.length}`);
    column = builder.members[group] as number;
  }
  const values = columns[column] as Float64Array;
  const last = values.length - 1;
  if (offset === 0) return { value: (step) => values[step] as number };
  return { value: (step) => values[Math.min(Math.max(step + offset, 0), last)] as number };
}

function byStep(values: readonly number[], fields: Fields, { calendar }: Builder): Kernel {
  if (values.length < calendar.count) throw fields.fail('values', `${calendar.count} × 0.0`);
  return { value: (step) => values[step] as number };
}

function stepsOfMember(fields: Fields, builder: Builder): Kernel {
  const { group, size } = builder.scenario(fields.raw('scenario'), fields.where);
  const rows = builder.table(fields);
  if (rows[0]?.length !== size) throw fields.fail('values', `${builder.calendar.count} × ${size} × 0.0`);
  const member = builder.members[group] as number;
  return byStep(
    rows.map((row) => row[member] as number),
    fields,
    builder,
  );
}

function monthlyFactors(fields: Fields, builder: Builder): Kernel {
  const { group, size } = builder.scenario(fields.raw('scenario'), fields.where);
  const values = numbersIn(fields.raw('values'), fields.where);
  const factors = fields.list('factors').map((row) => numbersIn(row, fields.where));
  const own = factors[builder.members[group] as number];
  if (factors.length !== size || own?.length !== 12) throw fields.fail('factors', `${size} × 12 × 0.0`);
  const { month } = builder.calendar;
  const kernel = byStep(values, fields, builder);
  return { value: (step) => kernel.value(step) * (own[(month[step] as number) - 1] as number) };
}

/** One at the day of reset, falling by the same part each day to `residual_days` of the year at its end. */
function uniformDrawdown(fields: Fields, { calendar }: Builder): Kernel {
  const day = fields.number('reset_day', 1);
  const month = fields.number('reset_month', 1);
  const residual = fields.number('residual_days', 0);
  const reset = Math.round((Date.UTC(2016, month - 1, day) - Date.UTC(2016, 0, 1)) / 86_400_000);
  const isLeap = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29;
  return {
    value(step) {
      const year = calendar.year[step] as number;
      const index = calendar.dayIndex[step] as number;
      const before = index < reset;
      const length = isLeap(year - (before ? 1 : 0) + (reset > 59 ? 1 : 0)) ? 366 : 365;
      const gone = before ? index - reset + 366 - (!isLeap(year) && index > 59 ? 1 : 0) : index - reset;
      return 1 + ((residual / length - 1) / length) * gone;
    },
  };
}

function harmonics(fields: Fields, { calendar }: Builder): Kernel {
  const mean = fields.number('mean');
  const amplitudes = fields.numbers('amplitudes');
  const phases = fields.numbers('phases');
  if (phases.length !== amplitudes.length) throw fields.fail('phases', `${amplitudes.length} × 0.0`);
  return {
    value: (step) =>
      amplitudes.reduce(
        (sum, size, i) =>
          sum +
          size * Math.cos(((calendar.dayOfYear[step] as number) - 1) * (i + 1) * ((2 * Math.PI) / 365) + (phases[i] as number)),
        mean,
      ),
  };
}

function scaled(fields: Fields, builder: Builder): Kernel {
  const scale = fields.number('scale');
  const inner = builder.amount(fields.raw('profile'), fields.where);
  return { value: () => scale * amountNow(inner, builder.state) };
}

/** Profiles of several stores, weighted by how much each holds when full. */
function weighted(fields: Fields, builder: Builder): Kernel {
  const sums = new Float64Array(366);
  let whole = 0;
  const profiles = fields.list('profiles');
  for (const [i, name] of fields.list('storages').entries()) {
    const full = builder.fullOf(builder.node(name, fields.where));
    const size = typeof full === 'number' ? full : builder.kernel(full.parameter).constant;
    const daily = builder.kernel(builder.parameter(profiles[i], fields.where)).daily?.();
    if (size === undefined || daily === undefined) throw fields.fail('profiles', 'constant, monthlyprofile, dailyprofile');
    whole += size;
    for (let day = 0; day < 366; day++) sums[day] = (sums[day] as number) + (daily[day] as number) * size;
  }
  return byDay(
    sums.map((sum) => sum / whole),
    builder,
  );
}

function discount(fields: Fields, { calendar }: Builder): Kernel {
  const rate = fields.raw('rate') === undefined ? fields.number('discount_rate') : fields.number('rate');
  const base = fields.number('base_year');
  return { value: (step) => 1 / (1 + rate) ** ((calendar.year[step] as number) - base) };
}

/** Rows of an array by step: values, and whole numbers as levels. */
function tablesArray(fields: Fields, builder: Builder): Kernel {
  const path = `${fields.text('where', '/').replace(/\/$/, '')}/${fields.text('node')}`;
  const rows = builder.array(fields, path);
  const offset = fields.number('timestep_offset', 0);
  const given = fields.raw('scenario');
  const column = given === undefined ? 0 : (builder.members[builder.scenario(given, fields.where).group] as number);
  fields.raw('checksum');
  if (rows.length < builder.calendar.count || (rows[0]?.length ?? 0) <= column)
    throw fields.fail('node', `${builder.calendar.count} × 0.0`);
  const last = rows.length - 1;
  const value = (step: number): number => rows[Math.min(Math.max(step + offset, 0), last)]?.[column] as number;
  return { index: (step) => Math.trunc(value(step)), value };
}

export const PROFILES: Record<string, Make> = {
  constant,
  constantscenario: (fields, builder) => fixed(memberValue(fields, builder)),
  constantscenarioindex: (fields, builder) => {
    const value = Math.trunc(memberValue(fields, builder));
    return { index: () => value, value: () => value };
  },
  monthlyprofile: monthlyProfile,
  weeklyprofile: (fields, builder) => {
    const values = profile(fields, builder, 52, 53);
    return { value: (step) => values[builder.calendar.weekIndex[step] as number] as number };
  },
  dailyprofile: (fields, builder) => byDay(profile(fields, builder, 366), builder),
  dailyprofile365: (fields, builder) => {
    const values = builder.table(fields).flat();
    if (values.length === 366) return byDay(values, builder);
    if (values.length !== 365) throw fields.fail('values', '365 × 0.0, 366 × 0.0');
    return byDay([...values.slice(0, 59), values[58] as number, ...values.slice(59)], builder); // 28 February again in leap years
  },
  scenariomonthlyprofile: (fields, builder) => monthly(memberRow(fields, builder, 12), builder),
  scenarioweeklyprofile: (fields, builder) => {
    const values = memberRow(fields, builder, 52);
    return { value: (step) => values[builder.calendar.weekIndex[step] as number] as number };
  },
  scenariodailyprofile: (fields, builder) => byDay(memberRow(fields, builder, 366), builder),
  rbfprofile: (fields, builder) => byDay(radialProfile(fields), builder),
  uniformdrawdownprofile: uniformDrawdown,
  annualharmonicseries: harmonics,
  weightedaverageprofile: weighted,
  scaledprofile: scaled,
  dataframe: dataFrame,
  tablesarray: tablesArray,
  arrayindexed: (fields, builder) => byStep(builder.table(fields).flat(), fields, builder),
  arrayindexedscenario: stepsOfMember,
  arrayindexedscenariomonthlyfactors: monthlyFactors,
  discountfactor: discount,
  binarystep: (fields) => fixed(fields.number('value', 0) <= 0 ? 0 : fields.number('output', 1)),
  rectifier: (fields) => {
    const [value, least, most] = [fields.number('value', 0), fields.number('min_output', 0), fields.number('max_output', 1)];
    return fixed(value <= 0 ? 0 : least + ((most - least) * value) / fields.number('upper_bounds', 1));
  },
  logistic: (fields) =>
    fixed(fields.number('max_output', 1) / (1 + Math.exp(-fields.number('growth_rate', 1) * fields.number('value', 0)))),
};
