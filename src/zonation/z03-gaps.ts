/** Z03: no gaps or slivers between neighbouring zones. The repair of the map finds those that could not be mended. */
import type { Finding } from '../types.ts';
import { mapSources } from './drawn-zones.ts';
import { unique } from './figures.ts';
import type { Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';

export const z03: Rule = {
  id: 'Z03',
  check: (facts) => leftOpen(facts, 'Z03'),
};

/** What the repair asks about under a rule, with the site and the sources of the map filled in; `null` without a map. */
export function leftOpen(facts: SiteFacts, rule: string): Finding[] | null {
  if (facts.map === null) return null;
  return facts.map.unresolved
    .filter((finding) => finding.rule === rule)
    .map((finding) => {
      const zones = facts.zones.filter(({ id }) => finding.zones.includes(id));
      return { ...finding, site: facts.site.id, sources: unique([...finding.sources, ...mapSources(facts, zones)]) };
    });
}
