/**
 * Z08: no settlement and no permanent population in the core area. Z09: the transition area is inhabited.
 *
 * People who were counted or declared go before a list of settlements, and that before a grid, which spreads a census by a model.
 */

import { inAll } from '../i18n/index.ts';
import type { LocalText, ZoneKind } from '../types.ts';
import { type Figure, figure, principal, sum } from './figures.ts';
import { pressureFigure } from './pressure-figures.ts';
import { finding, inRow, percentOf, type Rule } from './rule.ts';
import { currentZones, declared, type SiteFacts } from './site-facts.ts';

/** A grid that gives a core area less than this many people says that nobody lives there. */
const SOMEBODY = 1;
/** Less built-up land than this part of a zone is within the errors of any map of it. */
export const MAP_ERROR = 0.001;

/** What speaks of people in a kind of zone. */
interface Evidence {
  key: 'declared' | 'settlements' | 'listed' | 'grid' | 'built-up';
  figure: Figure;
  /** As it is written. */
  shown: number;
  /** Whether it says that somebody lives there. */
  is: boolean;
}

export const z08: Rule = {
  id: 'Z08',
  check(facts) {
    const known = evidenceOf(facts, 'core');
    if (known.length === 0) return null;
    const found = known.filter(({ is }) => is);
    // whoever counted nobody knows better than a grid
    const counted = known.find(({ key }) => key === 'declared');
    const asked = counted?.is === false ? found.filter(({ key }) => key !== 'grid') : found;
    return asked.length === 0 ? [] : [ask(facts, 'Z08', asked)];
  },
};

export const z09: Rule = {
  id: 'Z09',
  check(facts) {
    const known = evidenceOf(facts, 'transition').filter(({ key }) => key !== 'built-up');
    if (known.length === 0) return null;
    return known.some(({ is }) => is) ? [] : [ask(facts, 'Z09', known)];
  },
};

function ask(facts: SiteFacts, rule: 'Z08' | 'Z09', evidence: Evidence[]) {
  const list: LocalText[] = evidence.map(({ key, shown }) => inAll(`pressure.item.${key}`, { value: shown }));
  return finding(facts, {
    rule,
    variant: rule === 'Z08' ? 'people' : 'uninhabited',
    severity: 'question',
    numbers: Object.fromEntries(evidence.map(({ key, shown }) => [NUMBERS[key], shown])),
    figures: evidence.map((own) => own.figure),
    words: { list: inRow(list) },
  });
}

const NUMBERS: Record<Evidence['key'], string> = {
  declared: 'declaredPeople',
  settlements: 'settlements',
  listed: 'listedPeople',
  grid: 'gridPeople',
  'built-up': 'builtUpPercent',
};

function evidenceOf(facts: SiteFacts, kind: ZoneKind): Evidence[] {
  const of = (key: Evidence['key'], own: Figure | null, least: number, written = Math.round): Evidence[] =>
    own === null ? [] : [{ key, figure: own, shown: written(own.value), is: own.value >= least }];
  const share = pressureFigure(facts, kind, 'built-up-share', 'mean');
  return [
    ...of('declared', people(facts, kind), SOMEBODY),
    ...of('settlements', pressureFigure(facts, kind, 'settlements', 'sum'), 1),
    ...of('listed', pressureFigure(facts, kind, 'population', 'sum', 'settlements'), SOMEBODY),
    ...of('grid', pressureFigure(facts, kind, 'population', 'sum', 'grid'), SOMEBODY),
    ...of('built-up', share, 100 * MAP_ERROR, (percent) => percentOf(percent / 100)),
  ];
}

/** People declared or observed for a kind of zone, those who live there permanently where they are told apart. */
function people(facts: SiteFacts, kind: ZoneKind): Figure | null {
  const said: SiteFacts = {
    ...facts,
    observations: facts.observations.map((o) => (o.role === 'observed' ? { ...o, role: 'declared' } : o)),
  };
  const of = (feature: string): Figure | null => {
    const all = declared(said, feature, 'population', '{person}');
    const permanent = all.filter(({ observation }) => observation.by.class === 'permanent');
    const whole = all.filter(({ observation }) => observation.by.class === undefined);
    return principal((permanent.length > 0 ? permanent : whole).map((own) => figure(own, '{person}')));
  };
  const whole = of(`${facts.site.id}/${kind}`);
  if (whole !== null) return whole;
  const zones = currentZones(facts, kind).map(({ id }) => of(id));
  const known = zones.flatMap((own) => (own === null ? [] : [own]));
  return known.length > 0 && known.length === zones.length ? sum(known) : null;
}
