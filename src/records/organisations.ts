/**
 * Organisations by what people call them: a known one by name, acronym or alias in any language, else a new one.
 *
 *     const register = organisationRegister(known, new Set());
 *     register.find('РГУ «Коргалжынский заповедник»')   // { id: 'korgalzhyn-reserve' }
 */
import type { FieldValue, Id, Organisation } from '../types.ts';
import { FaultError } from './reading.ts';
import { languageOf, plain, slug } from './words.ts';

/** Legal forms, by which one organisation is written in many ways. */
const LEGAL = new Set(
  'гу ргу кгу кгкп гккп ргп ргкп пхв нао ао тоо оо ро рoo оюл оф кф чу нпо нко ип мкқк кмм рмм рмк ммм ақ жшс қб ққ llp llc ltd inc jsc ngo gmbh ev a ş aş dernek vakfı'.split(
    ' ',
  ),
);

export interface OrganisationRegister {
  /** The organisation that a text names: known or new; several where it cannot be told. */
  find(text: string): { id: Id } | { tie: Organisation[] };
  /** One that was found or is new. */
  get(id: Id): Organisation | undefined;
  isNew(id: Id): boolean;
}

/**
 * A register that knows `known` and takes every other name for a new organisation.
 * @param taken ids of sites, zones and activities, which no organisation may have
 */
export function organisationRegister(known: readonly Organisation[], taken: ReadonlySet<Id>): OrganisationRegister {
  const byId = new Map(known.map((organisation) => [organisation.id, organisation]));
  const fresh = new Map<Id, Organisation>();
  const byName = new Map<string, Set<Id>>();
  const note = (organisation: Organisation): void => {
    for (const name of namesOf(organisation)) byName.set(name, (byName.get(name) ?? new Set()).add(organisation.id));
  };
  known.forEach(note);

  const get = (id: Id): Organisation | undefined => byId.get(id) ?? fresh.get(id);
  const add = (text: string): Organisation => {
    const made = newOrganisation(text, taken);
    const there = get(made.id);
    if (there !== undefined) return there;
    fresh.set(made.id, made);
    note(made);
    return made;
  };

  return {
    find(text) {
      if (byId.has(text.trim())) return { id: text.trim() };
      const { name, acronym } = parted(text);
      for (const keys of [[plain(text)], [plain(name)], [bare(name)], acronym === null ? [] : [plain(acronym)]]) {
        const ids = new Set(keys.filter((key) => key !== '').flatMap((key) => [...(byName.get(key) ?? [])]));
        if (ids.size === 1) return { id: [...ids][0] as Id };
        if (ids.size > 1) return { tie: [...ids].map((id) => get(id) as Organisation) };
      }
      return { id: add(text).id };
    },
    get,
    isNew: (id) => fresh.has(id),
  };
}

/** The id of an organisation named in `field`, known or new. @throws FaultError where the name fits several. */
export function organisationId(text: FieldValue, field: Id, register: OrganisationRegister): Id {
  const found = register.find(String(text));
  if ('id' in found) return found.id;
  throw new FaultError({
    field,
    reason: 'organisation-tie',
    found: String(text),
    details: { expected: found.tie.map(({ id }) => id).join(', ') },
  });
}

/** The new organisations among `ids`. */
export function newOrganisations(ids: readonly (Id | null)[], register: OrganisationRegister): Organisation[] {
  return [...new Set(ids)].flatMap((id) => {
    const made = id !== null && register.isNew(id) ? register.get(id) : undefined;
    return made === undefined ? [] : [made];
  });
}

/** An organisation of which nothing but its name is known. */
function newOrganisation(text: string, taken: ReadonlySet<Id>): Organisation {
  const { name, acronym } = parted(text);
  const own = slug(name);
  const id = taken.has(own) ? `${own}-organisation` : own;
  return { id, name: { [languageOf(name)]: name }, acronym, kind: null, country: null, parent: null, ids: {}, aliases: [] };
}

function namesOf({ name, acronym, aliases }: Organisation): string[] {
  const names = [...Object.values(name), ...(acronym === null ? [] : [acronym]), ...aliases];
  return [...new Set(names.flatMap((one) => [plain(one), bare(one)]))].filter((one) => one !== '');
}

/** A name without the words for its legal form. */
function bare(name: string): string {
  const words = plain(name).split(' ');
  const rest = words.filter((word) => !LEGAL.has(word));
  return (rest.length === 0 ? words : rest).join(' ');
}

/** `Ассоциация сохранения биоразнообразия (АСБК)`: a name and its acronym. */
function parted(text: string): { name: string; acronym: string | null } {
  const match = /^(.+?)\s*\(([\p{Lu}\d][\p{Lu}\d./ -]{1,11})\)$/u.exec(text.trim());
  return match === null ? { name: text.trim(), acronym: null } : { name: match[1] ?? '', acronym: match[2] ?? null };
}
