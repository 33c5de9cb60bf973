/** A way of sharing the river that the visitor puts together, and its address. */

export interface RiverChoice {
  goal: 'alone' | 'together';
  /** Asked of the North Aral [km3/a]; the plan of the seasons where nobody said anything else. */
  aral: number | null;
  /** Ids of arrangements that are on. */
  rules: readonly string[];
  inflow: number;
}

/** The address that answers for `choice`. */
export function riverAddress(path: string, { goal, aral, rules, inflow }: RiverChoice): string {
  const query = new URLSearchParams({ goal, inflow: String(inflow) });
  if (aral !== null) query.set('aral', String(aral));
  if (rules.length > 0) query.set('rules', rules.join(','));
  return `${path}?${query}`;
}
