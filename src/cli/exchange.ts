/** What an import of IATI, SDMX or Open SDG did, in lines: what was taken, and what the reader has to say by severity. */
import { exchangeKind } from '../formats/exchange-kind.ts';
import { type IssueLists, issueText } from '../formats/import-issue.ts';
import { HEAD } from '../formats/recognise.ts';
import { fileState, readHead, readSource } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import type { Db } from '../store/db.ts';
import { importExchange } from '../store/import-exchange.ts';
import type { Lang } from '../types.ts';

/** Lines of each severity that are printed; beyond, they are counted. */
const SHOWN = 20;

/** Whether a file is one that is exchanged between organisations, by its content. */
export function isExchange(path: string): boolean {
  return fileState(path) !== 'folder' && fileState(path) !== 'missing' && exchangeKind(readHead(path, HEAD)) !== null;
}

/** Takes one in; returns what to print, and whether something was refused. */
export function importExchangeFile(
  db: Db,
  path: string,
  { lang, site, today }: { lang: Lang; site?: string | undefined; today: string },
): { lines: string[]; refused: number } {
  const file = readSource(path);
  const kind = exchangeKind(file.bytes.subarray(0, HEAD)) ?? 'sdmx';
  const { changes, issues, refused, changeset } = importExchange(db, 'cli', file, { kind, today, site });
  const { added, changed, same } = changes;
  return {
    refused,
    lines: [
      t(lang, 'cli.imported', { file: file.name, added, changed, same }),
      ...toldIssues(issues, lang),
      ...(changeset === null ? [] : [t(lang, 'cli.cooperation.take-back', { changeset })]),
    ],
  };
}

export function toldIssues({ lists, counts }: IssueLists, lang: Lang): string[] {
  return (['critical', 'error', 'warning'] as const).flatMap((severity) => {
    if (counts[severity] === 0) return [];
    const shown = lists[severity].slice(0, SHOWN).map((issue) => `  ${issueText(issue, lang)}`);
    const rest = counts[severity] - shown.length;
    return [
      t(lang, `cli.cooperation.issues.${severity}`, { count: counts[severity] }),
      ...shown,
      ...(rest > 0 ? [`  ${t(lang, 'cli.cooperation.issues.more', { count: rest })}`] : []),
    ];
  });
}
