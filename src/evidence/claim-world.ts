/**
 * What the names of an expression stand for in a dossier.
 *
 *     const { resolve } = claimWorld(material);
 *     resolve('researchers', { feature: 'kazakhstan', year: '2013', sex: 'F' })   // the figure f084
 *
 * A name is an indicator; a noun (`headcounts`, `money`, `designations`, `activities`, `sites`); or the id of one fact. Filters narrow:
 * `year`, `period` (`2021/2024`, last included), `from` and `to` of the time; and what a fact is marked with. `a|b` is one or the
 * other, `x*` what begins so, `*` any that has one, `-` those that have none. Where nothing is said of `class`, `sex`, `age` and `group`, figures of all are meant,
 * not of a part; of `role`, what is or was, not what is aimed at; of `quality`, all but what is known to be wrong.
 */
import { periodOf } from '../periods.ts';
import type { ClaimWorld } from '../science/claim-expression-types.ts';
import type { Id } from '../types.ts';
import { convert } from '../units.ts';
import { type ClaimMaterial, claimFacts, type DossierFact } from './claim-facts.ts';

/** Filters that look at time, at provenance, and at what a fact is marked with. */
const TIMES = ['year', 'period', 'from', 'to'] as const;
const ORIGINS = ['source', 'quality', 'unit'] as const;
const MARKS = [
  'feature',
  'site',
  'zone',
  'country',
  'countries',
  'class',
  'sex',
  'age',
  'role',
  'measure',
  'group',
  'kind',
  'theme',
  'partner',
  'partner-country',
  'parent',
  'criteria',
] as const;

/** Every filter there is. */
export const claimFilters: readonly string[] = [...TIMES, ...ORIGINS, ...MARKS];

/** Nouns that can be named, besides indicators. */
export const claimNouns = ['headcounts', 'money', 'designations', 'activities', 'sites'] as const;

/** Marks of a part of a whole: where a filter does not ask for them, facts that have them are left out. */
const PARTS: readonly string[] = ['class', 'sex', 'age', 'group'];

/** A name or filter that stands for nothing: a fault of the check. */
export class ClaimNameError extends Error {
  readonly found: string;
  readonly expected: string;

  constructor(found: string, expected: string) {
    super(`found ${found}; expected ${expected}`);
    this.name = 'ClaimNameError';
    this.found = found;
    this.expected = expected;
  }
}

/** A world of facts, and each of them by its id. */
export interface DossierWorld extends ClaimWorld {
  fact(id: string): DossierFact | undefined;
}

/** The world of a dossier. */
export function claimWorld(material: ClaimMaterial, facts: readonly DossierFact[] = claimFacts(material)): DossierWorld {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const byName = Map.groupBy(facts, ({ called }) => called);
  const nouns: readonly string[] = claimNouns;
  return {
    convert,
    fact: (id) => byId.get(id),
    resolve(name, filters) {
      const wrong = Object.keys(filters).find((key) => !claimFilters.includes(key));
      if (wrong !== undefined) throw new ClaimNameError(`filter "${wrong}" of @${name}`, claimFilters.join(', '));
      const one = byId.get(name);
      if (one !== undefined) return [one];
      if (!byName.has(name) && !nouns.includes(name) && !material.indicators.has(name))
        throw new ClaimNameError(`@${name}`, `an indicator, the id of a figure, or one of ${nouns.join(', ')}`);
      return (byName.get(name) ?? []).filter((fact) => fits(fact, filters));
    },
  };
}

/**
 * The same world, seen from the review of a site: where an expression names no place, the site is meant; and figures of other reserves are not
 * told, as whoever writes here need not be allowed to read them.
 */
export function worldOfSite(world: DossierWorld, site: Id, material: Pick<ClaimMaterial, 'sites'>): DossierWorld {
  const places = ['feature', 'site', 'country', 'countries', 'partner'];
  const open = openTo(site, material);
  const fact = (id: string): DossierFact | undefined => {
    const found = world.fact(id);
    return found !== undefined && open(found) ? found : undefined;
  };
  return {
    ...world,
    fact,
    resolve: (name, filters) => {
      if (world.fact(name) !== undefined && fact(name) === undefined)
        throw new ClaimNameError(`@${name}`, 'a figure of this reserve, or of what is no reserve');
      const named = world.fact(name) !== undefined || places.some((key) => key in filters);
      const own: Record<string, string> =
        'zone' in filters || name === 'activities' || name === 'sites' ? { site } : { feature: site };
      const found = world.resolve(name, named ? filters : { ...filters, ...own });
      return found.filter(({ id }) => fact(id) !== undefined);
    },
  };
}

/**
 * Whether the review of a site may use a fact: of itself, of the whole that it is a part of and of the other parts, and of what is no reserve;
 * that a reserve exists, and since when, is no secret.
 */
export function openTo(site: Id, { sites }: Pick<ClaimMaterial, 'sites'>): (fact: DossierFact) => boolean {
  const parent = sites.find(({ id }) => id === site)?.parent ?? null;
  const family = new Set([
    site,
    ...sites.flatMap(({ id, parent: of }) => (id === parent || of === site || (parent !== null && of === parent) ? [id] : [])),
  ]);
  const reserves = new Set(sites.flatMap(({ id, kind }) => (kind === 'biosphere-reserve' ? [id] : [])));
  return ({ noun, marks }) => {
    if (noun === 'sites' || noun === 'designations') return true;
    const own = (marks.site ?? []).filter((id) => reserves.has(id));
    return own.length === 0 || own.some((id) => family.has(id));
  };
}

function fits(fact: DossierFact, filters: Readonly<Record<string, string>>): boolean {
  if (!inTime(fact, filters)) return false;
  if (filters.source !== undefined && !matches([fact.source ?? ''], filters.source)) return false;
  if (filters.unit !== undefined && fact.unit !== filters.unit) return false;
  if (filters.quality === undefined ? fact.quality === 'doubtful' : !matches([fact.quality], filters.quality)) return false;
  const aim = ['target', 'baseline'];
  if (filters.role === undefined && (fact.marks.role ?? []).some((role) => aim.includes(role))) return false;
  return MARKS.every((key) => {
    const values = fact.marks[key] ?? [];
    const asked = filters[key];
    if (asked !== undefined) return matches(values, asked);
    return !PARTS.includes(key) || values.length === 0 || fact.noun === 'money';
  });
}

/** Within a year or a span of years; or exactly of a period. */
function inTime({ period }: DossierFact, { year, period: exactly, from, to }: Readonly<Record<string, string>>): boolean {
  if (year === undefined && exactly === undefined && from === undefined && to === undefined) return true;
  if (period === null) return false;
  const { start, end } = period;
  if (exactly !== undefined) {
    const wanted = spanOf('period', exactly);
    return start === wanted.start && end === wanted.end;
  }
  if (year !== undefined) {
    const wanted = spanOf('year', year);
    return start >= wanted.start && (end ?? start) <= wanted.end && start < wanted.end;
  }
  const first = from === undefined ? start : spanOf('from', from).start;
  const last = to === undefined ? (end ?? start) : spanOf('to', to).end;
  return start >= first && (end ?? start) <= last;
}

function spanOf(key: string, text: string): { start: string; end: string } {
  const found = periodOf(text);
  if (found === null)
    throw new ClaimNameError(`${key}=${text}`, 'a year, month or day such as 2012, 2012-06, or a pair 2012/2014');
  return found;
}

function matches(values: readonly string[], asked: string): boolean {
  return asked.split('|').some((one) => {
    const choice = one.trim();
    if (choice === '-') return values.length === 0;
    return choice.endsWith('*') ? values.some((value) => value.startsWith(choice.slice(0, -1))) : values.includes(choice);
  });
}
