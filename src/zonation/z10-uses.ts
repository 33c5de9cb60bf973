/** Z10: no use in the core area or the buffer zone that does not go with it: built-up land, cropland, roads, as far as they were computed. */
import { inAll } from '../i18n/index.ts';
import type { Finding, ZoneKind } from '../types.ts';
import type { Figure } from './figures.ts';
import { pressureFigure } from './pressure-figures.ts';
import { finding, inRow, percentOf, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';
import { MAP_ERROR } from './z08-people.ts';

/** Fewer roads than this [km/km2] are a stub across the border: 1 km in 100 km2. */
const FEW_ROADS = 0.01;
const USES = [
  { indicator: 'built-up-share', key: 'built-up', number: 'builtUpPercent', least: 100 * MAP_ERROR },
  { indicator: 'cropland-share', key: 'cropland', number: 'croplandPercent', least: 100 * MAP_ERROR },
  { indicator: 'road-density', key: 'roads', number: 'roadsKmPerKm2', least: FEW_ROADS },
] as const;

export const z10: Rule = {
  id: 'Z10',
  check(facts) {
    const found = (['core', 'buffer'] as const).map((kind) => ofZone(facts, kind));
    return found.every((own) => own === null) ? null : found.flatMap((own) => own ?? []);
  },
};

/** At most one finding for a kind of zone, with all uses; `null` where none was computed. */
function ofZone(facts: SiteFacts, kind: ZoneKind): Finding[] | null {
  const known = USES.flatMap((use) => {
    const own = pressureFigure(facts, kind, use.indicator, 'mean');
    return own === null ? [] : [{ ...use, own }];
  });
  if (known.length === 0) return null;
  const asked = known.filter(({ own, least }) => own.value >= least);
  if (asked.length === 0) return [];
  const shown = (own: Figure, key: string): number =>
    key === 'roads' ? Math.round(own.value * 1000) / 1000 : percentOf(own.value / 100);
  return [
    finding(facts, {
      rule: 'Z10',
      variant: kind,
      severity: 'question',
      numbers: Object.fromEntries(asked.map(({ number, own, key }) => [number, shown(own, key)])),
      figures: asked.map(({ own }) => own),
      words: { list: inRow(asked.map(({ key, own }) => inAll(`pressure.use.${key}`, { value: shown(own, key) }))) },
    }),
  ];
}
