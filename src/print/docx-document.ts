/**
 * The document as a whole: its sections, upright or lying, with header, footer and contents.
 */
import {
  AlignmentType,
  Document,
  type FileChild,
  Footer,
  Header,
  type IPropertiesOptions,
  type ISectionOptions,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  TableOfContents,
  TextRun,
} from 'docx';
import type { Lang } from '../types.ts';
import type { Block, Imprint } from './blocks.ts';
import { oneLine, words } from './docx-fields.ts';
import { figureBlocks, type Pictures, picturesOf } from './docx-figures.ts';
import { settled } from './docx-package.ts';
import { type Plan, planOf } from './docx-plan.ts';
import { documentStyles, LOCALE, STYLE } from './docx-styles.ts';
import { tableBlocks } from './docx-tables.ts';
import { citedRuns, linkedRuns, noteParagraph } from './docx-text.ts';
import { MARGIN, ROOM, SHEET, twips } from './paper.ts';
import { lyingOf } from './sheets.ts';

/** Kept free on a page for the caption of a figure that fills it [mm]. */
const CAPTION_ROOM = 30;
const BULLETS = 'bullets';

type Way = keyof typeof ROOM;

/** The bytes of a .docx file. */
export async function writeDocument(
  blocks: Block[],
  lang: Lang,
  imprint: Imprint,
  { pageNumbers = true } = {},
): Promise<Uint8Array> {
  const plan = planOf(blocks, lang);
  const pictures = await picturesOf(blocks, { ...ROOM.upright, height: ROOM.upright.height - CAPTION_ROOM });
  const parts: { way: Way; children: FileChild[] }[] = [];
  const lying = lyingOf(blocks);
  for (const [i, block] of blocks.entries()) {
    const way: Way = lying[i] ? 'lying' : 'upright';
    const children = written(block, way, plan, pictures);
    const last = parts.at(-1);
    if (last?.way === way) last.children.push(...children);
    // LibreOffice runs the items of a list together where it begins a section
    else if (children.length > 0)
      parts.push({ way, children: [...(block.kind === 'list' ? [new Paragraph({ style: STYLE.after })] : []), ...children] });
  }
  if (parts.length === 0) parts.push({ way: 'upright', children: [] });
  const document = new Document({
    title: oneLine(imprint.title),
    creator: oneLine(imprint.author),
    lastModifiedBy: oneLine(imprint.author),
    styles: documentStyles(lang),
    numbering: { config: [{ reference: BULLETS, levels: [bullet()] }] },
    footnotes: footnotesOf(plan),
    ...(await pageCounter(blocks, pageNumbers)),
    sections: parts.map(({ way, children }, i) => section(way, children, i === 0 ? imprint : null)),
  });
  return settled(await Packer.toBuffer(document), { date: imprint.date, locale: LOCALE[lang] });
}

function written(block: Block, way: Way, plan: Plan, pictures: Pictures): FileChild[] {
  switch (block.kind) {
    case 'title':
      return [
        new Paragraph({ style: STYLE.title, children: [words(block.text)] }),
        ...(block.under === '' ? [] : [new Paragraph({ style: STYLE.subtitle, children: [words(block.under)] })]),
      ];
    case 'contents':
      return contents(block.title, block.depth - 1);
    case 'heading':
      return [new Paragraph({ style: `Heading${plan.refer.level(block) - 1}`, children: [words(oneLine(block.text))] })];
    case 'hint':
      return [new Paragraph({ style: STYLE.hint, children: [words(block.text)] })];
    case 'gap':
      return [new Paragraph({ style: STYLE.gap, children: [words(block.text)] })];
    case 'text':
      return [new Paragraph({ style: STYLE.text, children: citedRuns(block.text, plan) })];
    case 'list':
      return block.items.map((item) => listItem(citedRuns(item, plan)));
    case 'table':
      return tableBlocks(block, twips(ROOM[way].width), plan);
    case 'figure':
      return figureBlocks(block, pictures, plan);
    case 'notes':
      return uncited(block.title, block.notes, plan);
  }
}

/** Headings of Word's own, one above ours: a page's title is its first heading, a document's has a style of its own. */
function contents(title: string, depth: number): FileChild[] {
  return [
    new Paragraph({ style: STYLE.contentsTitle, children: [words(title)] }),
    new TableOfContents(oneLine(title), { hyperlink: true, headingStyleRange: `1-${depth}`, beginDirty: false }),
  ];
}

/** A note that nothing cites has no page to stand on: it is printed rather than lost. */
function uncited(title: string, notes: string[], plan: Plan): FileChild[] {
  const left = notes.filter((_, i) => !plan.citations.has(i + 1));
  if (left.length === 0) return [];
  return [
    new Paragraph({ style: 'Heading1', children: [words(oneLine(title))] }),
    ...left.map((note) => listItem(linkedRuns(note))),
  ];
}

function listItem(children: ReturnType<typeof linkedRuns>): Paragraph {
  return new Paragraph({ style: STYLE.list, numbering: { reference: BULLETS, level: 0 }, children });
}

function bullet() {
  const indent = { left: twips(6), hanging: twips(4.5) };
  return { level: 0, format: LevelFormat.BULLET, text: '–', alignment: AlignmentType.LEFT, style: { paragraph: { indent } } };
}

/** The pages of headings, laid out as Word does it; where that cannot be told they stay empty until Word counts them. */
async function pageCounter(blocks: Block[], wanted: boolean): Promise<Pick<IPropertiesOptions, 'pageNumbers'>> {
  if (!wanted || !blocks.some(({ kind }) => kind === 'contents')) return {};
  return { pageNumbers: (await import('docx/layout')).estimatePageNumbers };
}

function footnotesOf({ notes, cited }: Plan): Record<string, { children: Paragraph[] }> {
  return Object.fromEntries([...cited].map(([note, number]) => [number, { children: [noteParagraph(notes[note - 1] ?? '')] }]));
}

/** Later sections have the header and footer of the one before; the first page, which bears the title, has no header. */
function section(way: Way, children: FileChild[], imprint: Imprint | null): ISectionOptions {
  const margin = Object.fromEntries(Object.entries(MARGIN).map(([side, mm]) => [side, twips(mm)]));
  const orientation = way === 'lying' ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT;
  const page = { size: { width: twips(SHEET.width), height: twips(SHEET.height), orientation }, margin };
  if (imprint === null) return { properties: { type: SectionType.NEXT_PAGE, page }, children };
  const header = new Paragraph({ style: STYLE.header, alignment: 'right', children: [words(oneLine(imprint.title))] });
  const pages = (): Footer => {
    const run = new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] });
    return new Footer({ children: [new Paragraph({ style: STYLE.footer, alignment: 'right', children: [run] })] });
  };
  return {
    properties: { page, titlePage: true },
    headers: {
      default: new Header({ children: [header] }),
      first: new Header({ children: [new Paragraph({ style: STYLE.header })] }),
    },
    footers: { default: pages(), first: pages() },
    children,
  };
}
