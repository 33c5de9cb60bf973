/** The parts of a Word document, and what is wrong with them: rules that Word holds a file to. Not a test by itself. */

import { strFromU8, unzipSync } from 'fflate';
import sax from 'sax';

export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: (Element | string)[];
}

/** Children in the order that the schema asks for: ECMA-376-1, wml.xsd (CT_PPr, CT_RPr, CT_TblPr, CT_TrPr, CT_TcPr, CT_SectPr). */
const ORDER: Record<string, string> = {
  'w:pPr':
    'pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange',
  'w:rPr':
    'rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath',
  'w:tblPr':
    'tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription',
  'w:tcPr': 'cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark',
  'w:sectPr':
    'headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid',
  'w:pBdr': 'top left bottom right between bar',
  'w:tbl': 'bookmarkStart bookmarkEnd tblPr tblGrid tr',
  'w:style':
    'name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr',
};

/** The files of the package, by name. */
export function partsOf(bytes: Uint8Array): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(bytes)));
}

/** The text of a part. */
export function textOf(bytes: Uint8Array, name = 'word/document.xml'): string {
  return strFromU8(partsOf(bytes).get(name) ?? new Uint8Array());
}

/** A part as a tree; throws where it is not well-formed XML. */
export function parsed(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  const parser = sax.parser(true);
  parser.onopentag = ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  };
  parser.onclosetag = () => {
    open.pop();
  };
  parser.ontext = (text) => {
    open.at(-1)?.children.push(text);
  };
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(xml).close();
  return root;
}

/** All elements called `name` in `element`, outer ones first. */
export function all(element: Element, name: string): Element[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...all(child, name)],
  );
}

/** The words that a reader sees in `element`. */
export function wordsOf(element: Element): string {
  return all(element, 'w:t')
    .flatMap(({ children }) => children)
    .join('');
}

const elementsOf = ({ children }: Element): Element[] => children.filter((child) => typeof child !== 'string');
const twice = (list: (string | undefined)[]): (string | undefined)[] => list.filter((item, i) => list.indexOf(item) !== i);

/** What a reader of packages and Word would stumble over, as sentences; none for a sound document. */
export function faults(bytes: Uint8Array): string[] {
  const parts = partsOf(bytes);
  const found: string[] = [];
  const trees = new Map<string, Element>();
  for (const [name, content] of parts) {
    if (!/\.(xml|rels)$/.test(name)) continue;
    try {
      trees.set(name, parsed(strFromU8(content)));
    } catch (error) {
      found.push(`${name}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  found.push(...typeFaults(parts, trees));
  for (const [name, tree] of trees) {
    found.push(...relationFaults(name, tree, parts, trees), ...orderFaults(name, tree));
  }
  const [document, styles, footnotes] = ['document', 'styles', 'footnotes'].map((name) => trees.get(`word/${name}.xml`));
  if (document === undefined || styles === undefined || footnotes === undefined) return [...found, 'parts are missing'];
  return [
    ...found,
    ...styleFaults([...trees.values()], styles),
    ...placeFaults(document),
    ...noteFaults(document, footnotes),
    ...fieldFaults(document),
    ...tableFaults(document),
  ];
}

function typeFaults(parts: Map<string, Uint8Array>, trees: Map<string, Element>): string[] {
  const types = trees.get('[Content_Types].xml') ?? { name: '', attributes: {}, children: [] };
  const endings = all(types, 'Default').map(({ attributes }) => attributes.Extension);
  const names = all(types, 'Override').map(({ attributes }) => attributes.PartName);
  return [
    ...[...parts.keys()]
      .filter((name) => name !== '[Content_Types].xml')
      .filter((name) => !names.includes(`/${name}`) && !endings.includes(name.split('.').at(-1) ?? ''))
      .map((name) => `${name} has no content type`),
    ...names.filter((name) => !parts.has(name?.slice(1) ?? '')).map((name) => `${name} has a type but is not there`),
    ...twice(names).map((name) => `${name} has two types`),
  ];
}

function relationFaults(name: string, tree: Element, parts: Map<string, Uint8Array>, trees: Map<string, Element>): string[] {
  if (name.endsWith('.rels')) {
    const base = name.replace(/_rels\/[^/]*$/, '');
    const relations = all(tree, 'Relationship').map(({ attributes }) => attributes);
    return [
      ...twice(relations.map(({ Id }) => Id)).map((id) => `${name}: ${id} twice`),
      ...relations
        .filter(({ Target = '', TargetMode }) => (TargetMode === 'External' ? !URL.canParse(Target) : !parts.has(base + Target)))
        .map(({ Target }) => `${name}: no ${Target}`),
    ];
  }
  const relations = trees.get(name.replace(/([^/]*)$/, '_rels/$1.rels'));
  const ids = relations === undefined ? [] : all(relations, 'Relationship').map(({ attributes }) => attributes.Id);
  const used = [...strFromU8(parts.get(name) ?? new Uint8Array()).matchAll(/ r:(?:id|embed|link)="([^"]*)"/g)].map(
    ([, id]) => id,
  );
  return used.filter((id) => !ids.includes(id)).map((id) => `${name}: no relationship ${id}`);
}

function orderFaults(name: string, tree: Element): string[] {
  return Object.entries(ORDER).flatMap(([parent, order]) => {
    const places = order.split(' ').map((child) => `w:${child}`);
    return all(tree, parent).flatMap((element) => {
      const at = elementsOf(element).map((child) => places.indexOf(child.name));
      const wrong = at.some((place, i) => place === -1 || place < (at[i - 1] ?? 0));
      return wrong ? [`${name}: ${parent} has ${elementsOf(element).map((child) => child.name)}`] : [];
    });
  });
}

function styleFaults(trees: Element[], styles: Element): string[] {
  const known = all(styles, 'w:style').map(({ attributes }) => attributes['w:styleId']);
  const used = trees.flatMap((tree) =>
    ['w:pStyle', 'w:rStyle', 'w:tblStyle', 'w:basedOn', 'w:next'].flatMap((tag) =>
      all(tree, tag).map(({ attributes }) => attributes['w:val']),
    ),
  );
  return [
    ...twice(known).map((id) => `style ${id} twice`),
    ...[...new Set(used)].filter((id) => !known.includes(id)).map((id) => `no style ${id}`),
  ];
}

function placeFaults(document: Element): string[] {
  const starts = all(document, 'w:bookmarkStart').map(({ attributes }) => attributes);
  const ends = all(document, 'w:bookmarkEnd').map(({ attributes }) => attributes['w:id']);
  const names = starts.map((attributes) => attributes['w:name']);
  const drawings = all(document, 'wp:docPr').map(({ attributes }) => attributes);
  const fields = all(document, 'w:instrText').map(({ children }) => children.join(''));
  const targets = [
    ...fields.flatMap((field) => /^\s*(?:REF|NOTEREF|PAGEREF)\s+(\S+)/.exec(field)?.[1] ?? []),
    ...all(document, 'w:hyperlink').flatMap(({ attributes }) => attributes['w:anchor'] ?? []),
  ];
  const startIds = starts.map((attributes) => attributes['w:id']);
  return [
    ...twice(names).map((name) => `bookmark ${name} twice`),
    ...twice(startIds).map((id) => `bookmark id ${id} twice`),
    ...(startIds.toSorted().join() === ends.toSorted().join() ? [] : ['bookmarks that do not end']),
    // Word: 40 characters, letters, digits and underscores, no digit first
    ...names
      .filter((name) => !/^[\p{L}_][\p{L}\d_]{0,39}$/u.test(name ?? ''))
      .map((name) => `"${name}" is no name of a bookmark`),
    ...targets.filter((target) => !names.includes(target)).map((target) => `no bookmark ${target}`),
    ...twice(drawings.map(({ id }) => id)).map((id) => `drawing ${id} twice`),
    ...drawings.filter(({ descr = '' }) => descr === '').map(({ id }) => `drawing ${id} has no description`),
  ];
}

function noteFaults(document: Element, footnotes: Element): string[] {
  const cited = all(document, 'w:footnoteReference').map(({ attributes }) => attributes['w:id']);
  const notes = all(footnotes, 'w:footnote')
    .filter(({ attributes }) => attributes['w:type'] === undefined)
    .map(({ attributes }) => attributes['w:id']);
  return [
    ...twice(cited).map((id) => `footnote ${id} stands in two places`),
    ...twice(notes).map((id) => `footnote ${id} twice`),
    ...cited.filter((id) => !notes.includes(id)).map((id) => `no footnote ${id}`),
    ...notes.filter((id) => !cited.includes(id)).map((id) => `footnote ${id} stands nowhere`),
    ...(cited.every((id, i) => Number(id) === i + 1) ? [] : ['footnotes are out of order']),
  ];
}

function fieldFaults(document: Element): string[] {
  let depth = 0;
  const faults: string[] = [];
  for (const { attributes } of all(document, 'w:fldChar')) {
    if (attributes['w:fldCharType'] === 'begin') depth += 1;
    if (attributes['w:fldCharType'] === 'end') depth -= 1;
    if (depth < 0) faults.push('a field that has not begun ends');
    if ('w:dirty' in attributes) faults.push('a field makes Word ask');
  }
  return depth === 0 ? faults : [...faults, 'a field does not end'];
}

function tableFaults(document: Element): string[] {
  const after = [...all(document, 'w:body'), ...all(document, 'w:tc')].flatMap((parent) => {
    const inside = elementsOf(parent).map(({ name }) => name);
    return inside.flatMap((name, i) =>
      name === 'w:tbl' && inside[i + 1] !== 'w:p' ? ['a table without a paragraph after it'] : [],
    );
  });
  return [
    ...after,
    ...all(document, 'w:tc')
      .filter((cell) => elementsOf(cell).at(-1)?.name !== 'w:p')
      .map(() => 'a cell without a paragraph'),
    ...all(document, 'w:tbl').flatMap((table) => {
      const columns = all(table, 'w:gridCol').length;
      const rows = all(table, 'w:tr').map((row) => all(row, 'w:tc').length);
      if (rows.length === 0) return ['a table without rows'];
      return rows.filter((count) => count !== columns).map((count) => `${count} cells in a row of ${columns}`);
    }),
  ];
}
