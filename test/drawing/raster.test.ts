import { expect, test } from 'vitest';
import { type RasterOptions, rasterised } from '../../src/drawing/raster.ts';
import { shippedPath } from '../../src/formats/source-node.ts';

const fonts = ['NotoSans-Regular.ttf', 'NotoSans-Bold.ttf', 'NotoSans-Italic.ttf', 'NotoSansMath-Regular.ttf'].map((name) =>
  shippedPath('data', 'fonts', name),
);
const options: RasterOptions = { box: { width: 165, height: 225 }, fonts };

const drawing = (content: string, { width = 40, height = 40 } = {}): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;

const letter = (text: string, look = ''): string =>
  drawing(`<text x="5" y="30" font-size="24" font-family="'Noto Sans','Segoe UI',sans-serif"${look}>${text}</text>`);

/** Width and height as the head of a PNG tells them (ISO/IEC 15948, 11.2.2). */
function dots(png: Uint8Array): [number, number] {
  expect([...png.slice(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

test('a drawing wider than its box fills it with 300 dots to the inch', async () => {
  const { png, width, height } = await rasterised(drawing('', { width: 720, height: 360 }), options);
  expect([width, height]).toEqual([165, 82.5]);
  expect(dots(png)).toEqual([1949, 975]);
});

test('a drawing that is higher than its box is as high as the box', async () => {
  const { width, height } = await rasterised(drawing('', { width: 300, height: 1500 }), options);
  expect(height).toBeCloseTo(225, 9);
  expect(width).toBeCloseTo(45, 9);
});

test('a small drawing keeps the size that it says of itself, 96 pixels to the inch', async () => {
  const { png, width } = await rasterised(drawing('', { width: 96, height: 48 }), options);
  expect(width).toBeCloseTo(25.4, 9);
  expect(dots(png)).toEqual([300, 150]);
  expect(dots((await rasterised(drawing('', { width: 96, height: 48 }), { ...options, dpi: 96 })).png)).toEqual([96, 48]);
});

test('the shipped fonts have the letters of Kazakh, Russian and Turkish and the signs of figures, each its own', async () => {
  const signs = [...'ӘҒҚҢӨҰҮҺІәғқңөұүһ', ...'ЖЩЪЫЭЮЯжщъыэюяё', ...'ĞŞİğşıöüç', ...'№°²³×−≤≥≈→€₸–—«»'];
  const pictures = await Promise.all(
    signs.map(async (sign) => Buffer.from((await rasterised(letter(sign), options)).png).toString('latin1')),
  );
  const blank = Buffer.from((await rasterised(letter(' '), options)).png).toString('latin1');
  const missing = Buffer.from((await rasterised(letter('\u{1f98c}'), options)).png).toString('latin1');
  expect(signs.filter((_, i) => pictures[i] === blank || pictures[i] === missing)).toEqual([]);
  expect(new Set(pictures).size).toBe(signs.length);
});

test('bold and slanted text is set in fonts of its own', async () => {
  const looks = ['', ' font-weight="700"', ' font-style="italic"'];
  const pictures = await Promise.all(
    looks.map(async (look) => Buffer.from((await rasterised(letter('Қ', look), options)).png).toString('latin1')),
  );
  expect(new Set(pictures).size).toBe(3);
});

test('fonts of the computer are not used: a family that is not shipped is set as the shipped one', async () => {
  const arial = letter('Қ').replace("'Noto Sans','Segoe UI',sans-serif", "'DejaVu Serif'");
  expect((await rasterised(arial, options)).png).toEqual((await rasterised(letter('Қ'), options)).png);
});

test('the same drawing gives the same bytes', async () => {
  const svg = letter('ң');
  expect((await rasterised(svg, options)).png).toEqual((await rasterised(svg, options)).png);
});

test('what is no drawing is refused', async () => {
  await expect(rasterised('<p>text</p>', options)).rejects.toThrow(RangeError);
  await expect(rasterised('<svg', options)).rejects.toThrow('not a drawing');
});
