/** Z22: intact ground of the core area and the buffer zone has not shrunk between the first and the last map; asked with the size. */
import type { Finding } from '../types.ts';
import { intactness, type KindIntactness } from './intactness-figures.ts';
import { finding, type Rule } from './rule.ts';
import { type SiteFacts, sourceText } from './site-facts.ts';
import { groundOf, SAME_SHARE, tenth } from './z21-intactness.ts';

export const z22: Rule = {
  id: 'Z22',
  check(facts) {
    const known = intactness(facts);
    const [first, last] = [known?.dates[0], known?.dates.at(-1)];
    if (known === null || first === undefined || last === undefined || first === last) return null;
    const years = { from: first.period.start.slice(0, 4), to: last.period.start.slice(0, 4) };
    return (['core', 'buffer'] as const).flatMap((kind): Finding[] => {
      const [before, now] = [first, last].map(({ kinds }) => kinds.find((one) => one.kind === kind));
      if (before === undefined || now === undefined || before.value - now.value <= SAME_SHARE) return [];
      return [ask(facts, known.name, { before, now, years })];
    });
  },
};

function ask(
  facts: SiteFacts,
  name: string,
  { before, now, years }: { before: KindIntactness; now: KindIntactness; years: { from: string; to: string } },
): Finding {
  const observations = [...before.observations, ...now.observations];
  return finding(facts, {
    rule: 'Z22',
    variant: now.kind,
    severity: 'question',
    numbers: { beforePercent: tenth(before.value), nowPercent: tenth(now.value), lostPoints: tenth(before.value - now.value) },
    words: { what: groundOf(name), ...years },
    zones: now.observations.map(({ feature }) => feature),
    sources: [...new Set(observations.map(({ from }) => sourceText(facts, from)))],
  });
}
