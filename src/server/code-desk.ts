/** The codebook as it is edited: a code made, changed or removed, and files that bring codes. */
import type { z } from 'zod';
import type { codeBody, codeReply, codesImported } from '../api/codes.ts';
import { knownIds } from '../evidence/analysis.ts';
import { readCodebookJson, withBelow } from '../evidence/codebook.ts';
import type { Code } from '../evidence/coding-nouns.ts';
import { importedCodes } from '../evidence/qda-import.ts';
import { guessLanguage } from '../evidence/text-language.ts';
import { issueText } from '../formats/import-issue.ts';
import { looksLikeQda, readQdc } from '../formats/qda.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { slug } from '../records/words.ts';
import { loadAnalysis } from '../store/analysis.ts';
import { dropMemos, listCodes, listCodings, putCode } from '../store/coding.ts';
import { type Db, transaction } from '../store/db.ts';
import { remove } from '../store/write.ts';
import type { Id, Lang, LocalText } from '../types.ts';

type Body = z.infer<typeof codeBody>;
type Imported = z.infer<typeof codesImported>;

/** @throws Problem `not-found` */
export function codeFor(db: Db, id: Id): z.infer<typeof codeReply> {
  const found = listCodes(db).find((code) => code.id === id);
  if (found === undefined) throw new Problem('not-found');
  const { position: _, exchange: __, ...code } = found;
  return code;
}

/** A new code behind the others of its parent, under an id made of its name. Returns the id. */
export function addCode(db: Db, by: string, body: Body): Id {
  return transaction(db, () => {
    const codes = listCodes(db);
    const name = slug(pick(body.name, 'en')) || 'code';
    let id = name;
    for (let n = 2; codes.some((code) => code.id === id); n++) id = `${name}-${n}`;
    const position = codes.filter(({ parent }) => parent === body.parent).length;
    putCode(db, by, { ...worded(body), parent: parentIn(codes, id, body.parent), id, position, exchange: null });
    return id;
  });
}

/** @throws Problem `not-found`, `choice-wrong` for a parent that is not there, or lies below the code itself. */
export function changeCode(db: Db, by: string, id: Id, body: Body): void {
  transaction(db, () => {
    const codes = listCodes(db);
    const before = codes.find((code) => code.id === id);
    if (before === undefined) throw new Problem('not-found');
    const parent = parentIn(codes, id, body.parent);
    const position = parent === before.parent ? before.position : codes.filter((code) => code.parent === parent).length;
    putCode(db, by, { ...before, ...worded(body), parent, position });
  });
}

/** @throws Problem `not-found`, `code-used` where passages have it, or codes stand below it. */
export function dropCode(db: Db, by: string, id: Id): void {
  transaction(db, () => {
    const codes = listCodes(db);
    if (!codes.some((code) => code.id === id)) throw new Problem('not-found');
    const codings = listCodings(db).filter(({ code }) => code === id).length;
    const below = codes.filter(({ parent }) => parent === id).length;
    if (codings + below > 0) throw new Problem('code-used', { found: id, codings, below });
    dropMemos(db, by, new Set([id]));
    remove(db, 'codes', by, id);
  });
}

function parentIn(codes: readonly Code[], id: Id, parent: Id | null): Id | null {
  if (parent === null) return null;
  const own = withBelow(codes, id);
  const others = codes.filter((code) => !own.has(code.id)).map((code) => code.id);
  if (others.includes(parent)) return parent;
  throw new Problem('choice-wrong', { field: 'parent', found: parent, expected: others.slice(0, 20).join(', ') || '–' });
}

/** Without texts that are empty. */
function worded({ name, definition, inclusion, exclusion, example, colour, codable }: Body): Omit<Body, 'parent'> {
  const filled = (text: LocalText): LocalText =>
    Object.fromEntries(Object.entries(text).flatMap(([lang, words]) => (words.trim() === '' ? [] : [[lang, words.trim()]])));
  return {
    name: filled(name),
    definition: filled(definition),
    inclusion: filled(inclusion),
    exclusion: filled(exclusion),
    example: filled(example),
    colour,
    codable,
  };
}

/** Codes as they come, parents first. */
export function keepCodes(db: Db, by: string, codes: readonly Code[], notes: string[] = []): Imported {
  const counts = { added: 0, changed: 0, same: 0 };
  transaction(db, () => {
    for (const code of codes) counts[putCode(db, by, code)] += 1;
  });
  return { ...counts, notes };
}

/** Codes of a file, .qdc or .json. @throws Problem `code-table`, `qda-not-one`, those of XML. */
export function importCodes(db: Db, by: string, file: SourceFile, lang: Lang): Imported {
  if (!looksLikeQda(file.bytes)) return keepCodes(db, by, readCodebookJson(new TextDecoder().decode(file.bytes), file.name));
  const { codes, sets, faults } = readQdc(file);
  const known = loadAnalysis(db);
  const words = (list: typeof codes): string =>
    list.map((code) => `${code.name} ${code.description ?? ''} ${words(code.children)}`).join(' ');
  const own = guessLanguage(words(codes)) ?? lang;
  return keepCodes(db, by, importedCodes(codes, { idOf: knownIds(known), known: known.codes, lang: own }), [
    ...faults.map(({ code, details }) => issueText({ severity: 'warning', code, details }, lang)),
    ...(sets > 0 ? [t(lang, 'cli.codes.sets', { count: sets })] : []),
  ]);
}
