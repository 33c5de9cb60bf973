/**
 * Fields: text that Word works out again when it is asked to, with what it reads until then; and the words around it.
 *
 *     field('REF _Ref3 \\h', [new TextRun('3')])   // shows 3, and leads to the place named _Ref3
 */
import { BuilderElement, Run, StringContainer, TextRun } from 'docx';

/** Characters that XML 1.0 does not allow (section 2.2), but tab and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be left out
const NOT_XML = /[\u0000-\u0008\u000e-\u001f\ufffe\uffff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: tabulators and form feeds end lines, too
const LINE_END = /\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]/;

/** How a run looks. */
export interface RunOptions {
  /** Of the styles of letters in `STYLE`. */
  style?: string;
  /** Where the type is smaller than the paragraph's [half points]. */
  size?: number;
}

/** `text` without what XML cannot hold; halves of characters become U+FFFD. */
export function readable(text: string): string {
  return text.toWellFormed().replace(NOT_XML, '');
}

/** `text` in one line: for names, captions and what stands in attributes. */
export function oneLine(text: string): string {
  return readable(text).split(LINE_END).join(' ');
}

/** `text` as a run, with its line ends as line breaks. */
export function words(text: string, options: RunOptions = {}): TextRun {
  const lines = readable(text).split(LINE_END);
  const children = lines.flatMap((line, i) => (i === 0 ? [line] : [new BuilderElement({ name: 'w:br' }), line]));
  return new TextRun({ ...options, children });
}

/** A field that shows `cached` until it is worked out; not marked as stale, so that Word does not ask about it. */
export function field(instruction: string, cached: string, options: RunOptions = {}): Run[] {
  const mark = (type: 'begin' | 'separate' | 'end'): BuilderElement<{ type: string }> =>
    new BuilderElement({ name: 'w:fldChar', attributes: { type: { key: 'w:fldCharType', value: type } } });
  const run = (child: BuilderElement<{ type: string }> | StringContainer): Run => new Run({ ...options, children: [child] });
  return [
    run(mark('begin')),
    run(new StringContainer('w:instrText', instruction)),
    run(mark('separate')),
    words(cached, options),
    run(mark('end')),
  ];
}
