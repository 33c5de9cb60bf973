/**
 * Z11, arithmetic: the zones of a site add up to its total, and the parts of a site or zone to the whole of it.
 *
 * Every source that gives a total and all three zones is held to its own figures; the principal total is also held to
 * zones from elsewhere where its own source does not give them.
 */
import { inAll, pick } from '../i18n/index.ts';
import type { Finding, Id, ZoneKind } from '../types.ts';
import {
  AREA_TOLERANCE,
  contradiction,
  counterpart,
  type Figure,
  figure,
  figuresOf,
  principal,
  sameOrigin,
  samePeriod,
  sum,
  unique,
  zoneAreas,
  zoneKinds,
} from './figures.ts';
import { caution, finding, hectares, inEach, type Rule } from './rule.ts';
import { declared, type SiteFacts } from './site-facts.ts';

export const z11Sums: Rule = {
  id: 'Z11',
  check(facts) {
    const found = [zonesToTotal(facts), partsToWhole(facts)].filter((list) => list !== null);
    return found.length === 0 ? null : found.flat();
  },
};

/** Zones against totals, once for each set of numbers; `null` where no total or no zone is declared. */
function zonesToTotal(facts: SiteFacts): Finding[] | null {
  const totals = figuresOf(facts, facts.site.id, 'area', 'har');
  const first = principal(totals);
  const checks = totals.flatMap((total) => {
    const zones = zoneKinds.map((kind) => [kind, counterpart(zoneAreas(facts, kind), total)] as const);
    const known = zones.flatMap(([kind, area]) => (area === null ? [] : [{ kind, area }]));
    const ownSet = known.length === zoneKinds.length && sameOrigin(total, ...known.map(({ area }) => area));
    return known.length > 0 && (total === first || ownSet) ? [{ total, known }] : [];
  });
  if (checks.length === 0) return null;
  const seen = new Set<string>();
  return checks.flatMap(({ total, known }) => {
    const key = [total, ...known.map(({ area }) => area)].map((f) => f.value).join();
    if (seen.has(key)) return [];
    seen.add(key);
    return compareZones(facts, total, known);
  });
}

/** The zones that are known against one total: all three should make it, fewer should not exceed it. */
function compareZones(facts: SiteFacts, total: Figure, known: { kind: ZoneKind; area: Figure }[]): Finding[] {
  const protectedZones = known.filter(({ kind }) => kind !== 'transition');
  const inner = sum(protectedZones.map(({ area }) => area));
  if (exceeds(inner, total)) return [askZones(facts, 'inner', total, protectedZones, inner)];
  const all = sum(known.map(({ area }) => area));
  const complete = known.length === zoneKinds.length;
  const wrong = complete ? differs(all, total) : exceeds(all, total);
  return wrong ? [askZones(facts, 'sum', total, known, all)] : [];
}

function askZones(
  facts: SiteFacts,
  variant: string,
  total: Figure,
  zones: { kind: ZoneKind; area: Figure }[],
  all: Figure,
): Finding {
  const figures = [total, ...zones.map(({ area }) => area)];
  const difference = all.value - total.value;
  return finding(facts, {
    rule: 'Z11',
    variant,
    severity: contradiction(difference, ...figures),
    numbers: {
      ...Object.fromEntries(zones.map(({ kind, area }) => [`${kind}Ha`, area.value])),
      sumHa: all.value,
      totalHa: total.value,
      differenceHa: Math.abs(difference),
      aboutHa: all.about + total.about,
      tolerancePercent: AREA_TOLERANCE * 100,
    },
    figures,
    words: {
      terms: inEach((lang) =>
        zones.map(({ kind, area }) => `${pick(inAll(`zone.${kind}`), lang)} ${pick(hectares(area), lang)}`).join(' + '),
      ),
      total: hectares(total),
    },
    more: caution(...figures),
  });
}

/** The named parts of the site and of each zone against the whole; `null` where no part is declared. */
function partsToWhole(facts: SiteFacts): Finding[] | null {
  const ids = [facts.site.id, ...zoneKinds.map((kind) => `${facts.site.id}/${kind}`), ...facts.zones.map((zone) => zone.id)];
  const checks = unique(ids).flatMap((feature) => {
    const parts = declared(facts, feature, 'area-part', 'har');
    return unique(parts.map((part) => part.origin)).flatMap((origin) => {
      const own = parts.filter((part) => part.origin === origin);
      const latest = principal(own.map((part) => figure(part, 'har')))?.period ?? null;
      const named = own.filter((part) => samePeriod(part.observation.period, latest));
      const once = named
        .filter((part, i) => named.findIndex((p) => className(p) === className(part)) === i)
        .map((part) => figure(part, 'har'));
      const first = once[0];
      const whole = first === undefined ? null : counterpart(figuresOf(facts, feature, 'area', 'har'), first);
      return whole === null ? [] : [compareParts(facts, feature, whole, once)];
    });
  });
  return checks.length === 0 ? null : checks.flat();
}

function compareParts(facts: SiteFacts, feature: Id, whole: Figure, parts: Figure[]): Finding[] {
  const all = sum(parts);
  if (!differs(all, whole)) return [];
  const difference = all.value - whole.value;
  const listMayBeShort = difference < 0 && parts.length === 1;
  return [
    finding(facts, {
      rule: 'Z11',
      variant: 'parts',
      severity: listMayBeShort ? 'question' : contradiction(difference, all, whole),
      numbers: {
        ...Object.fromEntries(parts.map((part, i) => [`part${i + 1}Ha`, part.value])),
        sumHa: all.value,
        totalHa: whole.value,
        differenceHa: Math.abs(difference),
        aboutHa: all.about + whole.about,
        tolerancePercent: AREA_TOLERANCE * 100,
      },
      figures: [whole, all],
      words: { feature: featureName(facts, feature), count: parts.length, total: hectares(whole) },
      more: caution(whole, all),
    }),
  ];
}

const className = (part: ReturnType<typeof declared>[number]): string => part.observation.by.class ?? part.observation.id;

/** What people call the site itself or the zone with this id. */
export function featureName(facts: SiteFacts, feature: Id) {
  if (feature === facts.site.id) return inAll('rules.words.whole');
  const kind =
    facts.zones.find((zone) => zone.id === feature)?.kind ?? zoneKinds.find((k) => feature === `${facts.site.id}/${k}`);
  return kind === undefined ? { en: feature } : inAll(`zone.${kind}`);
}

export function differs(figure: Figure, from: Figure): boolean {
  return Math.abs(figure.value - from.value) > AREA_TOLERANCE * from.value;
}

export function exceeds(figure: Figure, limit: Figure): boolean {
  return figure.value - limit.value > AREA_TOLERANCE * limit.value;
}
