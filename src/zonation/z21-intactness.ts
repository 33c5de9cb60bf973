/** Z21: the share of intact ground falls from the core area over the buffer zone to the transition area; asked with the sizes. */
import { inAll } from '../i18n/index.ts';
import type { Finding } from '../types.ts';
import { type Intactness, intactness, type KindIntactness } from './intactness-figures.ts';
import { gradients } from './pressure-figures.ts';
import { finding, inRow, type Rule } from './rule.ts';
import { type SiteFacts, sourceText } from './site-facts.ts';

/** Shares that differ by less are taken as equal [percentage points]: classes of maps err by more. A convention, not a published figure. */
export const SAME_SHARE = 1;

export const z21: Rule = {
  id: 'Z21',
  check(facts) {
    const known = intactness(facts);
    const kinds = known?.dates.at(-1)?.kinds ?? [];
    const [inmost, outmost] = [kinds[0], kinds.at(-1)];
    if (known === null || inmost === undefined || outmost === undefined || kinds.length < 2) return null;
    if (kinds.some((outer, i) => i > 0 && outer.value > (kinds[i - 1] as KindIntactness).value + SAME_SHARE))
      return [ask(facts, known, 'rises', kinds)];
    if (inmost.value - outmost.value > SAME_SHARE) return [];
    // untouched throughout, or used throughout alike: a rise of pressure that was shown is the gradation
    const isGraded = gradients(facts).some(({ verdict }) => verdict === 'rises' || verdict === 'rises-overall');
    return isGraded ? [] : [ask(facts, known, 'level', kinds)];
  },
};

function ask(facts: SiteFacts, { name }: Intactness, variant: 'rises' | 'level', kinds: readonly KindIntactness[]): Finding {
  return finding(facts, {
    rule: 'Z21',
    variant,
    severity: 'question',
    numbers: Object.fromEntries(kinds.map(({ kind, value }) => [`${kind}Percent`, tenth(value)])),
    words: { what: groundOf(name), list: inRow(kinds.map(sharesText)) },
    zones: kinds.flatMap(({ observations }) => observations.map(({ feature }) => feature)),
    sources: [...new Set(kinds.flatMap(({ observations }) => observations.map(({ from }) => sourceText(facts, from))))],
  });
}

/** `core area 96.2 %` */
function sharesText({ kind, value }: KindIntactness) {
  return inAll('intactness.share', { zone: inAll(`zone.${kind}`), value: tenth(value) });
}

/** What the figures of a class are the share of. */
export function groundOf(name: string) {
  return inAll(`intactness.ground.${name.endsWith(':intact') ? 'intact' : 'natural'}`, {});
}

/** A share as it is shown. */
export function tenth(percent: number): number {
  return Math.round(10 * percent) / 10;
}
