/**
 * Coded passages as W3C Web Annotations (JSON-LD): the codes as tags by their address, memos as comments, both selectors.
 *
 *     writeAnnotations([{ guid, source, quote, prefix, suffix, start, end, page, codes, memos, creator }])
 *
 * Reference: W3C 2017, Web Annotation Data Model, 3.2 (bodies), 4.2.4 and 4.2.5 (selectors); RFC 8118 for the page of a PDF.
 */
export interface AnnotatedPassage {
  guid: string;
  source: { guid: string; title: string; href: string | null; mediaType: string | null };
  quote: string;
  prefix: string;
  suffix: string;
  /** [code points]; `null` where the place is lost, or nothing but the quote may be told. */
  start: number | null;
  end: number | null;
  page: number | null;
  codes: { guid: string; name: string }[];
  memos: string[];
  creator: { guid: string; name: string } | null;
}

/** An annotation page of them all. */
export function writeAnnotations(passages: readonly AnnotatedPassage[]): string {
  const page = { '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'AnnotationPage', items: passages.map(annotation) };
  return `${JSON.stringify(page, null, 2)}\n`;
}

function annotation({ guid, source, quote, prefix, suffix, start, end, page, codes, memos, creator }: AnnotatedPassage): unknown {
  const selectors = [
    { type: 'TextQuoteSelector', exact: quote, prefix, suffix },
    ...(start === null || end === null ? [] : [{ type: 'TextPositionSelector', start, end }]),
    ...(page === null || source.mediaType !== 'application/pdf'
      ? []
      : [{ type: 'FragmentSelector', conformsTo: 'http://tools.ietf.org/rfc/rfc3778', value: `page=${page}` }]),
  ];
  return {
    id: `urn:uuid:${guid}`,
    type: 'Annotation',
    motivation: codes.length === 0 ? 'commenting' : 'classifying',
    ...(creator !== null && { creator: { id: `urn:uuid:${creator.guid}`, type: 'Person', name: creator.name } }),
    body: [
      ...codes.map((code) => ({ type: 'SpecificResource', purpose: 'classifying', source: `urn:uuid:${code.guid}` })),
      ...codes.map(({ name }) => ({ type: 'TextualBody', purpose: 'tagging', value: name })),
      ...memos.map((value) => ({ type: 'TextualBody', purpose: 'commenting', value, format: 'text/plain' })),
    ],
    target: { source: source.href ?? `urn:uuid:${source.guid}`, selector: selectors },
  };
}
