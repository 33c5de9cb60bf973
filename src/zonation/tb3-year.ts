/** TB3: the zonations of the parts of a transboundary reserve are of the same year. */
import { pick } from '../i18n/index.ts';
import { unique, zoneKinds } from './figures.ts';
import { finding, inEach, listed, type Rule } from './rule.ts';
import { currentZones, sourceText } from './site-facts.ts';

export const tb3: Rule = {
  id: 'TB3',
  check(facts) {
    const dated = facts.parts
      .map((part) => {
        const zones = zoneKinds.flatMap((kind) => currentZones(part, kind)).filter((zone) => zone.valid.start !== null);
        return { part, zones, years: unique(zones.map((zone) => zone.valid.start?.slice(0, 4) ?? '')).sort() };
      })
      .filter(({ years }) => years.length > 0);
    if (dated.length < 2) return null;
    const all = unique(dated.flatMap(({ years }) => years)).sort();
    if (all.length === 1) return [];
    const names = dated.map(({ part, years }) => inEach((lang) => `${pick(part.site.name, lang)} (${years.join(', ')})`));
    return [
      finding(facts, {
        rule: 'TB3',
        variant: 'years',
        severity: 'question',
        numbers: { firstYear: Number(all[0]), lastYear: Number(all.at(-1)), parts: dated.length },
        words: { names: listed(names) },
        zones: dated.flatMap(({ zones }) => zones.map(({ id }) => id)),
        sources: unique(dated.flatMap(({ part, zones }) => zones.map((zone) => sourceText(part, zone.from)))),
      }),
    ];
  },
};
