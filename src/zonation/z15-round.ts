/** Z15: a transition area of whole ten thousands of hectares was perhaps never drawn. */
import { zoneArea } from './figures.ts';
import { finding, hectares, type Rule } from './rule.ts';

/** Areas divisible by this ask whether they were surveyed [ha]. */
const ROUND_HA = 10_000;

export const z15: Rule = {
  id: 'Z15',
  check(facts) {
    const transition = zoneArea(facts, 'transition');
    if (transition === null) return null;
    const times = transition.value / ROUND_HA;
    if (times <= 0 || Math.abs(times - Math.round(times)) > 1e-9) return [];
    return [
      finding(facts, {
        rule: 'Z15',
        variant: 'round',
        severity: 'info',
        numbers: { transitionHa: transition.value, divisibleByHa: ROUND_HA },
        figures: [transition],
        words: { transition: hectares(transition) },
      }),
    ];
  },
};
