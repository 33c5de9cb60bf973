/** Z02: zones have a valid geometry and do not overlap. The repair of the map finds what is not so and could not be mended. */
import type { Rule } from './rule.ts';
import { leftOpen } from './z03-gaps.ts';

export const z02: Rule = {
  id: 'Z02',
  check: (facts) => leftOpen(facts, 'Z02'),
};
