/**
 * Power of falling water, P = ρ g q h η (any textbook of hydraulics; g = 9.81 m/s² as in Pywr), in the units of a model: its
 * flows times `flowUnit` are m³, joules times `energyUnit` are its energy.
 *
 *     powerOf(q, head, units)
 */
import type { Fields } from './river-fields.ts';
import { type Amount, amountNow, type Builder } from './river-state.ts';

/** Acceleration of gravity [m/s²]. */
const GRAVITY = 9.81;

export interface Turbine {
  /** Head now [m]; never below zero. */
  head(): number;
  /** Energy of one unit of flow at one metre of head. */
  factor: number;
}

export function turbineOf(fields: Fields, builder: Builder): Turbine {
  const elevation: Amount | null = fields.has('water_elevation_parameter')
    ? builder.amount(fields.raw('water_elevation_parameter'), fields.where)
    : null;
  const turbine = fields.number('turbine_elevation', 0);
  const factor =
    fields.number('density', 1000) *
    GRAVITY *
    fields.number('efficiency', 1) *
    fields.number('flow_unit_conversion', 1) *
    fields.number('energy_unit_conversion', 1e-6);
  return {
    head: () => Math.max(elevation === null ? turbine : amountNow(elevation, builder.state) - turbine, 0),
    factor,
  };
}

/** Energy of `flow` through `turbine` now. */
export const powerOf = (flow: number, { head, factor }: Turbine): number => flow * head() * factor;
