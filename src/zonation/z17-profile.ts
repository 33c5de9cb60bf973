/** Z17: the zones against the figures of a national profile. They are one country's, never UNESCO's. */
import type { Finding } from '../types.ts';
import { type Figure, siteArea, sum, zoneArea, zoneKinds } from './figures.ts';
import type { Profile, ProfileFigure } from './profile.ts';
import { finding, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';

export const z17: Rule = {
  id: 'Z17',
  check(facts, { profile }) {
    if (profile === null) return []; // nobody chose to ask
    const total = siteArea(facts);
    if (total === null || total.value <= 0) return null;
    const found = profile.figures.map((asked) => compare(facts, profile, asked, total)).filter((list) => list !== null);
    return found.length === 0 ? null : found.flat();
  },
};

/** One figure of the profile; `null` where an area that it needs is not declared. */
function compare(facts: SiteFacts, profile: Profile, asked: ProfileFigure, total: Figure): Finding[] | null {
  const area = asked.zones.length === zoneKinds.length ? total : sumOfZones(facts, asked);
  if (area === null) return null;
  const value = asked.unit === '%' ? (area.value / total.value) * 100 : area.value;
  const low = asked.min !== null && value < asked.min;
  const high = asked.max !== null && value > asked.max;
  if (!low && !high) return [];
  const bound = low ? asked.min : asked.max;
  const name = asked.unit === '%' ? 'Percent' : 'Ha';
  const variant = `${low ? 'below' : 'above'}-${asked.unit === '%' ? 'percent' : 'hectares'}`;
  const unconfirmed = asked.confirmed ? [] : ['rules.Z17.unconfirmed'];
  return [
    finding(facts, {
      rule: 'Z17',
      variant,
      severity: 'info',
      numbers: { [`value${name}`]: value, [`profile${name}`]: bound, areaHa: area.value, totalHa: total.value },
      figures: [area, total],
      words: { figure: asked.title, profile: profile.label, value: Math.round(value * 10) / 10, bound },
      more: unconfirmed,
      report: [`rules.Z17.${variant}-report`, ...unconfirmed],
      sources: [asked.source],
    }),
  ];
}

function sumOfZones(facts: SiteFacts, { zones }: ProfileFigure): Figure | null {
  const areas = zones.map((kind) => zoneArea(facts, kind));
  return areas.every((f) => f !== null) ? sum(areas) : null;
}
