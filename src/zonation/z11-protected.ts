/** Z11, protected area: zones that are all said to lie in a park or strict reserve do not take more than it holds. */
import type { Finding } from '../types.ts';
import { AREA_TOLERANCE, figuresOf, principal, siteArea, sum, zoneArea } from './figures.ts';
import { finding, hectares, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';
import { exceeds } from './z11-sums.ts';

/** From this share on, a source means "all" [%]. */
const ALL_PERCENT = 99.5;

export const z11Protected: Rule = {
  id: 'Z11',
  check(facts) {
    const share = principal(figuresOf(facts, facts.site.id, 'share-within-protected-area', '%'));
    const total = siteArea(facts);
    if (share === null || total === null) return null;
    return share.value < ALL_PERCENT ? [] : allInside(facts);
  },
};

function allInside(facts: SiteFacts): Finding[] {
  const share = principal(figuresOf(facts, facts.site.id, 'share-within-protected-area', '%'));
  const protectedArea = principal(figuresOf(facts, facts.site.id, 'protected-area-area', 'har'));
  const [core, buffer, transition, total] = [
    zoneArea(facts, 'core'),
    zoneArea(facts, 'buffer'),
    zoneArea(facts, 'transition'),
    siteArea(facts),
  ];
  if (share === null || total === null) return [];
  const fits = protectedArea !== null && !exceeds(total, protectedArea);
  if (fits || (protectedArea === null && (transition === null || transition.value <= 0))) return [];
  const known = [core, buffer, transition, total, share, protectedArea].filter((f) => f !== null);
  const inner = core === null || buffer === null ? null : sum([core, buffer]);
  return [
    finding(facts, {
      rule: 'Z11',
      variant: protectedArea !== null ? 'protected-area' : inner !== null ? 'protected-transition' : 'protected-transition-only',
      severity: 'question',
      numbers: {
        sharePercent: share.value,
        coreHa: core?.value ?? null,
        bufferHa: buffer?.value ?? null,
        coreAndBufferHa: inner?.value ?? null,
        transitionHa: transition?.value ?? null,
        totalHa: total.value,
        protectedAreaHa: protectedArea?.value ?? null,
        tolerancePercent: AREA_TOLERANCE * 100,
      },
      figures: known,
      words: {
        total: hectares(total),
        inner: inner === null ? null : hectares(inner),
        transition: transition === null ? null : hectares(transition),
        protectedArea: protectedArea === null ? null : hectares(protectedArea),
      },
    }),
  ];
}
