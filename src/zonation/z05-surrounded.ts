/**
 * Z05: every core area is surrounded by the buffer zone or contiguous to it. Statutory Framework, Art. 4(5)(b).
 *
 *     share = border with the buffer zone / (perimeter - border with other core parts - exempt border)
 *
 * Core parts that touch one another are one core area (`tracts.ts`). Art. 4 allows contiguity: a share below 1 is a
 * question, a share of 0 an error. What lies on the other side instead is asked by Z06.
 */
import type { Finding, Geometry } from '../types.ts';
import { isDrawnByParts, mapSources } from './drawn-zones.ts';
import { unique } from './figures.ts';
import { finding, lengthText, percentOf, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';
import {
  edgesBeside,
  NAMED,
  nameOf,
  noiseOf,
  openEdges,
  openOf,
  openQuestions,
  stretchesOf,
  type Tract,
  tractsOf,
  which,
} from './tracts.ts';

export const z05: Rule = {
  id: 'Z05',
  check(facts) {
    if (facts.map === null) return null;
    if (isDrawnByParts(facts)) return []; // asked of each part; what lies across the border is asked by TB1
    const cores = tractsOf(facts, 'core');
    if (cores.length === 0) return null;
    if (tractsOf(facts, 'buffer').length === 0) return [noBuffer(facts, cores)];
    const open = cores
      .filter((core) => countedOf(core) > noiseOf(core))
      .map((core): Ringed => ({ core, place: longestOpen(facts, core), apart: core.shared.buffer <= noiseOf(core) }))
      .filter(({ apart, place }) => apart || place.length > 0);
    const [apart, partly] = [open.filter((ringed) => ringed.apart), open.filter((ringed) => !ringed.apart)];
    return [...ask(facts, cores, apart), ...ask(facts, cores, partly)];
  },
};

/** A core area that the buffer zone does not surround. */
interface Ringed {
  core: Tract;
  /** The longest stretch without a buffer zone, of length 0 where all of them are noise. */
  place: { line: Geometry | null; length: number };
  /** Touches no buffer zone at all. */
  apart: boolean;
}

/** Border that a buffer zone could lie along [m]. */
function countedOf({ perimeter, exempt }: Tract): number {
  return perimeter - exempt;
}

/** Share of the border that a buffer zone could lie along and does, 0 to 1; 1 where there is no such border. */
export function bufferShare(core: Tract): number {
  const counted = countedOf(core);
  return counted <= 0 ? 1 : Math.min(1, core.shared.buffer / counted);
}

/** Border without a buffer zone and not exempt [m]. */
function withoutBuffer(core: Tract): number {
  return openOf(core) + core.shared.transition;
}

function longestOpen(facts: SiteFacts, core: Tract): Ringed['place'] {
  const edges = [...openEdges(core), ...edgesBeside(facts, core, 'transition')];
  return stretchesOf(core, edges, withoutBuffer(core))[0] ?? { line: null, length: 0 };
}

/** One finding for each of the core areas with most border open, one for all the others together. */
function ask(facts: SiteFacts, cores: Tract[], open: Ringed[]): Finding[] {
  const sorted = open.toSorted((a, b) => withoutBuffer(b.core) - withoutBuffer(a.core));
  const single = sorted.length > NAMED + 1 ? sorted.slice(0, NAMED) : sorted;
  const others = sorted.slice(single.length);
  return [...single.map((ringed) => askOne(facts, cores, ringed)), ...(others.length === 0 ? [] : [askOthers(facts, others)])];
}

function askOne(facts: SiteFacts, cores: Tract[], { core, place, apart }: Ringed): Finding {
  const exempt = core.exempt > noiseOf(core) ? ['rules.Z05.exempt'] : [];
  const variant = apart ? 'apart' : 'contiguous';
  return finding(facts, {
    rule: 'Z05',
    variant,
    severity: apart ? 'error' : 'question',
    numbers: {
      sharePercent: bufferShare(core) * 100,
      bufferM: core.shared.buffer,
      withoutBufferM: withoutBuffer(core),
      longestM: place.length,
      exemptM: core.exempt,
      perimeterM: core.perimeter,
      toleranceM: noiseOf(core),
    },
    words: {
      which: which(facts, core, cores),
      share: percentOf(bufferShare(core)),
      buffer: lengthText(core.shared.buffer),
      open: lengthText(withoutBuffer(core)),
      longest: lengthText(place.length),
      exempt: lengthText(core.exempt),
      counted: lengthText(countedOf(core)),
    },
    more: [...exempt, ...openQuestions(facts, core.zones)],
    report: [`rules.Z05.${variant}-report`, ...exempt],
    zones: core.zones,
    place: place.line,
    sources: mapSources(facts),
  });
}

function askOthers(facts: SiteFacts, open: Ringed[]): Finding {
  const add = (of: (core: Tract) => number): number => open.reduce((sum, { core }) => sum + of(core), 0);
  const [counted, buffer] = [add(countedOf), add((core) => core.shared.buffer)];
  const apart = open.some((ringed) => ringed.apart);
  const longest = open.reduce((best, { place }) => (place.length > best.length ? place : best), {
    line: null,
    length: 0,
  } as Ringed['place']);
  const zones = unique(open.flatMap(({ core }) => core.zones));
  return finding(facts, {
    rule: 'Z05',
    variant: apart ? 'others-apart' : 'others-contiguous',
    severity: apart ? 'error' : 'question',
    numbers: {
      coreAreas: open.length,
      sharePercent: counted <= 0 ? 100 : (buffer / counted) * 100,
      bufferM: buffer,
      withoutBufferM: add(withoutBuffer),
      longestM: longest.length,
      perimeterM: add((core) => core.perimeter),
    },
    words: {
      names: nameOf(
        facts,
        open.flatMap(({ core }) => core.parts),
      ),
      share: percentOf(counted <= 0 ? 1 : buffer / counted),
      open: lengthText(add(withoutBuffer)),
      counted: lengthText(counted),
    },
    more: openQuestions(facts, zones),
    zones,
    place: longest.line,
    sources: mapSources(facts),
  });
}

/** Without any buffer zone there is one thing to say, however many core areas there are. */
function noBuffer(facts: SiteFacts, cores: Tract[]): Finding {
  const perimeter = cores.reduce((sum, core) => sum + core.perimeter, 0);
  return finding(facts, {
    rule: 'Z05',
    variant: 'no-buffer',
    severity: 'error',
    numbers: { sharePercent: 0, coreAreas: cores.length, perimeterM: perimeter },
    words: { perimeter: lengthText(perimeter) },
    zones: unique(cores.flatMap(({ zones }) => zones)),
    sources: mapSources(facts),
  });
}
