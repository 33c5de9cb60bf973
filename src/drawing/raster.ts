/**
 * A drawing as a picture of dots, for documents whose readers do not draw SVG the same everywhere.
 *
 *     const { png, width, height } = await rasterised(svg, { box: { width: 165, height: 220 }, fonts });   // [mm]
 *
 * Letters come from the font files that are named, never from the computer's own, so that the same drawing gives the same
 * bytes on every machine.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What is asked of a picture. */
export interface RasterOptions {
  /** Room on paper; the picture is drawn as large as it says of itself, smaller where it does not fit [mm]. */
  box: { width: number; height: number };
  /** Paths of TrueType files; the first is for text in families that are not among them. */
  fonts: string[];
  /** Dots to the inch of the printed picture. */
  dpi?: number;
}

/** A picture and its size on paper. */
export interface Raster {
  png: Uint8Array;
  /** [mm] */
  width: number;
  /** [mm] */
  height: number;
}

/** What printers ask for where lines and small letters are to be sharp. */
const PRINT_DPI = 300;
/** CSS pixels to the inch: the unit of our drawings. https://www.w3.org/TR/css-values-4/#absolute-lengths */
const CSS_DPI = 96;
const MM_PER_INCH = 25.4;
/** The family that stands for all that a drawing names and we do not ship. */
const FAMILY = 'Noto Sans';

/**
 * `svg` as PNG. The renderer is loaded with the first picture.
 * @throws RangeError when `svg` is not a drawing.
 */
export async function rasterised(svg: string, { box, fonts, dpi = PRINT_DPI }: RasterOptions): Promise<Raster> {
  const { Resvg, renderAsync } = await import('@resvg/resvg-js');
  const font = { loadSystemFonts: false, fontFiles: fonts, defaultFontFamily: FAMILY, sansSerifFamily: FAMILY };
  try {
    const natural = new Resvg(svg, { font: { loadSystemFonts: false } });
    const mm = (pixels: number): number => (pixels / CSS_DPI) * MM_PER_INCH;
    const scale = Math.min(1, box.width / mm(natural.width), box.height / mm(natural.height));
    const [width, height] = [mm(natural.width) * scale, mm(natural.height) * scale];
    const dots = Math.max(1, Math.round((width / MM_PER_INCH) * dpi));
    const image = await renderAsync(svg, { font, fitTo: { mode: 'width', value: dots } });
    const png = new Uint8Array(image.asPng());
    await released();
    return { png, width, height };
  } catch (error) {
    throw new RangeError(`not a drawing: ${(error as Error).message}`, { cause: error });
  }
}

/** Pictures between two clearings of memory. */
const HELD = 4;
let held = 0;

/**
 * The renderer keeps the 15 MB and more of a picture's dots until its handle is collected, and tells V8 nothing of them: with
 * handles of some bytes nothing would be collected for hours. Every few pictures we ask for it; it takes some 6 ms.
 */
async function released(): Promise<void> {
  held += 1;
  if (held % HELD !== 0) return;
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('globalThis.gc');
  if (typeof collect === 'function') collect();
  await new Promise((resolve) => setImmediate(resolve));
}
