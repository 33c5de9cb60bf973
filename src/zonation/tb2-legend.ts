/** TB2: the parts of a transboundary reserve share one legend: none lacks a kind of zone that another one draws. */
import { inAll, pick } from '../i18n/index.ts';
import type { ZoneKind } from '../types.ts';
import { mapSources } from './drawn-zones.ts';
import { zoneKinds } from './figures.ts';
import { finding, inEach, listed, type Rule } from './rule.ts';
import { type DrawnPart, drawnParts } from './tb1-border.ts';

export const tb2: Rule = {
  id: 'TB2',
  check(facts) {
    const parts = drawnParts(facts);
    if (parts.length < 2) return null;
    const used = zoneKinds.filter((kind) => parts.some((part) => draws(part, kind)));
    const lacking = parts
      .map((part) => ({ part, kinds: used.filter((kind) => !draws(part, kind)) }))
      .filter(({ kinds }) => kinds.length > 0);
    if (lacking.length === 0) return [];
    const names = lacking.map(({ part, kinds }) => {
      const zones = listed(kinds.map((kind) => inAll(`zone.${kind}`)));
      return inEach((lang) => `${pick(part.facts.site.name, lang)} (${pick(zones, lang)})`);
    });
    return [
      finding(facts, {
        rule: 'TB2',
        variant: 'legend',
        severity: 'question',
        numbers: { partsOnMap: parts.length, partsLacking: lacking.length },
        words: { names: listed(names) },
        zones: lacking.flatMap(({ part }) => part.zones.map(({ id }) => id)),
        sources: mapSources(
          facts,
          parts.flatMap(({ zones }) => zones),
        ),
      }),
    ];
  },
};

function draws({ zones }: DrawnPart, kind: ZoneKind): boolean {
  return zones.some((zone) => zone.kind === kind);
}
