/**
 * References in RIS, as reference managers and journals give them.
 *
 *     readRis('TY  - JOUR\nTI  - Lakes of Korgalzhyn\nPY  - 2019\nER  - ').references[0].type   // 'article-journal'
 *
 * Reference: RIS format specification, Research Information Systems 2001 (tags), with the tags that Zotero and EndNote write.
 */
import { type CslItem, type CslName, cslDate, cslName, type ReadReferences } from './reference-csl.ts';

const TYPES: Record<string, string> = {
  JOUR: 'article-journal',
  JFULL: 'article-journal',
  EJOUR: 'article-journal',
  MGZN: 'article-magazine',
  NEWS: 'article-newspaper',
  BOOK: 'book',
  EBOOK: 'book',
  EDBOOK: 'book',
  CHAP: 'chapter',
  ECHAP: 'chapter',
  CONF: 'paper-conference',
  CPAPER: 'paper-conference',
  THES: 'thesis',
  RPRT: 'report',
  GOVDOC: 'report',
  STAT: 'legislation',
  BILL: 'bill',
  LEGAL: 'legislation',
  ELEC: 'webpage',
  WEB: 'webpage',
  BLOG: 'post-weblog',
  DATA: 'dataset',
  AGGR: 'dataset',
  MAP: 'map',
  ENCYC: 'entry-encyclopedia',
  DICT: 'entry-dictionary',
  PAMP: 'pamphlet',
  UNPB: 'manuscript',
  MANSCPT: 'manuscript',
  VIDEO: 'motion_picture',
};

/** Tags that say one thing, by the field of CSL. */
const FIELDS: Record<string, string> = {
  TI: 'title',
  T1: 'title',
  CT: 'title',
  DO: 'DOI',
  LA: 'language',
  PB: 'publisher',
  CY: 'publisher-place',
  PP: 'publisher-place',
  VL: 'volume',
  IS: 'issue',
  SN: 'ISSN',
  AB: 'abstract',
  N2: 'abstract',
  JO: 'container-title',
  JF: 'container-title',
  T2: 'container-title',
  BT: 'container-title',
  ET: 'edition',
  CN: 'call-number',
  N1: 'note',
};

/** Every reference between `TY` and `ER`; lines that are no tags go on with the line before them. */
export function readRis(text: string): Omit<ReadReferences, 'format'> {
  const references: CslItem[] = [];
  const skipped: ReadReferences['skipped'] = [];
  let tags: { tag: string; value: string }[] | null = null;
  let begun = 0;
  const end = (): void => {
    if (tags === null) return;
    const item = itemOf(tags, references.length + 1);
    if (item.title === undefined)
      skipped.push({
        line: begun,
        found: tags
          .map(({ tag, value }) => `${tag} ${value}`)
          .join('; ')
          .slice(0, 80),
      });
    else references.push(item);
    tags = null;
  };
  for (const [i, line] of text.split('\n').entries()) {
    const [, tag, value = ''] = /^\s*([A-Z][A-Z0-9]) {2}-(?: (.*))?$/.exec(line.trimEnd()) ?? [];
    if (tag === 'TY') {
      end();
      [tags, begun] = [[{ tag, value: value.trim() }], i + 1];
    } else if (tag === 'ER') end();
    else if (tags === null) {
      if (line.trim() !== '') skipped.push({ line: i + 1, found: line.trim().slice(0, 80) });
    } else if (tag !== undefined) tags.push({ tag, value: value.trim() });
    else if (line.trim() !== '') (tags.at(-1) as { value: string }).value += ` ${line.trim()}`;
  }
  end();
  return { references, skipped };
}

function itemOf(tags: readonly { tag: string; value: string }[], number: number): CslItem {
  const first = (...names: string[]): string | undefined => {
    for (const name of names) {
      const found = tags.find(({ tag, value }) => tag === name && value !== '');
      if (found !== undefined) return found.value;
    }
    return undefined;
  };
  const names = (...wanted: string[]): CslName[] =>
    tags.filter(({ tag, value }) => wanted.includes(tag) && value !== '').map(({ value }) => cslName(value));
  const item: CslItem = { id: first('ID') ?? String(number), type: TYPES[(first('TY') ?? '').toUpperCase()] ?? 'document' };
  for (const { tag, value } of tags) {
    const field = FIELDS[tag];
    if (field !== undefined && value !== '' && item[field] === undefined) item[field] = value;
  }
  const [author, editor] = [names('AU', 'A1'), names('ED', 'A2')];
  const [issued, accessed] = [first('DA', 'PY', 'Y1'), first('Y2')];
  const [from, to, url] = [first('SP'), first('EP'), first('UR', 'L1', 'LK')];
  const keywords = tags.filter(({ tag }) => tag === 'KW').map(({ value }) => value);
  return {
    ...item,
    ...(author.length > 0 && { author }),
    ...(editor.length > 0 && { editor }),
    ...(issued !== undefined && { issued: cslDate(issued) ?? { literal: issued } }),
    ...(accessed !== undefined && { accessed: cslDate(accessed) ?? { literal: accessed } }),
    ...(url !== undefined && { URL: url }),
    ...(from !== undefined && { page: to === undefined || to === from ? from : `${from}-${to}` }),
    ...(keywords.length > 0 && { keyword: keywords.join(', ') }),
  };
}
