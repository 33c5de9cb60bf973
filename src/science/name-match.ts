/**
 * Scientific names held against a checklist: exactly, then by author, then by spelling with a score that is shown. Nothing is decided where two names
 * fit alike or the spelling differs: that is for people.
 *
 *     const match = nameMatcher(checklist);
 *     match('Otis tarda L.', { kingdom: 'Animalia' })   // { kind: 'author', score: 0.97, taxon: { id: '2474941', … }, candidates: […] }
 *
 * Rees 2014, Taxamatch, an algorithm for near matching of scientific names, PLoS ONE 9(9), e107510, doi:10.1371/journal.pone.0107510: genus within 2
 * changes of a letter, epithet within 2 (4 at most in long ones), the first letter the same unless all else is; distances after Damerau 1964,
 * doi:10.1145/363958.363994, in the form that never changes a place twice.
 */
import { authorScore, type ParsedName, parseName } from './name-match-parts.ts';

export interface CheckName {
  id: string;
  /** With or without its author. */
  name: string;
  author: string | null;
  rank: string | null;
  kingdom: string | null;
  /** Identifier of the accepted name, `null` where this is one. */
  accepted: string | null;
  /** Further down: doubtful names stand behind accepted ones. */
  status: 'accepted' | 'synonym' | 'doubtful';
}

/**
 * `exact`: name and author; `name`: the name, one of the two having no author; `author`: the name, and an author that is written otherwise;
 * `genus`: only its genus, as in "Larus sp."; `fuzzy`: another spelling; `ambiguous`: several that fit alike; `none`.
 */
export type MatchKind = 'exact' | 'name' | 'author' | 'genus' | 'fuzzy' | 'ambiguous' | 'none';

export interface NameMatch {
  kind: MatchKind;
  /** 0 to 1. */
  score: number;
  /** What the record's taxon is by the checklist: the accepted name; `null` where nothing was decided. */
  taxon: CheckName | null;
  /** The name that fitted, where it is a synonym. */
  synonym: CheckName | null;
  /** What people may choose from, the best first, by score. */
  candidates: { name: CheckName; score: number }[];
}

/** Kinds that hold without anybody looking. */
export const SURE: ReadonlySet<MatchKind> = new Set(['exact', 'name', 'author', 'genus']);

/** Below it, authors are different people: the name is a homonym. */
const SAME_AUTHOR = 0.5;
/** Names that are shown to choose from. */
const SHOWN = 5;
/** Below it a spelling is another name. */
const LEAST_SCORE = 0.7;

type Known = CheckName & { parts: ParsedName };

/** A matcher for a checklist; synonyms lead to their accepted names. */
export function nameMatcher(
  checklist: readonly CheckName[],
): (name: string, more?: { author?: string | null; kingdom?: string | null }) => NameMatch {
  const known = checklist.map((one): Known => ({ ...one, parts: parseName(one.name, one.author) }));
  const byId = new Map(known.map((one) => [one.id, one]));
  const byName = grouped(known, ({ parts }) => parts.canonical);
  const byGenus = grouped(known, ({ parts }) => parts.genus);
  const byEpithet = grouped(known, ({ parts }) => stem(parts.epithet));
  const cache = new Map<string, NameMatch>();

  const settle = (kind: MatchKind, score: number, found: Known, candidates: NameMatch['candidates']): NameMatch => {
    const accepted = acceptedOf(found, byId);
    return { kind, score, taxon: accepted, synonym: accepted === found ? null : found, candidates };
  };

  const matched = (written: ParsedName, kingdom: string | null): NameMatch => {
    const same = preferred(ofKingdom(byName.get(written.canonical) ?? [], kingdom));
    if (same.length > 0) return byAuthor(written, same, settle, byId);
    if (written.epithet === '' && written.genus !== '') return none([]);
    if (written.open) {
      // "Larus sp." is a Larus
      const genera = preferred(
        ofKingdom(
          (byName.get(written.genus) ?? []).filter(({ parts }) => parts.epithet === ''),
          kingdom,
        ),
      );
      if (genera.length === 1) return settle('genus', 1, genera[0] as Known, []);
      if (genera.length > 1) return ambiguous(genera.map((name) => ({ name, score: 1 })));
    }
    const near = candidatesOf(
      written,
      ofKingdom([...(byGenus.get(written.genus) ?? []), ...(byEpithet.get(stem(written.epithet)) ?? [])], kingdom),
    );
    const [best] = near;
    if (best === undefined) return none([]);
    const rivals = near.filter(
      ({ name, score }) => score === best.score && acceptedOf(name as Known, byId).id !== acceptedOf(best.name as Known, byId).id,
    );
    if (rivals.length > 0) return ambiguous(near);
    return settle('fuzzy', best.score, best.name as Known, near);
  };

  return (name, { author = null, kingdom = null } = {}) => {
    const key = `${name}\t${author ?? ''}\t${kingdom ?? ''}`;
    const before = cache.get(key);
    if (before !== undefined) return before;
    const match = matched(parseName(name, author), kingdom);
    cache.set(key, match);
    return match;
  };
}

/** Of names that are written alike, the one whose author fits; homonyms that fit alike stay open. */
function byAuthor(
  written: ParsedName,
  same: readonly Known[],
  settle: (kind: MatchKind, score: number, found: Known, candidates: NameMatch['candidates']) => NameMatch,
  byId: ReadonlyMap<string, Known>,
): NameMatch {
  const scored = same
    .map((name) => ({ name, score: written.author === '' || name.parts.author === '' ? 0.99 : authorScore(written, name.parts) }))
    .toSorted((a, b) => b.score - a.score);
  const best = scored[0] as { name: Known; score: number };
  const rivals = scored.filter(
    ({ name, score }) => score >= best.score - 0.05 && acceptedOf(name, byId) !== acceptedOf(best.name, byId),
  );
  if (rivals.length > 0) return ambiguous(scored);
  if (best.score === 1) return settle('exact', 1, best.name, scored.slice(1));
  if (best.score === 0.99) return settle('name', 0.99, best.name, scored.slice(1));
  // an author that does not fit at all names another species of the same name
  if (best.score < SAME_AUTHOR) return ambiguous(scored);
  return settle('author', round(0.9 + best.score / 10), best.name, scored.slice(1));
}

const none = (candidates: NameMatch['candidates']): NameMatch => ({
  kind: 'none',
  score: 0,
  taxon: null,
  synonym: null,
  candidates,
});

function ambiguous(candidates: NameMatch['candidates']): NameMatch {
  return {
    kind: 'ambiguous',
    score: candidates[0]?.score ?? 0,
    taxon: null,
    synonym: null,
    candidates: candidates.slice(0, SHOWN),
  };
}

/** Where there is an accepted name, doubtful ones stand back. */
function preferred(names: readonly Known[]): readonly Known[] {
  const sure = names.filter(({ status }) => status !== 'doubtful');
  return sure.length > 0 ? sure : names;
}

function ofKingdom(names: readonly Known[], kingdom: string | null): readonly Known[] {
  if (kingdom === null) return names;
  return names.filter((one) => one.kingdom === null || one.kingdom.toLowerCase() === kingdom.toLowerCase());
}

/** Through chains of synonyms, which some checklists have, and rings of them. */
function acceptedOf(name: Known, byId: ReadonlyMap<string, Known>): Known {
  let [at, steps] = [name, 0];
  while (at.accepted !== null && at.accepted !== at.id && steps++ < 10) {
    const next = byId.get(at.accepted);
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

/** Names of other spelling by score, the best first. */
function candidatesOf(written: ParsedName, names: readonly Known[]): NameMatch['candidates'] {
  const seen = new Set<string>();
  const found: NameMatch['candidates'] = [];
  for (const name of names) {
    if (seen.has(name.id) || name.parts.epithet === '' || (name.parts.infra === '') !== (written.infra === '')) continue;
    seen.add(name.id);
    const score = spellingScore(written, name.parts);
    if (score >= LEAST_SCORE) found.push({ name, score });
  }
  return found
    .toSorted((a, b) => b.score - a.score || (a.name.status < b.name.status ? -1 : a.name.status > b.name.status ? 1 : 0))
    .slice(0, SHOWN);
}

/** Share of letters that are right, an author that is another's taking a tenth off; 0 where too many are wrong. */
export function spellingScore(a: ParsedName, b: ParsedName): number {
  const genus = editDistance(a.genus, b.genus);
  const epithet = editDistance(a.epithet, b.epithet);
  const infra = editDistance(a.infra, b.infra);
  if (genus > 2 || epithet > mostChanges(b.epithet) || infra > 2) return 0;
  if (genus > 0 && a.genus[0] !== b.genus[0] && epithet > 0) return 0;
  if (epithet > 0 && a.epithet[0] !== b.epithet[0] && genus > 0) return 0;
  const letters = Math.max(
    a.genus.length + a.epithet.length + a.infra.length,
    b.genus.length + b.epithet.length + b.infra.length,
  );
  const spelled = 1 - (genus + epithet + infra) / letters;
  const authors = a.author === '' || b.author === '' ? 1 : 0.9 + 0.1 * authorScore(a, b);
  return round(spelled * authors);
}

/** Rees 2014: two changes, in long epithets up to four. */
function mostChanges(epithet: string): number {
  return epithet.length >= 12 ? 4 : epithet.length >= 9 ? 3 : epithet.length >= 5 ? 2 : 1;
}

const round = (score: number): number => Math.round(score * 1000) / 1000;

/** An epithet without the ending that goes with the gender of its genus: `albus`, `alba`, `album`. */
function stem(epithet: string): string {
  return epithet.replace(/(us|a|um|is|e|er|ra|rum|i|ii|ae|os|on)$/, '');
}

function grouped(names: readonly Known[], key: (name: Known) => string): Map<string, Known[]> {
  const groups = new Map<string, Known[]>();
  for (const name of names) {
    const of = key(name);
    if (of === '') continue;
    const group = groups.get(of);
    if (group === undefined) groups.set(of, [name]);
    else group.push(name);
  }
  return groups;
}

/** Least number of letters added, left out, changed or swapped with their neighbour (Damerau 1964, optimal string alignment). */
export function editDistance(a: string, b: string): number {
  if (a === b) return 0;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] as number) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] as number;
}
