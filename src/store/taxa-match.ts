/**
 * Names of records to taxa of the dossier: by what the dossier knows, then by a checklist. What fits only nearly goes to a list, and its records to a
 * taxon of the name as written; where a sensitive species may be meant, that taxon is as sensitive.
 *
 *     const names = matchNames(listTaxa(db), checklist, written, { accept: null });
 *     names.taxonOf.get('Otis trada')   // { id: 'name/otis-trada', … }; names.list holds the suggestion Otis tarda, 0.889
 */
import { type Checklist, vernacularKey } from '../formats/darwin-core-checklist.ts';
import type { Taxon } from '../life-types.ts';
import { slug } from '../records/words.ts';
import { type CheckName, type NameMatch, nameMatcher, SURE } from '../science/name-match.ts';
import { parseName } from '../science/name-match-parts.ts';
import type { LocalText } from '../types.ts';

/** A name as records write it. */
export interface WrittenName {
  name: string;
  author: string | null;
  rank: string | null;
  kingdom: string | null;
  vernacular: LocalText;
  records: number;
}

/** What names are matched with. */
export type MatchList = Pick<Checklist, 'names' | 'vernacular'> & Partial<Pick<Checklist, 'called' | 'classes'>>;

export interface NameDecision {
  written: WrittenName;
  match: NameMatch;
  taxon: Taxon;
  /** Whether the dossier had it before. */
  known: boolean;
  /** Whether people should look. */
  open: boolean;
  /** Its class by the checklist. */
  class?: string;
}

export interface MatchedNames {
  decisions: NameDecision[];
  taxonOf: Map<string, Taxon>;
  /** Decisions that people should look at, those with most records first. */
  list: NameDecision[];
}

/** A key that names with the same author and kingdom share. */
export function nameKey({ name, author, kingdom }: Pick<WrittenName, 'name' | 'author' | 'kingdom'>): string {
  return [name, author ?? '', kingdom ?? ''].join('\t');
}

/**
 * @param accept from which score on another spelling is taken without anybody looking; `null` never
 */
export function matchNames(
  taxa: readonly Taxon[],
  checklist: MatchList | null,
  written: Iterable<WrittenName>,
  { accept = null }: { accept?: number | null } = {},
): MatchedNames {
  const own = taxa.map((taxon) => ownName(taxon));
  const match = nameMatcher(checklist === null ? own : [...checklist.names]);
  const matchOwn = nameMatcher(own);
  const byId = new Map(taxa.map((taxon) => [taxon.id, taxon]));
  const byCanonical = new Map(
    taxa.filter(({ name }) => parseName(name).canonical !== '').map((taxon) => [parseName(taxon.name).canonical, taxon]),
  );
  const byVernacular = vernacularIndex(taxa, checklist);
  const made = new Map<string, Taxon>();
  /** Of taxa that the dossier has those with more vernacular names. */
  const filled = new Map<string, Taxon>();
  const decided = [...written].map((one): NameDecision => {
    const scientific = match(one.name, one);
    // what was kept under a vernacular name alone is no answer to it
    const settledSo = SURE.has(scientific.kind) && /^\p{Script=Latin}/u.test(one.name);
    const spoken = settledSo ? undefined : byVernacular.get(vernacularKey(one.name));
    const found = spoken === undefined ? scientific : byVernacularMatch(spoken);
    const sure = SURE.has(found.kind) || (found.kind === 'fuzzy' && accept !== null && found.score >= accept);
    const names = [found.taxon, found.synonym].flatMap((name) => (name === null || !sure ? [] : [name]));
    const before =
      names.flatMap((name) => byId.get(name.id) ?? byCanonical.get(parseName(name.name).canonical) ?? [])[0] ??
      (spoken === undefined ? byCanonical.get(parseName(one.name, one.author).canonical) : undefined);
    if (before !== undefined) {
      const now = filled.get(before.id) ?? before;
      if (sure && found.taxon !== null) filled.set(before.id, withNames(now, one, checklist?.vernacular.get(found.taxon.id)));
      return { written: one, match: found, taxon: before, known: true, open: false };
    }
    const suggestions = [
      ...found.candidates.map(({ name }) => name.name),
      ...matchOwn(one.name, one).candidates.map(({ name }) => name.name),
      matchOwn(one.name, one).taxon?.name ?? '',
    ];
    const fresh = sure && found.taxon !== null ? checkedTaxon(found.taxon, one, checklist) : namedTaxon(one);
    const taxon = {
      ...fresh,
      ...sensitivityOf([fresh.name, one.name, ...names.map(({ name }) => name), ...(sure ? [] : suggestions)], byCanonical),
    };
    const twin = settled(taxon, made);
    return {
      written: one,
      match: found,
      taxon: twin,
      known: false,
      open: !sure && (checklist !== null || found.candidates.length > 0),
    };
  });
  const decisions = decided.map((one): NameDecision => {
    const listed = SURE.has(one.match.kind) && one.match.taxon !== null ? checklist?.classes?.get(one.match.taxon.id) : undefined;
    return { ...one, taxon: filled.get(one.taxon.id) ?? one.taxon, ...(listed === undefined ? {} : { class: listed }) };
  });
  return {
    decisions,
    taxonOf: new Map(decisions.map(({ written: one, taxon }) => [nameKey(one), taxon])),
    list: decisions.filter(({ open }) => open).toSorted((a, b) => b.written.records - a.written.records),
  };
}

/** The taxon of that name that was made before; else this one, under an identifier that no other name has. */
function settled(taxon: Taxon, made: Map<string, Taxon>): Taxon {
  let { id } = taxon;
  for (let n = 2; ; n++) {
    const before = made.get(id);
    if (before?.name === taxon.name) return before;
    if (before === undefined) break;
    id = `${taxon.id}-${n}`;
  }
  made.set(id, { ...taxon, id });
  return { ...taxon, id };
}

/** A taxon that the dossier has, with vernacular names in languages that it had none in: the checklist's, else the record's where letters tell its language. */
function withNames(taxon: Taxon, { vernacular: { ru, kk } }: WrittenName, listed: LocalText = {}): Taxon {
  const names = { ...(ru === undefined ? {} : { ru }), ...(kk === undefined ? {} : { kk }), ...listed, ...taxon.vernacular };
  return Object.keys(names).length === Object.keys(taxon.vernacular).length ? taxon : { ...taxon, vernacular: names };
}

function ownName({ id, name, rank }: Taxon): CheckName {
  return { id, name, author: null, rank, kingdom: null, accepted: null, status: 'accepted' };
}

/** Vernacular names that stand for one taxon alone. */
function vernacularIndex(taxa: readonly Taxon[], checklist: MatchList | null): Map<string, CheckName> {
  const index = new Map<string, CheckName | null>();
  const same = (a: CheckName, b: CheckName): boolean =>
    a.id === b.id || parseName(a.name).canonical === parseName(b.name).canonical;
  const add = (key: string, name: CheckName): void => {
    const before = index.get(key);
    index.set(key, before === undefined || (before !== null && same(before, name)) ? name : null);
  };
  for (const taxon of taxa)
    for (const text of Object.values(taxon.vernacular))
      if (vernacularKey(text) !== vernacularKey(taxon.name)) add(vernacularKey(text), ownName(taxon));
  const byId = new Map((checklist?.names ?? []).map((name) => [name.id, name]));
  for (const name of byId.values())
    if (name.accepted === null)
      for (const text of Object.values(checklist?.vernacular.get(name.id) ?? {})) add(vernacularKey(text), name);
  for (const [key, ids] of checklist?.called ?? [])
    for (const id of ids) {
      const name = byId.get(byId.get(id)?.accepted ?? id);
      if (name !== undefined) add(key, name);
    }
  return new Map([...index].flatMap(([key, name]) => (name === null ? [] : [[key, name]])));
}

function byVernacularMatch(taxon: CheckName): NameMatch {
  return { kind: 'name', score: 0.95, taxon, synonym: null, candidates: [] };
}

function checkedTaxon(
  { id, name, author, rank }: CheckName,
  { vernacular }: WrittenName,
  checklist: Pick<Checklist, 'vernacular'> | null,
): Taxon {
  const whole = author === null || name.includes(author) ? name : `${name} ${author}`;
  return blank(`taxon/${slug(id)}`, whole, rank, { ...vernacular, ...checklist?.vernacular.get(id) });
}

function namedTaxon({ name, author, rank, vernacular }: WrittenName): Taxon {
  const whole = author === null || name.includes(author) ? name : `${name} ${author}`;
  return blank(`name/${slug(whole)}`, whole, rank, vernacular);
}

function blank(id: string, name: string, rank: string | null, vernacular: LocalText): Taxon {
  return { id, name, rank, parent: null, vernacular, categories: {}, sensitivity: null, sensitivityReason: null };
}

/**
 * The strictest sensitivity among taxa of these names, their species and their subspecies: a misspelt name or a subspecies must not show a place that
 * the species hides.
 */
function sensitivityOf(
  names: readonly string[],
  known: ReadonlyMap<string, Taxon>,
): Pick<Taxon, 'sensitivity' | 'sensitivityReason'> {
  let [strictest, reason]: [Taxon['sensitivity'], string | null] = [null, null];
  const wanted = new Set(
    names
      .map((name) => parseName(name))
      .filter(({ epithet }) => epithet !== '')
      .map(({ genus, epithet }) => `${genus} ${epithet}`),
  );
  if (wanted.size === 0) return { sensitivity: null, sensitivityReason: null };
  for (const [canonical, taxon] of known) {
    if (taxon.sensitivity === null || !wanted.has(canonical.split(' ').slice(0, 2).join(' '))) continue;
    if (strictest !== null && taxon.sensitivity >= strictest) continue;
    [strictest, reason] = [taxon.sensitivity, taxon.sensitivityReason];
  }
  return { sensitivity: strictest, sensitivityReason: reason };
}
