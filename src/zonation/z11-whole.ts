/** Z11 (and TB6): a transboundary whole is the sum of its parts, in total and by zone, and no part is larger than it. */
import { inAll, pick } from '../i18n/index.ts';
import type { Finding, LocalText } from '../types.ts';
import { AREA_TOLERANCE, contradiction, type Figure, siteArea, sum, zoneArea, zoneKinds } from './figures.ts';
import { caution, finding, hectares, inEach, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';
import { differs, exceeds } from './z11-sums.ts';

export const z11Whole: Rule = {
  id: 'Z11',
  check(facts) {
    if (facts.parts.length === 0) return null;
    const found = [
      compare(facts, 'whole', inAll('rules.words.whole'), siteArea),
      ...zoneKinds.map((kind) => compare(facts, 'whole', inAll(`zone.${kind}`), (site) => zoneArea(site, kind))),
      largerPart(facts),
    ].filter((list) => list !== null);
    return found.length === 0 ? null : found.flat();
  },
};

/** One area of the whole against those of its parts; `null` where either is unknown. Parts may lack it as long as the others do not exceed the whole. */
function compare(
  facts: SiteFacts,
  variant: string,
  area: LocalText,
  areaOf: (site: SiteFacts) => Figure | null,
): Finding[] | null {
  const whole = areaOf(facts);
  const parts = facts.parts.flatMap((part) => {
    const figure = areaOf(part);
    return figure === null ? [] : [{ part, figure }];
  });
  if (whole === null || parts.length === 0) return null;
  const all = sum(parts.map(({ figure }) => figure));
  const wrong = parts.length === facts.parts.length ? differs(all, whole) : exceeds(all, whole);
  if (!wrong) return [];
  const difference = all.value - whole.value;
  return [
    finding(facts, {
      rule: 'Z11',
      variant,
      severity: contradiction(difference, whole, all),
      numbers: {
        wholeHa: whole.value,
        partsHa: all.value,
        ...Object.fromEntries(parts.map(({ part, figure }) => [`${part.site.id}Ha`, figure.value])),
        differenceHa: Math.abs(difference),
        aboutHa: all.about + whole.about,
        tolerancePercent: AREA_TOLERANCE * 100,
      },
      figures: [whole, ...parts.map(({ figure }) => figure)],
      words: {
        area,
        whole: hectares(whole),
        terms: inEach((lang) =>
          parts.map(({ part, figure }) => `${pick(part.site.name, lang)} ${pick(hectares(figure), lang)}`).join(' + '),
        ),
      },
      more: caution(whole, all),
    }),
  ];
}

/** Parts that alone are larger than the whole. */
function largerPart(facts: SiteFacts): Finding[] | null {
  const whole = siteArea(facts);
  if (whole === null) return null;
  return facts.parts.flatMap((part) => {
    const area = siteArea(part);
    if (area === null || !exceeds(area, whole)) return [];
    const difference = area.value - whole.value;
    return [
      finding(facts, {
        rule: 'Z11',
        variant: 'part-larger',
        severity: contradiction(difference, whole, area),
        numbers: { wholeHa: whole.value, partHa: area.value, differenceHa: difference, tolerancePercent: AREA_TOLERANCE * 100 },
        figures: [whole, area],
        words: { part: part.site.name, whole: hectares(whole), area: hectares(area) },
        more: caution(whole, area),
      }),
    ];
  });
}
