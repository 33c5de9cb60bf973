/**
 * Names of a checklist that a user supplies, as a Darwin Core archive of taxa (GBIF's backbone has seven million) or a table of names. Only names are kept
 * that could fit those asked for: the same genus or the same epithet, and the accepted names they lead to.
 *
 *     const { names, vernacular } = await loadChecklist('backbone.zip', ['Otis tarda L.', 'Anser fabalis']);
 */

import { Problem } from '../problems.ts';
import type { CheckName } from '../science/name-match.ts';
import { parseName } from '../science/name-match-parts.ts';
import type { LocalText } from '../types.ts';
import { type DarwinCoreArchive, openDarwinCore, readRows, termsOf } from './darwin-core.ts';
import { shortType } from './darwin-core-meta.ts';
import type { DatasetMetadata } from './darwin-core-metadata.ts';
import { vernacularOf as byLetters } from './darwin-core-record.ts';
import type { IssueLists } from './import-issue.ts';

export interface Checklist {
  name: string;
  metadata: DatasetMetadata | null;
  /** Rows that were looked through. */
  rows: number;
  names: CheckName[];
  /** Names in the four languages, by identifier. */
  vernacular: Map<string, LocalText>;
  /** Of vernacular names that were asked for the identifiers of those called so, by `vernacularKey`. */
  called: Map<string, Set<string>>;
  /** Classes, by identifier. */
  classes: Map<string, string>;
  issues: IssueLists;
}

const TERMS = [
  'id',
  'taxonID',
  'scientificName',
  'scientificNameAuthorship',
  'taxonRank',
  'kingdom',
  'acceptedNameUsageID',
  'taxonomicStatus',
  'genus',
  'specificEpithet',
  'infraspecificEpithet',
  'vernacularName',
  'class',
] as const;

/** Places of genus and epithets among them, and of what stands behind. */
const [FIRST_PART, PAST_PARTS] = [8, 11];

/** A vernacular name as it is compared: one may write ё as е, and a capital where it begins. */
export function vernacularKey(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase().replaceAll('ё', 'е');
}

/** @throws Problem `checklist-not-one`, and those of `openDarwinCore` */
export async function loadChecklist(path: string, asked: Iterable<string>): Promise<Checklist> {
  const archive = await openDarwinCore(path);
  try {
    const { core } = archive;
    if (!termsOf(core).some((term) => term === 'scientificName' || term === 'specificEpithet'))
      throw new Problem('checklist-not-one', { file: archive.name, found: shortType(core.rowType) });
    const all = [...asked];
    const wanted = wantedParts(all);
    const spoken = new Set(all.map(vernacularKey)); // "Great bustard" looks like any other name
    const called = await calledSo(archive, spoken);
    const calledIds = new Set([...called.values()].flatMap((ids) => [...ids]));
    const names: CheckName[] = [];
    const [own, classes] = [new Map<string, LocalText>(), new Map<string, string>()];
    const { rows } = await readRows(archive, core, TERMS, (values) => {
      completed(values);
      const vernacular = values[PAST_PARTS] ?? '';
      const saidSo = vernacular !== '' && spoken.has(vernacularKey(vernacular));
      if (!saidSo && !fits(values[2] ?? '', wanted) && !(calledIds.size > 0 && calledIds.has(values[1] || values[0] || '')))
        return;
      const name = nameOf(values);
      names.push(name);
      if (vernacular !== '') own.set(name.id, byLetters(vernacular));
      if (saidSo) addTo(called, vernacularKey(vernacular), name.id);
      if ((values[PAST_PARTS + 1] ?? '') !== '') classes.set(name.id, values[PAST_PARTS + 1] as string);
    });
    await addAccepted(archive, names, classes);
    const vernacular = await vernacularOf(archive, names);
    return {
      name: archive.name,
      metadata: archive.metadata,
      rows,
      names,
      vernacular: new Map([...own, ...[...vernacular].map(([id, texts]) => [id, { ...own.get(id), ...texts }] as const)]),
      called,
      classes,
      issues: archive.issues,
    };
  } finally {
    archive.close();
  }
}

/** Where only the parts of a name stand, the name of them. */
function completed(values: string[]): void {
  if (values[2] !== '') return;
  values[2] = values
    .slice(FIRST_PART, PAST_PARTS)
    .filter((part) => part !== '')
    .join(' ');
}

function addTo(called: Map<string, Set<string>>, key: string, id: string): void {
  called.set(key, (called.get(key) ?? new Set()).add(id));
}

/** Which taxa the vernacular names that are asked for are of; none are looked for where none is asked for. */
async function calledSo(archive: DarwinCoreArchive, spoken: ReadonlySet<string>): Promise<Map<string, Set<string>>> {
  const called = new Map<string, Set<string>>();
  const table = archive.extensions.find(({ rowType }) => /VernacularName$/.test(rowType));
  if (table === undefined || spoken.size === 0) return called;
  await readRows(archive, table, ['id', 'vernacularName'], ([id = '', name = '']) => {
    const key = vernacularKey(name);
    if (spoken.has(key)) addTo(called, key, id);
  });
  return called;
}

function wantedParts(asked: Iterable<string>): { genera: Set<string>; epithets: Set<string> } {
  const [genera, epithets] = [new Set<string>(), new Set<string>()];
  for (const name of asked) {
    const { genus, epithet } = parseName(name);
    if (genus !== '') genera.add(genus);
    if (epithet !== '') epithets.add(epithet);
  }
  return { genera, epithets };
}

/** Told by the first two words, since millions of names pass by here. */
function fits(name: string, { genera, epithets }: { genera: Set<string>; epithets: Set<string> }): boolean {
  const first = name.indexOf(' ');
  const genus = (first === -1 ? name : name.slice(0, first)).toLowerCase();
  if (genera.has(genus)) return true;
  const second = name.indexOf(' ', first + 1);
  if (first !== -1 && epithets.has(name.slice(first + 1, second === -1 ? undefined : second))) return true;
  return /[×()ëöüæ-]/.test(name) && genera.has(parseName(name).genus);
}

function nameOf([
  id = '',
  taxonID = '',
  name = '',
  author = '',
  rank = '',
  kingdom = '',
  accepted = '',
  status = '',
]: string[]): CheckName {
  const own = taxonID || id;
  const doubtful = /doubt|misapplied|invalid|ambiguous|provisional/i.test(status);
  const led = accepted !== '' && accepted !== own ? accepted : null;
  return {
    id: own || name,
    name,
    author: author || null,
    rank: rank.toLowerCase() || null,
    kingdom: kingdom || null,
    accepted: led,
    status: doubtful ? 'doubtful' : led !== null || /synonym/i.test(status) ? 'synonym' : 'accepted',
  };
}

/** The accepted names of synonyms, which may be of another genus. */
async function addAccepted(archive: DarwinCoreArchive, names: CheckName[], classes: Map<string, string>): Promise<void> {
  const have = new Set(names.map(({ id }) => id));
  for (let round = 0; round < 3; round++) {
    const missing = new Set(names.flatMap(({ accepted }) => (accepted !== null && !have.has(accepted) ? [accepted] : [])));
    if (missing.size === 0) return;
    await readRows(archive, archive.core, TERMS, (values) => {
      completed(values);
      const one = nameOf(values);
      if (!missing.has(one.id) || have.has(one.id)) return;
      have.add(one.id);
      if ((values[PAST_PARTS + 1] ?? '') !== '') classes.set(one.id, values[PAST_PARTS + 1] as string);
      names.push(one);
    });
  }
}

const LANGUAGES: Record<string, keyof LocalText> = Object.fromEntries(
  (
    [
      ['en', 'en eng english английский'],
      ['ru', 'ru rus russian русский'],
      ['kk', 'kk kaz kazakh казахский қазақша'],
      ['tr', 'tr tur turkish турецкий türkçe'],
    ] as const
  ).flatMap(([lang, words]) => words.split(' ').map((word) => [word, lang])),
);

/** The language that a code or a word names. */
export function languageNamed(text: string): keyof LocalText | null {
  return (
    LANGUAGES[
      text
        .trim()
        .toLowerCase()
        .replace(/[-_].*$/, '')
    ] ?? null
  );
}

async function vernacularOf(archive: DarwinCoreArchive, names: readonly CheckName[]): Promise<Map<string, LocalText>> {
  const found = new Map<string, LocalText>();
  const table = archive.extensions.find(({ rowType }) => /VernacularName$/.test(rowType));
  if (table === undefined) return found;
  const ids = new Set(names.map(({ id }) => id));
  await readRows(
    archive,
    table,
    ['id', 'vernacularName', 'language', 'isPreferredName'],
    ([id = '', name = '', language = '', preferred = '']) => {
      const lang = languageNamed(language);
      if (lang === null || name.trim() === '' || !ids.has(id)) return;
      const known = found.get(id) ?? {};
      if (known[lang] === undefined || /^(true|1)$/i.test(preferred)) known[lang] = name.trim();
      found.set(id, known);
    },
  );
  return found;
}
