/** Z11, sources: two figures for the same area agree, as far as they are printed. */
import type { Finding, Id } from '../types.ts';
import { contradiction, type Figure, figure, samePeriod, unique, zoneKinds } from './figures.ts';
import { caution, finding, hectares, type Rule } from './rule.ts';
import { declared, type SiteFacts } from './site-facts.ts';
import { featureName } from './z11-sums.ts';

const COMPARED: readonly Id[] = ['area', 'area-part', 'protected-area-area'];

export const z11Sources: Rule = {
  id: 'Z11',
  check(facts) {
    const features = unique([
      facts.site.id,
      ...zoneKinds.map((kind) => `${facts.site.id}/${kind}`),
      ...facts.zones.map((zone) => zone.id),
    ]);
    const groups = features
      .flatMap((feature) => COMPARED.map((indicator) => ({ feature, indicator })))
      .flatMap(({ feature, indicator }) =>
        ofOneThing(facts, feature, indicator).map((figures) => ({ feature, indicator, figures })),
      )
      .filter(({ figures }) => figures.length > 1);
    if (groups.length === 0) return null;
    return groups.flatMap(({ feature, indicator, figures }) => compare(facts, feature, indicator, figures));
  },
};

/** The declared figures of a feature, apart for each part or class of it. */
function ofOneThing(facts: SiteFacts, feature: Id, indicator: Id): Figure[][] {
  const all = declared(facts, feature, indicator, 'har');
  return unique(all.map((d) => d.observation.by.class)).map((name) =>
    all.filter((d) => d.observation.by.class === name).map((d) => figure(d, 'har')),
  );
}

/** The first figure against every other one that rounding cannot explain; a value that is repeated is asked about once. */
function compare(facts: SiteFacts, feature: Id, indicator: Id, figures: Figure[]): Finding[] {
  const asked = new Set<string>();
  return figures.flatMap((a, i) =>
    figures.slice(i + 1).flatMap((b) => {
      const key = [a.value, b.value].sort().join();
      if (agree(a, b) || asked.has(key) || asked.has(String(b.value))) return [];
      asked.add(key).add(String(b.value));
      return [ask(facts, feature, indicator, a, b)];
    }),
  );
}

/** Whether the coarser of two figures can be a rounding of the other, or the two are of different times. */
export function agree(a: Figure, b: Figure): boolean {
  return !samePeriod(a.period, b.period) || Math.abs(a.value - b.value) <= Math.max(a.rounding, b.rounding) * (1 + 1e-9);
}

function ask(facts: SiteFacts, feature: Id, indicator: Id, a: Figure, b: Figure): Finding {
  const difference = Math.abs(a.value - b.value);
  return finding(facts, {
    rule: 'Z11',
    variant:
      indicator === 'protected-area-area' ? 'sources-protected-area' : indicator === 'area-part' ? 'sources-part' : 'sources',
    severity: contradiction(difference, a, b),
    numbers: { firstHa: a.value, secondHa: b.value, differenceHa: difference, roundingHa: Math.max(a.rounding, b.rounding) },
    figures: [a, b],
    words: { feature: featureName(facts, feature), first: hectares(a), second: hectares(b) },
    more: caution(a, b),
  });
}
