/**
 * Coded passages for other programs: one row for each coding, or one annotation for each passage and coder. Of sources that may not be
 * quoted, neither quote nor context goes along.
 */
import type { AnnotatedPassage } from '../formats/web-annotation.ts';
import { pick } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import type { Analysis } from './analysis.ts';
import { codePath } from './codebook.ts';
import { standing } from './coding-nouns.ts';
import { guidFor } from './guids.ts';

export const CODING_HEADER = [
  'coding',
  'document',
  'title',
  'date',
  'kind',
  'language',
  'page',
  'start',
  'end',
  'anchored',
  'quote',
  'code',
  'code_path',
  'coder',
  'status',
] as const;

/** A row for each coding, those that a decision dropped too. */
export function codingRows(analysis: Analysis, lang: Lang): (string | number | null)[][] {
  const { texts, sources, passages, coders } = analysis;
  const [ofText, ofSource, ofPassage, ofCoder] = [byId(texts), byId(sources), byId(passages), byId(coders)];
  return analysis.codings.map((coding) => {
    const [text, source] = [ofText.get(coding.source), ofSource.get(coding.source)];
    const passage = coding.passage === null ? undefined : ofPassage.get(coding.passage);
    return [
      coding.id,
      coding.source,
      source?.title ?? null,
      text?.date ?? null,
      source?.kind ?? null,
      text?.lang ?? source?.lang ?? null,
      passage?.page ?? null,
      passage?.start ?? null,
      passage?.end ?? null,
      passage?.anchored ?? null,
      text?.mayQuote === false ? null : (passage?.quote ?? null),
      coding.code,
      codePath(analysis.codes, coding.code, lang),
      ofCoder.get(coding.coder ?? '')?.name ?? null,
      coding.status,
    ];
  });
}

/** One annotation for each passage and each who coded it; what a decision dropped stays out. */
export function annotatedPassages(analysis: Analysis, lang: Lang): AnnotatedPassage[] {
  const { texts, sources, codes, coders, memos } = analysis;
  const [ofText, ofSource, ofCode, ofCoder] = [byId(texts), byId(sources), byId(codes), byId(coders)];
  const codings = Map.groupBy(
    analysis.codings.filter((coding) => coding.passage !== null && standing(coding)),
    ({ passage }) => passage,
  );
  return analysis.passages.flatMap((passage): AnnotatedPassage[] => {
    const [text, source] = [ofText.get(passage.source), ofSource.get(passage.source)];
    const quoted = text?.mayQuote !== false;
    const own = Map.groupBy(codings.get(passage.id) ?? [], ({ coder }) => coder);
    const said = memos.filter(({ about }) => about.some(({ id }) => id === passage.id)).map((memo) => memo.text);
    return [...own].map(([coder, list], i) => {
      const person = coder === null ? undefined : ofCoder.get(coder);
      return {
        guid: i === 0 ? guidFor('passages', passage) : guidFor('codings', list[0] ?? passage),
        source: {
          guid: guidFor('sources', text ?? { id: passage.source }),
          title: source?.title ?? passage.source,
          href: source?.href ?? null,
          mediaType: text?.mediaType ?? null,
        },
        quote: quoted ? passage.quote : '',
        prefix: quoted ? passage.prefix : '',
        suffix: quoted ? passage.suffix : '',
        start: passage.start,
        end: passage.end,
        page: passage.page,
        codes: list.flatMap(({ code }) => {
          const found = ofCode.get(code);
          return found === undefined ? [] : [{ guid: guidFor('codes', found), name: pick(found.name, lang) }];
        }),
        memos: i === 0 ? said : [],
        creator: person === undefined ? null : { guid: guidFor('coders', person), name: person.name },
      };
    });
  });
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
