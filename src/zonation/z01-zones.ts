/** Z01: core area, buffer zone and transition area are all there. Statutory Framework, Art. 4(5). */
import { inAll } from '../i18n/index.ts';
import type { Finding, ZoneKind } from '../types.ts';
import { type Figure, zoneArea, zoneKinds } from './figures.ts';
import { finding, listed, type Rule } from './rule.ts';
import { currentZones, type SiteFacts, sourceText } from './site-facts.ts';

export const z01: Rule = {
  id: 'Z01',
  check(facts) {
    return isDrawn(facts) ? missingOnMap(facts) : undeclared(facts);
  },
};

function missingOnMap(facts: SiteFacts): Finding[] {
  const missing = zoneKinds.filter((kind) => !drawn(facts, kind));
  if (missing.length === 0) return [];
  const maps = facts.zones.filter((zone) => zone.geometry !== null).map((zone) => sourceText(facts, zone.from));
  return [ask(facts, 'not-on-map', 'error', missing, maps)];
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
  return currentZones(facts, kind).some((zone) => zone.geometry !== null) || facts.parts.some((part) => drawn(part, kind));
}
