/**
 * Figures: pictures of 300 dots to the inch with the words for those who do not see them.
 *
 * The drawing itself is not put beside its picture, which Word would let us do: Word then shows the drawing, sets its text in
 * a font that the reader does not have, and fills its patterns black or not at all, while other programs show the picture.
 */
import { ImageRun, Paragraph } from 'docx';
import { type Raster, rasterised } from '../drawing/raster.ts';
import { readHead, shippedPath } from '../formats/source-node.ts';
import type { Block, Figure } from './blocks.ts';
import { oneLine } from './docx-fields.ts';
import type { Plan } from './docx-plan.ts';
import { STYLE } from './docx-styles.ts';
import { captionRuns } from './docx-text.ts';

/** What figures are lettered with; the first is for all text that the others do not have. */
const FONTS = ['NotoSans-Regular.ttf', 'NotoSans-Bold.ttf', 'NotoSans-Italic.ttf', 'NotoSansMath-Regular.ttf'];

/** Pictures that are made beside each other: each holds some 20 MB of dots meanwhile. */
const AT_ONCE = 2;

/** Pixels of the library's own, 96 to the inch. */
const PIXELS_PER_MM = 96 / 25.4;

/** Drawings that have become pictures. */
export type Pictures = Map<Figure, Raster>;

/**
 * Pictures of all figures, each no larger than `box` [mm].
 * @throws Problem `file-missing` when a font that ships with Saryarka is not there: letters would be left out.
 */
export async function picturesOf(blocks: Block[], box: { width: number; height: number }): Promise<Pictures> {
  const figures = blocks.filter((block) => block.kind === 'figure');
  if (figures.length === 0) return new Map();
  const fonts = FONTS.map((name) => shippedPath('data', 'fonts', name));
  for (const font of fonts) readHead(font, 4);
  const pictures: Pictures = new Map();
  for (let i = 0; i < figures.length; i += AT_ONCE) {
    const some = figures.slice(i, i + AT_ONCE);
    const made = await Promise.all(some.map(({ svg }) => rasterised(svg, { box, fonts })));
    for (const [k, figure] of some.entries()) pictures.set(figure, made[k] as Raster);
  }
  return pictures;
}

/** A figure with its caption below. */
export function figureBlocks(figure: Figure, pictures: Pictures, plan: Plan): Paragraph[] {
  const picture = pictures.get(figure);
  if (picture === undefined) throw new RangeError('a figure without its picture');
  const number = plan.refer.number(figure);
  const caption = oneLine(figure.caption);
  const run = new ImageRun({
    type: 'png',
    data: picture.png,
    transformation: { width: picture.width * PIXELS_PER_MM, height: picture.height * PIXELS_PER_MM },
    altText: { name: `Figure ${number ?? ''}`.trim(), title: caption, description: oneLine(figure.alt ?? caption) },
  });
  const drawn = new Paragraph({ style: STYLE.figure, keepNext: number !== null, children: [run] });
  if (number === null) return [drawn];
  return [drawn, new Paragraph({ style: STYLE.caption, children: captionRuns('figure', number, figure.caption, plan) })];
}
