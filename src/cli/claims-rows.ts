/** `saryarka claims rows.csv`: sentences with their figures in a table of one's own, judged without a dossier. */

import type { SourceFile } from '../formats/source-node.ts';
import { readTableSheet } from '../formats/table-sheet.ts';
import { number, t } from '../i18n/index.ts';
import { Problem, Problems } from '../problems.ts';
import { verdictText } from '../review/claim-words.ts';
import { ExpressionError } from '../science/claim-expression-types.ts';
import { checkOfRow } from '../science/claim-row.ts';
import { verdict } from '../science/verdict.ts';
import type { Verdict } from '../science/verdict-types.ts';
import type { Lang } from '../types.ts';
import { convert } from '../units.ts';

/** Columns, with the other names that they go by. */
const COLUMNS = {
  id: ['id'],
  claim: ['claim', 'sentence'],
  kind: ['check', 'kind'],
  evidence: ['evidence', 'expression_or_evidence', 'expression'],
  against: ['against', 'compare_to', 'claimed'],
} as const;

interface Judged {
  id: string;
  claim: string;
  verdict: Verdict;
}

/** Prints the verdict of each row; a row that cannot be read is a fault, told with its line. @throws Problem `columns-missing`; Problems `cell-wrong` */
export async function claimsOfRows(file: SourceFile, { lang, json = false }: { lang: Lang; json?: boolean }): Promise<number> {
  const judged = await judgedRows(file, lang);
  if (json) {
    const rows = judged.map(({ id, claim, verdict: { is, reason, judged: compared } }) => ({
      id,
      claim,
      verdict: is,
      reason,
      compared,
    }));
    console.log(JSON.stringify(rows, null, 2));
    return 0;
  }
  for (const { id, claim, verdict: found } of judged) {
    console.log(`${id}  ${claim}`);
    console.log(`  ${verdictText(lang, found)}`);
    const [first] = found.judged;
    if (first?.judgement !== undefined && first.judgement.difference !== null && first.found.value !== null)
      console.log(
        `  ${number(lang, first.found.value, 4)}; ${t(lang, 'cli.claims.difference', { value: number(lang, first.judgement.difference, 4) })}`,
      );
  }
  const counts = Map.groupBy(judged, ({ verdict: { is } }) => is);
  const told = [...counts].map(([is, list]) => `${t(lang, `claims.verdict.${is}`)} ${list.length}`).join(', ');
  console.log(`${t(lang, 'cli.claims.count', { count: judged.length })}: ${told}`);
  return 0;
}

async function judgedRows(file: SourceFile, lang: Lang): Promise<Judged[]> {
  const { header, rows } = await readTableSheet(file);
  const column = (name: keyof typeof COLUMNS): string | undefined => COLUMNS[name].find((one) => header.includes(one));
  const missing = (['claim', 'kind', 'evidence', 'against'] as const).filter((name) => column(name) === undefined);
  if (missing.length > 0) {
    const expected = 'claim, check, evidence, against';
    throw new Problem('columns-missing', { file: file.name, missing: missing.join(', '), found: header.join(', '), expected });
  }
  const problems: Problem[] = [];
  const judged = rows.flatMap(({ line, values }): Judged[] => {
    const of = (name: keyof typeof COLUMNS): string => values[column(name) ?? ''] ?? '';
    try {
      const { check, facts } = checkOfRow(
        { claim: of('claim'), kind: of('kind'), evidence: of('evidence'), against: of('against') },
        { lang },
      );
      return [{ id: of('id') || String(line), claim: of('claim'), verdict: verdict(check, { resolve: () => facts, convert }) }];
    } catch (error) {
      if (!(error instanceof ExpressionError || error instanceof RangeError)) throw error;
      const field = error instanceof ExpressionError ? (column('evidence') ?? '') : (column('kind') ?? '');
      problems.push(
        new Problem('cell-wrong', {
          file: file.name,
          line: String(line),
          field,
          found: of(error instanceof ExpressionError ? 'evidence' : 'kind'),
          expected: error.message,
        }),
      );
      return [];
    }
  });
  if (problems.length > 0) throw new Problems(problems);
  return judged;
}

/** Whether a file is a table of claims and no dossier: a dossier is an SQLite file. */
export function isTable(head: Uint8Array): boolean {
  return !new TextDecoder('latin1').decode(head.subarray(0, 15)).startsWith('SQLite format 3');
}
