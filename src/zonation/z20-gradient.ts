/** Z20: human intervention rises from the core area over the buffer zone to the transition area; with the size of each step. */
import { inAll } from '../i18n/index.ts';
import type { Finding, LocalText } from '../types.ts';
import { type Gradient, type GradientStep, gradients } from './pressure-figures.ts';
import { finding, inRow, type Rule } from './rule.ts';
import { type SiteFacts, sourceText } from './site-facts.ts';

export const z20: Rule = {
  id: 'Z20',
  check(facts) {
    const known = gradients(facts).filter(({ verdict }) => verdict !== 'unknown');
    if (known.length === 0) return null;
    const falling = known.filter(({ verdict }) => verdict === 'falls');
    if (falling.length > 0) return [ask(facts, 'falls', falling)];
    // one kind of pressure that rises is a gradation; where none does, it is asked for
    return known.every(({ verdict }) => verdict === 'not-shown') ? [ask(facts, 'not-shown', known)] : [];
  },
};

function ask(facts: SiteFacts, variant: 'falls' | 'not-shown', asked: Gradient[]): Finding {
  const steps = asked.flatMap((gradient) => shownSteps(gradient, variant).map((step) => ({ gradient, step })));
  return finding(facts, {
    rule: 'Z20',
    variant,
    severity: 'question',
    numbers: Object.fromEntries(
      steps.map(({ gradient, step }) => [
        `${camel(gradient.layer)}${capital(step.inner)}${capital(step.outer)}Percent`,
        percent(step.effect),
      ]),
    ),
    words: { list: inRow(steps.map(({ gradient, step }) => item(gradient, step))) },
    sources: [...new Set(steps.map(({ step }) => sourceText(facts, step.observation.from)))],
  });
}

/** Of what falls the steps that do; else the whole way. */
function shownSteps({ steps, whole }: Gradient, variant: 'falls' | 'not-shown'): GradientStep[] {
  const all = whole === null || steps.includes(whole) ? steps : [...steps, whole];
  return variant === 'falls' ? all.filter(({ high }) => high !== null && high < 0.5) : all.slice(-1);
}

function item({ layer }: Gradient, { inner, outer, effect, low, high, level }: GradientStep): LocalText {
  return inAll('pressure.effect', {
    layer: inAll(`pressure.layer.${layer}`),
    inner: inAll(`zone.${inner}`),
    outer: inAll(`zone.${outer}`),
    value: percent(effect),
    low: percent(low),
    high: percent(high),
    level: percent(level),
  });
}

function percent(share: number | null): number {
  return Math.round(1000 * (share ?? Number.NaN)) / 10;
}

function camel(layer: string): string {
  return layer.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
