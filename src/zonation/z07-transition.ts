/**
 * Z07: the transition area lies outside the buffer zone and is one functional area. Statutory Framework, Art. 4(5)(c).
 *
 * Pieces of the transition area that hang together by way of buffer zone or core area are one: people get from one to the
 * other within the reserve. What lies apart is listed with its area, and so is what the inner zones enclose.
 */
import { inAll, pick } from '../i18n/index.ts';
import type { Finding, LocalText } from '../types.ts';
import { isDrawnByParts, mapSources } from './drawn-zones.ts';
import { unique } from './figures.ts';
import { finding, inEach, inRow, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';
import type { PartTopology } from './topology.ts';
import { areaOf, largestPlace, NAMED, nameOf, noiseOf, openQuestions, type Tract, tractsOf } from './tracts.ts';

export const z07: Rule = {
  id: 'Z07',
  check(facts) {
    if (facts.map === null) return null;
    if (isDrawnByParts(facts)) return []; // asked of each part
    const pieces = tractsOf(facts, 'transition');
    if (pieces.length === 0) return null;
    const [main, ...others] = groupsOf(facts);
    const apart = pieces.filter((piece) => others.some((group) => group.some((part) => piece.parts.includes(part))));
    const enclosed = pieces.filter(isEnclosed);
    const without = others.filter((group) => group.every(({ kind }) => kind !== 'transition'));
    return [
      ...ask(
        facts,
        'apart',
        apart.map(({ parts }) => parts),
        main ?? [],
      ),
      ...ask(
        facts,
        'enclosed',
        enclosed.map(({ parts }) => parts),
        main ?? [],
      ),
      ...ask(facts, 'no-transition', without, main ?? []),
    ];
  },
};

/** Parts that hang together, first those with the largest transition area. */
function groupsOf(facts: SiteFacts): PartTopology[][] {
  const { parts, groups } = facts.map?.topology ?? { parts: [], groups: [] };
  const members = groups.map((group) => group.map((p) => parts[p]).filter((part) => part !== undefined));
  const sized = members.map((group) => ({
    group,
    area: areaOf(
      facts,
      group.filter(({ kind }) => kind === 'transition'),
    ),
    name: group.map(({ zone, part }) => `${zone} ${part}`).sort()[0] ?? '',
  }));
  return sized.toSorted((a, b) => b.area - a.area || (a.name < b.name ? -1 : 1)).map(({ group }) => group);
}

/** Whether core area and buffer zone are all around. */
function isEnclosed(piece: Tract): boolean {
  return piece.shared.outside <= noiseOf(piece) && piece.shared.core + piece.shared.buffer > 0;
}

/** One finding for all pieces of one sort: the largest first, the first few with name and area. */
function ask(
  facts: SiteFacts,
  variant: 'apart' | 'enclosed' | 'no-transition',
  pieces: PartTopology[][],
  main: PartTopology[],
): Finding[] {
  if (pieces.length === 0) return [];
  const sized = pieces
    .map((parts) => ({ parts, hectares: areaOf(facts, parts) / 1e4 }))
    .toSorted((a, b) => b.hectares - a.hectares);
  const total = sized.reduce((sum, { hectares }) => sum + hectares, 0);
  const mainHa =
    areaOf(
      facts,
      main.filter(({ kind }) => kind === 'transition'),
    ) / 1e4;
  const zones = unique(pieces.flat().map(({ zone }) => zone));
  return [
    finding(facts, {
      rule: 'Z07',
      variant,
      severity: 'question',
      numbers: {
        pieces: pieces.length,
        ...Object.fromEntries(sized.slice(0, NAMED).map(({ hectares }, i) => [`piece${i + 1}Ha`, hectares])),
        piecesHa: total,
        ...(variant === 'apart' ? { largestHa: mainHa } : {}),
      },
      words: { list: listOf(facts, sized), piecesHa: Math.round(total), largestHa: Math.round(mainHa) },
      more: openQuestions(facts, zones),
      zones,
      place: largestPlace(facts, sized[0]?.parts ?? []),
      sources: mapSources(facts),
    }),
  ];
}

/** "12,300 ha (Shetpe); 840 ha (korgalzhyn/transition, part 2); …" */
function listOf(facts: SiteFacts, pieces: { parts: PartTopology[]; hectares: number }[]): LocalText {
  const named = pieces.slice(0, NAMED).map(({ parts, hectares }) => {
    const [area, name] = [inAll('rules.words.hectares', { value: Math.round(hectares * 10) / 10 }), nameOf(facts, parts)];
    return inEach((lang) => `${pick(area, lang)} (${pick(name, lang)})`);
  });
  return inRow(pieces.length > NAMED ? [...named, inEach(() => '…')] : named);
}
