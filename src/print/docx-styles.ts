/**
 * How a Word document looks: every kind of paragraph has a style with a name, so that a ministry can change it in one place.
 */
import type { IBaseParagraphStyleOptions, IParagraphStyleOptions, IStylesOptions } from 'docx';
import type { Lang } from '../types.ts';

/** Has the Kazakh letters, comes with Windows and macOS; elsewhere Liberation Sans stands in, letter by letter as wide. */
const FONT = 'Arial';

/** Body text [half points]. */
const BODY = 21;

const INK = '1B2420';
const SOFT = '53615A';
const ACCENT = '0B5D4B';
const LINE = 'C9D2CC';
/** Lines that stand close. */
const SINGLE = { line: 240, lineRule: 'auto' } as const;
const GAP = { rule: 'B7791F', ground: 'FFF4D6' };

/** Style ids: Word knows those of headings, captions, contents and notes by these names. */
export const STYLE = {
  title: 'Title',
  subtitle: 'Subtitle',
  text: 'BodyText',
  hint: 'Hint',
  gap: 'Gap',
  list: 'ListBullet',
  caption: 'Caption',
  figure: 'Figure',
  table: 'ReviewTable',
  cell: 'TableText',
  head: 'TableHead',
  after: 'AfterTable',
  contentsTitle: 'TOCHeading',
  header: 'Header',
  footer: 'Footer',
  noteText: 'FootnoteText',
  noteMark: 'FootnoteReference',
  link: 'Hyperlink',
} as const;

/** Languages as Word's spelling checker names them. */
export const LOCALE: Record<Lang, string> = { kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB', tr: 'tr-TR' };

/** All styles of a document in `lang`. */
export function documentStyles(lang: Lang): IStylesOptions {
  return {
    default: {
      document: {
        run: {
          font: { ascii: FONT, hAnsi: FONT, cs: FONT, eastAsia: FONT },
          size: BODY,
          color: INK,
          language: { value: LOCALE[lang], eastAsia: LOCALE[lang], bidirectional: 'ar-SA' },
        },
        paragraph: { spacing: { after: 120, line: 269, lineRule: 'auto' } },
      },
      title: {
        paragraph: { spacing: { before: 0, after: 120, ...SINGLE }, keepNext: true },
        run: { size: 44, bold: true, color: ACCENT },
      },
      heading1: heading(30, ACCENT, { before: 480, after: 160 }),
      heading2: heading(25, ACCENT, { before: 320, after: 100 }),
      heading3: heading(22, INK, { before: 240, after: 80 }),
      heading4: heading(21, SOFT, { before: 200, after: 60 }),
      caption: { run: { size: 19, bold: true, color: INK }, paragraph: { spacing: { before: 160, after: 80 } } },
      hyperlink: { run: { color: ACCENT, underline: { type: 'single' } } },
      footnoteReference: { run: { superScript: true } },
      footnoteText: {
        run: { size: 17 },
        paragraph: { spacing: { after: 20, ...SINGLE }, indent: { left: 284, hanging: 284 } },
      },
    },
    paragraphStyles: [...textStyles(), ...contentsStyles()],
  };
}

function heading(size: number, color: string, spacing: { before: number; after: number }): IBaseParagraphStyleOptions {
  return {
    run: { size, bold: true, color },
    paragraph: { spacing: { ...spacing, line: 252, lineRule: 'auto' }, keepNext: true, keepLines: true },
  };
}

function textStyles(): IParagraphStyleOptions[] {
  const style = (id: string, name: string, rest: Partial<IParagraphStyleOptions> = {}): IParagraphStyleOptions => ({
    id,
    name,
    basedOn: 'Normal',
    quickFormat: true,
    ...rest,
  });
  return [
    style(STYLE.subtitle, 'Subtitle', { run: { size: 26, color: SOFT }, paragraph: { spacing: { after: 360 } } }),
    style(STYLE.text, 'Body Text'),
    style(STYLE.hint, 'Hint', { run: { size: 19, italics: true, color: SOFT } }),
    style(STYLE.gap, 'Gap', {
      paragraph: {
        spacing: { before: 80, after: 160 },
        indent: { left: 170, right: 113 },
        shading: { type: 'clear', color: 'auto', fill: GAP.ground },
        border: {
          top: { style: 'single', size: 4, space: 3, color: GAP.ground },
          left: { style: 'single', size: 36, space: 6, color: GAP.rule },
          bottom: { style: 'single', size: 4, space: 3, color: GAP.ground },
        },
      },
    }),
    style(STYLE.list, 'List Bullet', { paragraph: { spacing: { after: 60 } } }),
    style(STYLE.figure, 'Figure', {
      paragraph: { spacing: { before: 160, after: 60, ...SINGLE }, keepNext: true },
    }),
    style(STYLE.cell, 'Table Text', {
      run: { size: 18 },
      paragraph: { spacing: { before: 20, after: 20, ...SINGLE } },
    }),
    style(STYLE.head, 'Table Head', { basedOn: STYLE.cell, run: { bold: true }, paragraph: { keepNext: true } }),
    style(STYLE.after, 'After Table', {
      run: { size: 12 },
      paragraph: { spacing: { before: 0, after: 60, ...SINGLE } },
    }),
    style(STYLE.header, 'header', {
      run: { size: 17, color: SOFT },
      paragraph: { spacing: { after: 0, ...SINGLE } },
    }),
    style(STYLE.footer, 'footer', {
      run: { size: 17, color: SOFT },
      paragraph: { spacing: { after: 0, ...SINGLE } },
    }),
  ];
}

function contentsStyles(): IParagraphStyleOptions[] {
  const entry = (level: number): IParagraphStyleOptions => ({
    id: `TOC${level}`,
    name: `toc ${level}`,
    basedOn: 'Normal',
    next: 'Normal',
    uiPriority: 39,
    run: { size: level === 1 ? 20 : 19, bold: level === 1 },
    paragraph: {
      spacing: { before: level === 1 ? 100 : 0, after: 40, ...SINGLE },
      indent: { left: (level - 1) * 240 },
    },
  });
  const title = heading(30, ACCENT, { before: 240, after: 160 });
  return [
    { id: STYLE.contentsTitle, name: 'TOC Heading', basedOn: 'Normal', next: 'Normal', ...title },
    ...[1, 2, 3, 4].map(entry),
  ];
}

/** Styles as they stand in the file, for which the library has no words: tables with thin rules between rows, and what all letters rest on. */
export const FURTHER_STYLES = [
  '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
  `<w:style w:type="table" w:customStyle="1" w:styleId="${STYLE.table}"><w:name w:val="Review Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>`,
  `<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="${ACCENT}"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="${ACCENT}"/>`,
  `<w:insideH w:val="single" w:sz="4" w:space="0" w:color="${LINE}"/></w:tblBorders>`,
  '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>',
  `<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="${ACCENT}"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="EEF3F0"/></w:tcPr></w:tblStylePr>`,
  '</w:style>',
].join('');
