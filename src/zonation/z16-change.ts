/**
 * Z16: the zonation is the one that held before, or its change was submitted. Statutory Framework, Art. 5(2).
 *
 * Polygons of the difference count only where they are too large and too wide to come from drawing the same line again.
 */
import { inAll, number, pick } from '../i18n/index.ts';
import { geodesicArea } from '../science/areas.ts';
import type { Finding, Geometry, LocalText, PolygonRings } from '../types.ts';
import { mapSources, ownDrawnZones } from './drawn-zones.ts';
import { meanWidth } from './repair-tolerance.ts';
import { finding, inEach, inRow, type Rule } from './rule.ts';
import type { SiteFacts, ZoneChange } from './site-facts.ts';

/** Smaller or narrower polygons are not counted: one hectare, the unit that zone areas are declared in [m2], ... */
const LEAST_AREA = 10_000;

/** ... and half a millimetre on a map of 1:100,000, about the mean width (area over half the perimeter) of a square hectare [m]. */
const LEAST_WIDTH = 50;

export const z16: Rule = {
  id: 'Z16',
  check(facts) {
    const changes = facts.map?.changes ?? null;
    if (changes === null) return null;
    const counted = changes.map(countedIn).filter(({ gained, lost }) => gained.length > 0 || lost.length > 0);
    return counted.length === 0 ? [] : [ask(facts, counted)];
  },
};

interface Counted {
  kind: ZoneChange['kind'];
  gained: Changed[];
  lost: Changed[];
}

interface Changed {
  polygon: PolygonRings;
  /** [ha] */
  area: number;
}

function countedIn({ kind, where }: ZoneChange): Counted {
  const real = (polygons: PolygonRings[]): Changed[] =>
    polygons
      .map((polygon) => ({ polygon, area: geodesicArea({ type: 'Polygon', coordinates: polygon }) / 1e4 }))
      .filter(({ polygon, area }) => area * 1e4 >= LEAST_AREA && meanWidth(polygon) >= LEAST_WIDTH);
  return { kind, gained: real(where.gained.coordinates), lost: real(where.lost.coordinates) };
}

function ask(facts: SiteFacts, changes: Counted[]): Finding {
  const sum = (list: Changed[]): number => list.reduce((total, { area }) => total + area, 0);
  const sized = changes.map(({ kind, gained, lost }) => ({ kind, gained: sum(gained), lost: sum(lost) }));
  const whole = sized.reduce((total, { gained, lost }) => total + gained - lost, 0);
  const all = changes.flatMap(({ gained, lost }) => [...gained, ...lost]).toSorted((a, b) => b.area - a.area);
  const zones = ownDrawnZones(facts);
  return finding(facts, {
    rule: 'Z16',
    variant: 'changed',
    severity: 'question',
    numbers: {
      ...Object.fromEntries(
        sized.flatMap(({ kind, gained, lost }) => [
          [`${kind}GainedHa`, gained],
          [`${kind}LostHa`, lost],
        ]),
      ),
      wholeHa: whole,
      largestHa: all[0]?.area ?? null,
      toleranceHa: LEAST_AREA / 1e4,
      toleranceM: LEAST_WIDTH,
    },
    words: {
      changes: inRow(sized.map(changeText)),
      whole: signed(whole),
      toleranceHa: LEAST_AREA / 1e4,
      toleranceM: LEAST_WIDTH,
    },
    zones: zones.filter((zone) => changes.some(({ kind }) => kind === zone.kind)).map(({ id }) => id),
    place: placeOf(all[0]),
    sources: mapSources(facts),
  });
}

/** "core area: +120 ha, −30 ha" */
function changeText({ kind, gained, lost }: { kind: ZoneChange['kind']; gained: number; lost: number }): LocalText {
  const zone = inAll(`zone.${kind}`);
  return inEach((lang) => {
    const sides = [signed(gained), signed(-lost)].map((text) => pick(text, lang)).filter((_, i) => (i === 0 ? gained : lost) > 0);
    return `${pick(zone, lang)}: ${sides.join(', ')}`;
  });
}

/** "+120.5 ha", "−30 ha" */
function signed(hectares: number): LocalText {
  const rounded = Math.round(hectares * 10) / 10;
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '';
  return inEach((lang) => pick(inAll('rules.words.hectares', { value: `${sign}${number(lang, Math.abs(rounded), 1)}` }), lang));
}

function placeOf(changed: Changed | undefined): Geometry | null {
  return changed === undefined ? null : { type: 'Polygon', coordinates: changed.polygon };
}
