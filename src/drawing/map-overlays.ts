/**
 * Other designated areas laid over the zones, as outlines that leave the zones to be seen.
 */
import type { MultiPolygon, Position } from '../types.ts';
import type { LegendItem } from './map-foot.ts';
import { mapOutlines } from './map-outlines.ts';
import { pathOf } from './svg-path.ts';

/** An area of another designation: a national park, a Ramsar site. */
export interface Overlay {
  name: string;
  geometry: MultiPolygon;
}

/** Colour and dashes: all dark, none as the outlines of zones. */
const STYLES = [
  ['#a3260f', '9 3'],
  ['#1d4f91', '14 3 3 3'],
  ['#6d2f86', ''],
  ['#7a4b00', '4 3'],
  ['#3b3f45', '16 6'],
] as const;

/** Outlines with a light edge on both sides, told apart by colour and dash. */
export function drawOverlays(overlays: Overlay[], project: (position: Position) => [number, number]): string {
  return overlays
    .map(({ geometry }, i) => {
      const outlines = mapOutlines(
        geometry.coordinates.map((polygon) => ({ kind: 'core', polygon })),
        project,
      );
      const d = outlines
        .flatMap(({ lines, rings }) => lines?.map((line) => pathOf(line)) ?? rings.map((ring) => pathOf(ring, { closed: true })))
        .join('');
      const line = `d="${d}" fill="none" stroke-linejoin="round"`;
      return `<path ${line} stroke="#fff" stroke-width="5" stroke-opacity=".8"/><path ${line} ${strokeOf(i)}/>`;
    })
    .join('');
}

/** Their names in the legend. */
export function overlayItems(overlays: Overlay[]): LegendItem[] {
  return overlays.map(({ name }, i) => ({
    text: name,
    picture: (x, y) => `<path d="M${x - 14} ${y}h28" fill="none" ${strokeOf(i)}/>`,
  }));
}

function strokeOf(i: number): string {
  const [stroke, dashes] = STYLES[i % STYLES.length] as (typeof STYLES)[number];
  return `stroke="${stroke}" stroke-width="2.6"${dashes === '' ? '' : ` stroke-dasharray="${dashes}"`}`;
}
