/** `saryarka claims`: every sentence that claims something, held against the figures of the dossier. */
import { AGAINST, type CheckedClaim, checkClaims, hasTurned, isAbout, notFinal } from '../evidence/claims.ts';
import { contradictionColumns, contradictionRow, contradictions } from '../evidence/contradictions.ts';
import type { ClaimVerdictKind } from '../evidence-types.ts';
import { writeCsv } from '../formats/csv.ts';
import { fileState, readHead, readSource, writeFile } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { claimLines, placeText, verdictText } from '../review/claim-words.ts';
import { keepVerdicts, listClaims, loadClaimMaterial } from '../store/claims.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { getSite, listSites } from '../store/sites.ts';
import type { Lang } from '../types.ts';
import { todayOf } from './options.ts';

interface Options {
  lang: Lang;
  site?: string;
  json?: boolean;
  final?: boolean;
  keep?: boolean;
  contradictions?: string;
  today?: string;
}

/** Returns 1 when a claim of a final report is contradicted or has no evidence. */
export async function claims(dossier: string, options: Options): Promise<number> {
  const { lang, site, json = false, final = false, keep = false } = options;
  if (fileState(dossier) === 'writable' || fileState(dossier) === 'read-only') {
    const { claimsOfRows, isTable } = await import('./claims-rows.ts');
    if (isTable(readHead(dossier, 15))) return await claimsOfRows(readSource(dossier), { lang, json });
  }
  const db = openDossier(dossier, { readOnly: !keep });
  try {
    const known = listSites(db, 'biosphere-reserve').map(({ id }) => id);
    if (site !== undefined && getSite(db, site) === null)
      throw new Problem('site-unknown', { found: site, known: known.join(', ') || '–' });
    const material = loadClaimMaterial(db);
    const all = checkClaims(listClaims(db), material);
    const checked = site === undefined ? all : all.filter((one) => isAbout(one, site, material));
    if (options.contradictions !== undefined) {
      const rows = contradictions(all, material, site === undefined ? {} : { site });
      writeFile(
        options.contradictions,
        writeCsv(
          [...contradictionColumns],
          rows.map((row) => contradictionRow(row, (text) => pick(text, lang))),
        ),
      );
      const told = t(lang, 'cli.claims.written', { file: options.contradictions, count: rows.length });
      if (json) console.error(told);
      else console.log(told);
    }
    if (json) console.log(JSON.stringify(checked.map(asJson), null, 2));
    else for (const line of told(checked, material.sources, lang)) console.log(line);
    if ((material.unread ?? 0) > 0) console.error(t(lang, 'cli.claims.unread', { count: material.unread ?? 0 }));
    if (keep) console.log(t(lang, 'cli.claims.kept', { count: keepVerdicts(db, 'cli', todayOf(options.today)) }));
    if (!final) return 0;
    const open = notFinal(checked.filter(({ claim }) => 'site' in claim.in));
    for (const { claim, ...rest } of open)
      console.error(t(lang, 'cli.claims.not-final', { claim: claim.id, verdict: verdictText(lang, rest).replace(/\.$/, '') }));
    return open.length > 0 ? 1 : 0;
  } finally {
    closeDossier(db);
  }
}

/** Claims by where they stand, each with its lines; then how many of each verdict. */
function told(checked: readonly CheckedClaim[], sources: ReturnType<typeof loadClaimMaterial>['sources'], lang: Lang): string[] {
  const lines: string[] = [];
  let place = '';
  for (const one of checked) {
    const stands = placeText(lang, one.claim, sources);
    if (stands !== place) lines.push('', stands);
    place = stands;
    lines.push(`  ${one.claim.id}  ${pick(one.claim.sentence, lang)}`);
    lines.push(...claimLines(lang, one, sources).map((line) => `    ${line}`));
  }
  const turned = checked.filter(hasTurned).length;
  return [
    ...lines,
    '',
    `${t(lang, 'cli.claims.count', { count: checked.length })}: ${countText(checked, lang)}`,
    ...(turned === 0 ? [] : [t(lang, 'cli.claims.turned', { count: turned })]),
  ];
}

const ORDER: readonly ClaimVerdictKind[] = [
  'supported',
  'supported-with-rounding',
  'supported-with-context',
  'partly',
  'contradicted',
  'contradicted-in-source',
  'definition-mismatch',
  'unit-error',
  'scope-error',
  'not-verifiable',
  'interpretive',
];

function countText(checked: readonly CheckedClaim[], lang: Lang): string {
  const count = (kind: ClaimVerdictKind): number => checked.filter(({ is }) => is === kind).length;
  return ORDER.filter((kind) => count(kind) > 0)
    .map((kind) => `${t(lang, `claims.verdict.${kind}`)} ${count(kind)}`)
    .join(', ');
}

/** How many are supported, have something against them, and cannot be verified; for the first start. */
export function claimCounts(checked: readonly CheckedClaim[]): Record<'count' | 'supported' | 'against' | 'open', number> {
  const count = (holds: (one: CheckedClaim) => boolean): number => checked.filter(holds).length;
  return {
    count: checked.length,
    supported: count(({ is }) => is.startsWith('supported')),
    against: count(({ is }) => AGAINST.has(is)),
    open: count(({ is }) => is === 'not-verifiable'),
  };
}

/** What `--json` prints of a claim. */
function asJson({ claim, is, reason, evidence, arithmetic, verdict, fault }: CheckedClaim): Record<string, unknown> {
  const { verdict: kept, ...stated } = claim;
  return {
    ...stated,
    verdict: is,
    reason,
    arithmetic,
    compared: (verdict?.judged ?? []).map(({ fact, found, judgement }) => ({
      fact,
      found: found.value,
      unit: found.unit,
      ...judgement,
    })),
    evidence: evidence.map(({ side, fact }) => ({
      side,
      id: fact.id,
      called: fact.called,
      feature: fact.marks.feature?.[0] ?? null,
      period: fact.period,
      value: fact.value,
      low: fact.low ?? null,
      high: fact.high ?? null,
      unit: fact.unit,
      quality: fact.quality,
      source: fact.source ?? null,
      page: fact.page,
    })),
    fault,
    kept,
  };
}
