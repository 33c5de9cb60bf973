/** Patterns of zones and marks of places, drawn here: pixels that the map takes as images. */
import { TILE, zoneStyles } from '../../src/drawing/zone-style.ts';
import type { Mark } from './map-layers.ts';

/** Drawn at twice the size, for dense screens. */
export const RATIO = 2;

/** The pattern of a kind of zone, as `zone-style.ts` has it. */
export async function zonePattern(kind: keyof typeof zoneStyles): Promise<ImageData> {
  const size = TILE * RATIO;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${TILE} ${TILE}">${zoneStyles[kind].pattern}</svg>`;
  const image = new Image(size, size);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  return drawn(size, (pen) => pen.drawImage(image, 0, 0, size, size));
}

/** Crosses for ground that was won, strokes for ground that was lost. */
export function changePattern(change: 'gained' | 'lost'): ImageData {
  const size = 12 * RATIO;
  return drawn(size, (pen) => {
    pen.fillStyle = change === 'gained' ? '#0072b240' : '#b2182b40';
    pen.fillRect(0, 0, size, size);
    pen.strokeStyle = change === 'gained' ? '#0072b2' : '#b2182b';
    pen.lineWidth = 2.4;
    pen.beginPath();
    pen.moveTo(size * 0.25, size / 2);
    pen.lineTo(size * 0.75, size / 2);
    if (change === 'gained') {
      pen.moveTo(size / 2, size * 0.25);
      pen.lineTo(size / 2, size * 0.75);
    }
    pen.stroke();
  });
}

/** A mark with a white rim. */
export function markImage({ shape, color }: Mark): ImageData {
  const size = 18 * RATIO;
  return drawn(size, (pen) => {
    const [middle, reach] = [size / 2, size * 0.36];
    pen.beginPath();
    if (shape === 'circle') pen.arc(middle, middle, reach, 0, 2 * Math.PI);
    else if (shape === 'square') pen.rect(middle - reach * 0.9, middle - reach * 0.9, reach * 1.8, reach * 1.8);
    else {
      const corners = shape === 'triangle' ? [-90, 30, 150] : [-90, 0, 90, 180];
      for (const angle of corners) {
        const turn = (angle * Math.PI) / 180;
        pen.lineTo(middle + Math.cos(turn) * reach * 1.15, middle + Math.sin(turn) * reach * 1.15);
      }
    }
    pen.closePath();
    pen.fillStyle = color;
    pen.strokeStyle = '#fff';
    pen.lineWidth = 2 * RATIO;
    pen.stroke();
    pen.fill();
  });
}

function drawn(size: number, draw: (pen: CanvasRenderingContext2D) => void): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('this browser draws no pictures');
  draw(pen);
  return pen.getImageData(0, 0, size, size);
}
