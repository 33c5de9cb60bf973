/**
 * Two rows of one organisation made one, with everything that points to them; taken back as a set of changes.
 *
 *     mergeOrganisations(db, 'cli', 'unesco-office-almaty', 'unesco-almaty');   // the first goes into the second
 *     undoChangeset(db, 'cli', 'merge/unesco-office-almaty+unesco-almaty');
 */
import { Problem } from '../problems.ts';
import type { Id, LocalText, Organisation, Participation } from '../types.ts';
import { asChangeset } from './changesets.ts';
import { listOrganisations, putOrganisation } from './cooperation.ts';
import { all, type Db, get, type Param } from './db.ts';
import { type Noun, put, remove } from './write.ts';

/** Columns that name an organisation, participations apart, whose id holds its own. */
const NAMED_IN: readonly (readonly [noun: Noun, column: string])[] = [
  ['organisations', 'parent'],
  ['people', 'organisation'],
  ['money', 'provider'],
  ['money', 'receiver'],
  ['money', 'feature'],
  ['headcounts', 'feature'],
  ['observations', 'feature'],
];

export interface Merged {
  changeset: Id;
  /** Rows that pointed to the one that went. */
  moved: number;
  /** Participations that both had: one of the two is gone. */
  doubled: number;
}

/**
 * Makes `gone` a part of the history of `kept`: its names become aliases, what points to it points to the other.
 * @throws Problem `organisation-unknown`, `organisation-merge-self`, `organisation-merge-circle`.
 */
export function mergeOrganisations(db: Db, by: string, gone: Id, kept: Id): Merged {
  const organisations = listOrganisations(db);
  const [from, into] = [gone, kept].map((id) => {
    const found = organisations.find((one) => one.id === id);
    if (found === undefined) throw new Problem('organisation-unknown', { found: id, known: nearest(organisations, id) });
    return found;
  }) as [Organisation, Organisation];
  if (gone === kept) throw new Problem('organisation-merge-self', { found: gone });
  if (isBelow(organisations, into, gone) && into.parent !== gone)
    throw new Problem('organisation-merge-circle', { found: gone, kept });
  const counts = { moved: 0, doubled: 0 };
  const { changeset } = asChangeset(db, by, { id: `merge/${gone}+${kept}`, kind: 'merge', title: `${gone} → ${kept}` }, () => {
    db.exec('pragma defer_foreign_keys = on');
    putOrganisation(db, by, joined(from, into));
    for (const [noun, column] of NAMED_IN) {
      for (const { id } of all<{ id: Id }>(db, `select id from ${noun} where ${column} = ? and id <> ?`, [gone, kept])) {
        put(db, noun, by, { id, [column]: kept });
        counts.moved++;
      }
    }
    moveParticipations(db, by, gone, kept, counts);
    remove(db, 'organisations', by, gone);
  });
  return { changeset: changeset ?? '', ...counts };
}

/** A participation is named after who takes part: the row is written anew under the other name. */
function moveParticipations(db: Db, by: string, gone: Id, kept: Id, counts: { moved: number; doubled: number }): void {
  type Row = Record<string, Param> & Pick<Participation, 'activity' | 'role'> & { id: Id };
  for (const row of all<Row>(db, 'select * from participations where organisation = ? order by fid', [gone])) {
    const { fid: _, ...rest } = row;
    const id = `${row.activity}+${kept}+${row.role}`;
    const known = get(db, 'select 1 from participations where id = ?', [id]) !== undefined;
    remove(db, 'participations', by, row.id);
    if (known) counts.doubled++;
    else put(db, 'participations', by, { ...rest, id, organisation: kept });
    counts.moved++;
  }
}

/** What is known of one and not of the other, the names of the first as aliases. */
function joined(from: Organisation, into: Organisation): Organisation {
  const own = new Set([...Object.values(into.name), into.acronym].map(folded));
  const aliases = [...into.aliases];
  for (const alias of [...Object.values(from.name), from.acronym, ...from.aliases]) {
    if (alias === null || own.has(folded(alias)) || aliases.some((one) => folded(one) === folded(alias))) continue;
    aliases.push(alias);
  }
  return {
    ...into,
    name: { ...(from.name satisfies LocalText), ...into.name },
    acronym: into.acronym ?? from.acronym,
    kind: into.kind ?? from.kind,
    country: into.country ?? from.country,
    parent: into.parent === from.id ? parentBut(from.parent, into.id) : (into.parent ?? parentBut(from.parent, into.id)),
    ids: { ...from.ids, ...into.ids },
    aliases,
  };
}

const parentBut = (parent: Id | null, not: Id): Id | null => (parent === not ? null : parent);
const folded = (text: string | null): string => (text ?? '').toLowerCase().replace(/\s+/g, ' ').trim();

function isBelow(organisations: readonly Organisation[], one: Organisation, above: Id): boolean {
  const byId = new Map(organisations.map((organisation) => [organisation.id, organisation]));
  const passed = new Set<Id>();
  for (let at: Organisation | undefined = one; at !== undefined && !passed.has(at.id); at = byId.get(at.parent ?? '')) {
    passed.add(at.id);
    if (at.parent === above) return true;
  }
  return false;
}

/** Ids that hold a word of the one that was asked for, else the first ones. */
function nearest(organisations: readonly Organisation[], asked: Id): string {
  const words = asked
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
  const alike = organisations.filter(({ id }) => words.some((word) => id.includes(word)));
  const shown = (alike.length > 0 ? alike : organisations).slice(0, 8).map(({ id }) => id);
  return shown.join(', ') || '–';
}
