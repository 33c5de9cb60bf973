/**
 * The rules that a zonation is held to, and `judge`, which puts all of them to a site.
 *
 *     const findings = judge(facts, { profile: null, today: '2026-03-01' });
 *
 * `data/rules.csv` is the same catalogue in words, and `docs/rules.md` says what each rule asks, from what and how exactly.
 */
import { inAll } from '../i18n/index.ts';
import type { Finding } from '../types.ts';
import { finding, inRow, type Rule, type RuleContext } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';
import { tb1 } from './tb1-border.ts';
import { tb2 } from './tb2-legend.ts';
import { tb3 } from './tb3-year.ts';
import { z01 } from './z01-zones.ts';
import { z02 } from './z02-geometry.ts';
import { z03 } from './z03-gaps.ts';
import { z05 } from './z05-surrounded.ts';
import { z06 } from './z06-contact.ts';
import { z07 } from './z07-transition.ts';
import { z08, z09 } from './z08-people.ts';
import { z10 } from './z10-uses.ts';
import { z11Map } from './z11-map.ts';
import { z11Protected } from './z11-protected.ts';
import { z11Sources } from './z11-sources.ts';
import { z11Sums } from './z11-sums.ts';
import { z11Whole } from './z11-whole.ts';
import { z12Centre } from './z12-centre.ts';
import { z12Map } from './z12-map.ts';
import { z13 } from './z13-box.ts';
import { z14 } from './z14-ring.ts';
import { z15 } from './z15-round.ts';
import { z16 } from './z16-change.ts';
import { z17 } from './z17-profile.ts';
import { z19 } from './z19-overlaps.ts';
import { z20 } from './z20-gradient.ts';
import { z21 } from './z21-intactness.ts';
import { z22 } from './z22-natural-loss.ts';

export type { Rule, RuleContext } from './rule.ts';

/** What a rule must be given before it can be asked. */
export type Need = 'declared' | 'map' | 'records' | 'raster' | 'land-cover' | 'previous-zonation';

export interface CatalogueEntry {
  id: string;
  severity: Finding['severity'];
  needs: Need;
  /** None where this release cannot ask yet; several where figures and maps are held to it in different ways. */
  rules: readonly Rule[];
  /** Only for a transboundary whole. */
  transboundary: boolean;
}

function entry(id: string, severity: Finding['severity'], needs: Need, rules: readonly Rule[] = []): CatalogueEntry {
  return { id, severity, needs, rules, transboundary: id.startsWith('TB') };
}

/** Every rule, in the order of findings of equal severity. */
export const catalogue: readonly CatalogueEntry[] = [
  entry('Z01', 'error', 'declared', [z01]),
  entry('Z02', 'error', 'map', [z02]),
  entry('Z03', 'question', 'map', [z03]),
  entry('Z04', 'error', 'records'),
  entry('Z05', 'error', 'map', [z05]),
  entry('Z06', 'question', 'map', [z06]),
  entry('Z07', 'question', 'map', [z07]),
  entry('Z08', 'question', 'raster', [z08]),
  entry('Z09', 'question', 'raster', [z09]),
  entry('Z10', 'question', 'raster', [z10]),
  entry('Z11', 'error', 'declared', [z11Sums, z11Sources, z11Protected, z11Map]),
  entry('Z12', 'error', 'declared', [z12Centre, z12Map]),
  entry('Z13', 'error', 'declared', [z13]),
  entry('Z14', 'question', 'declared', [z14]),
  entry('Z15', 'info', 'declared', [z15]),
  entry('Z16', 'question', 'previous-zonation', [z16]),
  entry('Z17', 'info', 'declared', [z17]),
  entry('Z18', 'error', 'records'),
  entry('Z19', 'info', 'declared', [z19]),
  entry('Z20', 'question', 'raster', [z20]),
  entry('Z21', 'question', 'land-cover', [z21]),
  entry('Z22', 'question', 'land-cover', [z22]),
  entry('TB1', 'question', 'map', [tb1]),
  entry('TB2', 'question', 'map', [tb2]),
  entry('TB3', 'question', 'records', [tb3]),
  entry('TB4', 'question', 'records'),
  entry('TB5', 'question', 'records'),
  entry('TB6', 'question', 'declared', [z11Whole]), // asks as Z11: parts sum to the total
];

const SEVERITIES: readonly Finding['severity'][] = ['error', 'question', 'info'];

/**
 * What a reviewer may ask about a site: errors first, then by rule. A transboundary whole is held to its parts; the parts
 * themselves are judged on their own. Ends with a note on the rules that were not checked. A place that is not a
 * biosphere reserve has no zonation to ask about.
 */
export function judge(facts: SiteFacts, context: RuleContext): Finding[] {
  if (facts.site.kind !== 'biosphere-reserve') return [];
  const unchecked: CatalogueEntry[] = [];
  const found = catalogue.flatMap((item) => {
    if (item.transboundary && facts.parts.length === 0) return [];
    const answers = item.rules.map((rule) => rule.check(facts, context)).filter((answer) => answer !== null);
    if (answers.length === 0 && !(item.id === 'Z17' && context.profile === null)) unchecked.push(item);
    return answers.flat();
  });
  const rank = ({ rule }: Finding): number => catalogue.findIndex(({ id }) => id === rule);
  found.sort((x, y) => SEVERITIES.indexOf(x.severity) - SEVERITIES.indexOf(y.severity) || rank(x) - rank(y));
  return unchecked.length === 0 ? found : [...found, notChecked(facts, unchecked)];
}

/** One note that says which rules were not checked, by what they need. */
function notChecked(facts: SiteFacts, unchecked: CatalogueEntry[]): Finding {
  const needs = [...new Set(unchecked.map((item) => item.needs))];
  const groups = needs.map((need) => {
    const ids = unchecked.filter((item) => item.needs === need).map(({ id }) => id);
    return inAll(`rules.needs.${need}`, { rules: ids.join(', ') });
  });
  return finding(facts, {
    rule: 'not-checked',
    variant: 'list',
    severity: 'info',
    numbers: {},
    words: { list: inRow(groups) },
    report: null, // it is about this check, not about the reserve
  });
}
