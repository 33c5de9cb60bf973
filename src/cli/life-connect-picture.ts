/** A map of currents or costs as a drawing: nine shades by powers of ten or evenly, with what each stands for. */
import { escaped } from '../drawing/escaped.ts';
import { type PaletteColor, png, pngAddress } from '../drawing/raster-map-png.ts';
import { writeFile } from '../formats/source-node.ts';
import { number } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { Lang } from '../types.ts';
import type { GridFile } from './life-connect-raster.ts';

/** Dark to light, told apart in grey and by those who see few colours. Smith & van der Walt 2015, the inferno map of matplotlib (CC0) */
const SHADES: readonly PaletteColor[] = [
  [0, 0, 4, 255],
  [33, 12, 74, 255],
  [87, 16, 110, 255],
  [137, 34, 106, 255],
  [187, 55, 84, 255],
  [227, 89, 51, 255],
  [249, 140, 10, 255],
  [249, 201, 50, 255],
  [252, 255, 164, 255],
];
/** Widest picture [pixels]: larger grids are drawn by the greatest value of the cells that a pixel covers. */
const WIDEST = 1600;
const [MARGIN, LINE, SWATCH] = [16, 20, 14];

/** Writes the picture: PNG of the grid alone, or SVG with title and legend. @throws Problem `choice-wrong` for other endings */
export function writePicture(
  path: string,
  grid: GridFile,
  values: Float64Array,
  { title, lang, unit }: { title: string; lang: Lang; unit: string },
): void {
  const kind = /\.(png|svg)$/i.exec(path)?.[1]?.toLowerCase();
  if (kind === undefined) throw new Problem('choice-wrong', { field: '--picture', found: path, expected: '.svg, .png' });
  const limits = limitsOf(values);
  const step = Math.max(1, Math.ceil(grid.width / WIDEST));
  const [width, height] = [Math.ceil(grid.width / step), Math.ceil(grid.height / step)];
  const pixels = new Uint8Array(width * height);
  for (let row = 0; row < grid.height; row++)
    for (let column = 0; column < grid.width; column++) {
      const value = values[row * grid.width + column] as number;
      if (Number.isNaN(value)) continue;
      let shade = 0;
      while (shade < limits.length && value >= (limits[shade] as number)) shade += 1;
      const at = Math.floor(row / step) * width + Math.floor(column / step);
      if (shade + 1 > (pixels[at] as number)) pixels[at] = shade + 1;
    }
  const picture = { width, height, pixels, palette: [[255, 255, 255, 0] as const, ...SHADES] };
  writeFile(path, kind === 'png' ? png(picture) : framed(pngAddress(picture), { width, height, limits, title, lang, unit }));
}

/** Where shades change: at parts of the values, so that each is seen, whatever their spread. */
function limitsOf(values: Float64Array): number[] {
  const known = values.filter((value) => value > 0).sort();
  if (known.length === 0) return [];
  const parts = [0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 0.999];
  return parts.map((part) => known[Math.min(known.length - 1, Math.floor(part * known.length))] as number);
}

function framed(
  address: string,
  {
    width,
    height,
    limits,
    title,
    lang,
    unit,
  }: { width: number; height: number; limits: number[]; title: string; lang: Lang; unit: string },
): string {
  const scale = Math.max(1, Math.floor(640 / width));
  const [w, h] = [width * scale, height * scale];
  const legend = limits.map((limit, k) => {
    const [x, y] = [MARGIN + (k % 4) * 160, MARGIN + 2 * LINE + h + Math.floor(k / 4) * LINE];
    const colour = `rgb(${(SHADES[k + 1] as PaletteColor).slice(0, 3).join(',')})`;
    const digits = Math.abs(limit) >= 100 ? 0 : 4;
    return `<rect x="${x}" y="${y - SWATCH + 3}" width="${SWATCH}" height="${SWATCH}" fill="${colour}"/><text x="${x + SWATCH + 6}" y="${y}">≥ ${escaped(`${number(lang, limit, digits)} ${unit}`)}</text>`;
  });
  const total = Math.max(w, 640) + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${total}" height="${h + 2 * MARGIN + 4 * LINE}" font-family="Noto Sans, sans-serif" font-size="13">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 4}" font-weight="bold">${escaped(title)}</text>`,
    `<image x="${MARGIN}" y="${MARGIN + LINE / 2}" width="${w}" height="${h}" image-rendering="pixelated" href="${address}"/>`,
    ...legend,
    '</svg>\n',
  ].join('\n');
}
