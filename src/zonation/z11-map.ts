/** Z11, map: areas computed from the zone map are those declared, within 1 %. */
import type { Finding, Id } from '../types.ts';
import {
  AREA_TOLERANCE,
  computedArea,
  computedZoneArea,
  type Figure,
  figuresOf,
  principal,
  sum,
  zoneArea,
  zoneKinds,
} from './figures.ts';
import { caution, finding, hectares, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';
import { differs, featureName } from './z11-sums.ts';

export const z11Map: Rule = {
  id: 'Z11',
  check(facts) {
    const zones = zoneKinds.map((kind) => computedZoneArea(facts, kind));
    const total = computedArea(facts, facts.site.id) ?? (zones.every((f) => f !== null) ? sum(zones) : null);
    const pairs = [
      { feature: facts.site.id, computed: total, declared: principal(figuresOf(facts, facts.site.id, 'area', 'har')) },
      ...zoneKinds.map((kind, i) => ({
        feature: `${facts.site.id}/${kind}`,
        computed: zones[i] ?? null,
        declared: zoneArea(facts, kind),
      })),
    ].filter(bothKnown);
    if (pairs.length === 0) return null;
    return pairs.filter(({ computed, declared }) => differs(computed, declared)).map((pair) => ask(facts, pair));
  },
};

interface Pair {
  feature: Id;
  computed: Figure;
  declared: Figure;
}

function bothKnown(pair: { feature: Id; computed: Figure | null; declared: Figure | null }): pair is Pair {
  return pair.computed !== null && pair.declared !== null;
}

function ask(facts: SiteFacts, { feature, computed, declared }: Pair): Finding {
  const difference = Math.abs(computed.value - declared.value);
  return finding(facts, {
    rule: 'Z11',
    variant: 'map',
    severity: difference > declared.about ? 'error' : 'question',
    numbers: {
      declaredHa: declared.value,
      computedHa: computed.value,
      differenceHa: difference,
      differencePercent: (difference / declared.value) * 100,
      aboutHa: declared.about,
      tolerancePercent: AREA_TOLERANCE * 100,
    },
    figures: [declared, computed],
    words: {
      feature: featureName(facts, feature),
      declared: hectares(declared),
      computedHa: Math.round(computed.value),
      differenceHa: Math.round(difference),
    },
    more: caution(declared),
  });
}
