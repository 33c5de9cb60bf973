/** `saryarka codes`: the codebook of a dossier. */
import { knownIds } from '../evidence/analysis.ts';
import { codeTree, flatCodes, readCodebookJson, shippedCodebook, writeCodebookJson } from '../evidence/codebook.ts';
import type { Code } from '../evidence/coding-nouns.ts';
import { exportedCodes } from '../evidence/qda-export.ts';
import { importedCodes } from '../evidence/qda-import.ts';
import { guessLanguage } from '../evidence/text-language.ts';
import { issueText } from '../formats/import-issue.ts';
import { looksLikeQda, readQdc } from '../formats/qda.ts';
import { writeQdc } from '../formats/qda-writer.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { loadAnalysis } from '../store/analysis.ts';
import { listCodes, listCodings, putCode } from '../store/coding.ts';
import { type Db, transaction } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import type { Lang } from '../types.ts';

/** Codes of a file (.qdc or .json) into a dossier; without a file the themes of the field that ship. */
export function importCodes(dossier: string, path: string | undefined, { lang }: { lang: Lang }): number {
  const db = openDossier(dossier);
  try {
    const codes = path === undefined ? shippedCodebook() : codesOf(db, path, lang);
    const counts = { added: 0, changed: 0, same: 0 };
    transaction(db, () => {
      for (const code of codes) counts[putCode(db, 'cli', code)] += 1;
    });
    console.log(t(lang, 'cli.codes.imported', { ...counts }));
    return 0;
  } finally {
    closeDossier(db);
  }
}

function codesOf(db: Db, path: string, lang: Lang): Code[] {
  const file = readSource(path);
  if (!looksLikeQda(file.bytes)) return readCodebookJson(new TextDecoder().decode(file.bytes), file.name);
  const { codes, sets, faults } = readQdc(file);
  for (const { code, details } of faults) console.log(issueText({ severity: 'warning', code, details }, lang));
  if (sets > 0) console.log(t(lang, 'cli.codes.sets', { count: sets }));
  const known = loadAnalysis(db);
  const words = (list: typeof codes): string =>
    list.map((code) => `${code.name} ${code.description ?? ''} ${words(code.children)}`).join(' ');
  return importedCodes(codes, { idOf: knownIds(known), known: known.codes, lang: guessLanguage(words(codes)) ?? lang });
}

/** The codebook as .qdc, in one language, or as .json with all. */
export function exportCodes(dossier: string, { lang, output }: { lang: Lang; output: string }): number {
  if (!/\.(qdc|json)$/i.test(output))
    throw new Problem('choice-wrong', { field: '--output', found: output, expected: '*.qdc, *.json' });
  const db = openDossier(dossier, { readOnly: true });
  try {
    const codes = listCodes(db);
    writeFile(
      output,
      /\.qdc$/i.test(output) ? writeQdc(exportedCodes(codeTree(codes), lang), 'Saryarka') : writeCodebookJson(codes),
    );
    console.log(t(lang, 'cli.codes.exported', { file: output, count: codes.length }));
    return 0;
  } finally {
    closeDossier(db);
  }
}

/** The codes as a tree with how often each was given; without a dossier those that ship. */
export function printCodes(dossier: string | undefined, { lang, json = false }: { lang: Lang; json?: boolean }): number {
  const db = dossier === undefined ? null : openDossier(dossier, { readOnly: true });
  try {
    const codes = db === null ? shippedCodebook() : listCodes(db);
    const given = Map.groupBy(
      db === null ? [] : listCodings(db).filter(({ status }) => status !== 'dropped'),
      ({ code }) => code,
    );
    const nodes = flatCodes(codeTree(codes));
    if (json)
      console.log(
        JSON.stringify(
          nodes.map(({ children: _, exchange: __, ...code }) => ({ ...code, codings: given.get(code.id)?.length ?? 0 })),
          null,
          2,
        ),
      );
    else if (nodes.length === 0) console.log(t(lang, 'cli.codes.none'));
    else {
      const width = Math.max(...nodes.map(({ id, depth }) => id.length + 2 * depth)) + 2;
      for (const { id, depth, name } of nodes) {
        const count = given.get(id)?.length ?? 0;
        console.log(`${`${'  '.repeat(depth)}${id}`.padEnd(width)}${pick(name, lang)}${count === 0 ? '' : `  (${count})`}`);
      }
    }
    return 0;
  } finally {
    if (db !== null) closeDossier(db);
  }
}
