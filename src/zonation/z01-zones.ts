/** Z01: core area, buffer zone and transition area are all there. Statutory Framework, Art. 4(5). */
import { inAll } from '../i18n/index.ts';
import type { Finding, ZoneKind } from '../types.ts';
import { mapSources, ownDrawnZones } from './drawn-zones.ts';
import { type Figure, zoneArea, zoneKinds } from './figures.ts';
import { finding, listed, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';

export const z01: Rule = {
  id: 'Z01',
  check(facts) {
    return isDrawn(facts) ? missingOnMap(facts) : undeclared(facts);
  },
};

function missingOnMap(facts: SiteFacts): Finding[] {
  const missing = zoneKinds.filter((kind) => !drawn(facts, kind));
  return missing.map((kind) => ask(facts, 'not-on-map', 'error', [kind], mapSources(facts)));
}

function undeclared(facts: SiteFacts): Finding[] {
  const missing = zoneKinds.filter(
    (kind) => zoneArea(facts, kind) === null && facts.parts.every((part) => zoneArea(part, kind) === null),
  );
  return missing.length === 0 ? [] : [ask(facts, 'no-area', 'question', missing, [])];
}

function ask(facts: SiteFacts, variant: string, severity: Finding['severity'], missing: ZoneKind[], maps: string[]): Finding {
  const declared = zoneKinds.map((kind) => [kind, zoneArea(facts, kind)] as const);
  return finding(facts, {
    rule: 'Z01',
    variant,
    severity,
    numbers: Object.fromEntries(declared.map(([kind, area]) => [`${kind}Ha`, area?.value ?? null])),
    figures: declared.map(([, area]) => area).filter((area): area is Figure => area !== null),
    words: { zones: listed(missing.map((kind) => inAll(`zone.${kind}`))) },
    sources: maps,
  });
}

function isDrawn(facts: SiteFacts): boolean {
  return zoneKinds.some((kind) => drawn(facts, kind));
}

/** Whether a zone of `kind` has a geometry, for a transboundary whole in any of its parts. */
function drawn(facts: SiteFacts, kind: ZoneKind): boolean {
  return ownDrawnZones(facts).some((zone) => zone.kind === kind) || facts.parts.some((part) => drawn(part, kind));
}
