/** The annex on claims: each sentence of the report that was put into checkable form, and where sources contradict one another on the site. */
import type { CheckedClaim } from '../evidence/claims.ts';
import type { Contradiction } from '../evidence/contradictions.ts';
import { number, pick, t } from '../i18n/index.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Id, Lang, Source } from '../types.ts';
import { evidenceLines, passageLines, verdictText } from './claim-words.ts';
import type { ReviewFacts } from './content.ts';
import { unitText } from './figures.ts';

/** Nothing where the report claims nothing and no source contradicts another. */
export function claimsAnnex({ evidence: { claims, contradictions }, facts, indicators }: ReviewFacts, lang: Lang): Block[] {
  if (claims.length + contradictions.length === 0) return [];
  return [
    { kind: 'heading', level: 2, id: 'claims', text: t(lang, 'claims.annex.title') },
    { kind: 'hint', text: t(lang, 'claims.annex.about') },
    ...(claims.length === 0 ? [] : [claimTable(claims, facts.sources, lang)]),
    ...(contradictions.length === 0 ? [] : [contradictionTable(contradictions, { sources: facts.sources, indicators, lang })]),
  ];
}

function claimTable(claims: readonly CheckedClaim[], sources: ReadonlyMap<Id, Source>, lang: Lang): Table {
  return {
    kind: 'table',
    id: 'claims-of-report',
    caption: t(lang, 'claims.annex.claims'),
    head: ['section', 'sentence', 'verdict', 'evidence'].map((name) => t(lang, `claims.annex.${name}`)),
    rows: claims.map((checked): Cited[] => {
      const { claim, arithmetic, evidence, passages } = checked;
      const shown = [
        ...arithmetic.slice(-1),
        ...evidenceLines(lang, evidence, sources),
        ...passageLines(lang, passages, sources),
      ];
      return [
        plain('site' in claim.in ? claim.in.section : ''),
        plain(pick(claim.sentence, lang)),
        plain(verdictText(lang, checked)),
        plain(shown.join('; ') || '–'),
      ];
    }),
    align: ['start', 'start', 'start', 'start'],
    landscape: true,
  };
}

function contradictionTable(
  rows: readonly Contradiction[],
  { sources, indicators, lang }: { sources: ReadonlyMap<Id, Source>; indicators: ReviewFacts['indicators']; lang: Lang },
): Table {
  const by = (value: string, ids: readonly Id[]): string => {
    const source = ids.map((id) => sources.get(id)?.title ?? id).join('; ') || '–';
    return value === '' ? source : t(lang, 'claims.annex.by', { value, source });
  };
  return {
    kind: 'table',
    id: 'contradictions',
    caption: t(lang, 'claims.annex.contradictions'),
    head: ['sentence', 'stated', 'found', 'verdict'].map((name) => t(lang, `claims.annex.${name}`)),
    rows: rows.map((row): Cited[] => [
      plain(aboutText(row, { indicators, lang })),
      plain(by(figureText(row.stated, row, lang), row.statedBy)),
      plain(by(figureText(row.found, row, lang), row.foundBy)),
      plain(t(lang, `claims.verdict.${row.verdict}`)),
    ]),
    align: ['start', 'start', 'start', 'start'],
    landscape: true,
  };
}

function aboutText(
  { kind, about, id, feature, part, period, cases }: Contradiction,
  { indicators, lang }: { indicators: ReviewFacts['indicators']; lang: Lang },
): string {
  if (kind === 'claim') return pick(about, lang);
  const name = pick(indicators.get(id)?.title ?? about, lang);
  const several = cases > 1 ? [t(lang, 'claims.annex.periods', { count: cases })] : [];
  return [name, feature ?? '', part, period, ...several].filter((word) => word !== '').join(', ');
}

/** A plain number as readers of the language write it; other words as they stand. */
function figureText(text: string, { unit }: Contradiction, lang: Lang): string {
  const value = Number(text);
  if (text === '' || Number.isNaN(value)) return text;
  return `${number(lang, value, 3)} ${unitText(lang, unit)}`.trim();
}
