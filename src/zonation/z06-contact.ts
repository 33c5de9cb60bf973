/**
 * Z06: the core area touches neither the outside of the reserve nor the transition area directly.
 *
 * Z05 says for each core area how much of it is surrounded; this rule says for the whole reserve what lies at the core
 * instead, since the two ask for different answers: the transition area is part of the zonation, the outside is not.
 */
import type { Finding, LineString } from '../types.ts';
import { isDrawnByParts, mapSources } from './drawn-zones.ts';
import { unique } from './figures.ts';
import { finding, lengthText, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';
import { edgesBeside, openEdges, openOf, openQuestions, stretchesOf, type Tract, tractsOf } from './tracts.ts';

export const z06: Rule = {
  id: 'Z06',
  check(facts) {
    if (facts.map === null) return null;
    if (isDrawnByParts(facts)) return []; // asked of each part
    const cores = tractsOf(facts, 'core');
    if (cores.length === 0) return null;
    return [
      ...ask(facts, 'outside', cores, openOf, openEdges),
      ...ask(
        facts,
        'transition',
        cores,
        ({ shared }) => shared.transition,
        (core) => edgesBeside(facts, core, 'transition'),
      ),
    ];
  },
};

/** One finding for all the borders of core areas with one neighbour, as far as they are no noise. */
function ask(
  facts: SiteFacts,
  neighbour: 'outside' | 'transition',
  cores: Tract[],
  lengthWith: (core: Tract) => number,
  edges: (core: Tract) => LineString[],
): Finding[] {
  const touching = cores
    .map((core) => ({ core, length: lengthWith(core), stretches: stretchesOf(core, edges(core), lengthWith(core)) }))
    .filter(({ stretches }) => stretches.length > 0);
  const stretches = touching.flatMap((touch) => touch.stretches).toSorted((a, b) => b.length - a.length);
  const [longest] = stretches;
  if (longest === undefined) return [];
  const length = touching.reduce((sum, touch) => sum + touch.length, 0);
  const exempt = neighbour === 'outside' ? cores.reduce((sum, core) => sum + core.exempt, 0) : 0;
  const zones = unique(touching.flatMap(({ core }) => core.zones));
  return [
    finding(facts, {
      rule: 'Z06',
      variant: neighbour,
      severity: 'question',
      numbers: { [`${neighbour}M`]: length, stretches: stretches.length, longestM: longest.length, exemptM: exempt },
      words: { length: lengthText(length), longest: lengthText(longest.length) },
      more: openQuestions(facts, zones),
      zones,
      place: longest.line,
      sources: mapSources(facts),
    }),
  ];
}
