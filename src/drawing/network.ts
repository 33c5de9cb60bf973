/**
 * A network as a drawing: circles with the numbers of their rows in the table beside it, lines as wide as ties are strong, names where
 * they can be read. Who has no tie stands in rows below.
 *
 *     const svg = networkDrawing({ nodes, ties, title, description, notes: ['…'], lang: 'en', seed: 1 });
 *
 * Distance on the sheet means little: the layout puts what is tied near, and another seed gives another drawing.
 */
import type { Lang } from '../types.ts';
import { escaped } from './escaped.ts';
import { fingerprint } from './fingerprint.ts';
import { forceLayout } from './force-layout.ts';
import { drawTitle, svgSheet } from './svg-sheet.ts';
import { textWidth, wrapped } from './wrapped-text.ts';
import { INK } from './zone-style.ts';

export interface DrawnNode {
  /** The number of its row in the table. */
  number: number;
  name: string;
  degree: number;
  /** Which group it is filled as; `null` where groups are not shown. */
  group: number | null;
}

export interface NetworkDrawing {
  nodes: readonly DrawnNode[];
  /** Between places in `nodes`. */
  ties: readonly { a: number; b: number; weight: number }[];
  title: string;
  description: string;
  /** Lines below the drawing. */
  notes: readonly string[];
  lang: Lang;
  seed: number;
  width?: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Circle {
  x: number;
  y: number;
  r: number;
}

const MARGIN = 16;
const TEXT = 11;
const NUMBER = 9;
const RADIUS = { least: 8.5, most: 18 };
/** Names longer than this end in an ellipsis: the table has them whole. */
const LONGEST_NAME = 36;
/** Light enough for dark numbers, told apart by the number of the group in the table, too. */
const FILLS = ['#bfe3dc', '#f6d9a8', '#cdd6f4', '#f3c6c6', '#d9e8b4', '#e3cdea', '#c9e4f2', '#ead9c4'] as const;
const PLAIN = '#d7e7e4';
const OTHERS = '#e6e6e6';

export function networkDrawing({ nodes, ties, title, description, notes, lang, seed, width = 1000 }: NetworkDrawing): string {
  const id = `network-${fingerprint(JSON.stringify([nodes, ties, title, seed]))}`;
  const head = drawTitle(title, width, { size: 15, margin: MARGIN });
  const height = Math.round(Math.max(360, Math.min(900, 260 + 22 * Math.sqrt(nodes.length) * 4)));
  const top = MARGIN + head.height + 12;
  const circles = placed(nodes, ties, { seed, top, width, height });
  const below = circles.reduce((most, { y, r }) => Math.max(most, y + r), top) + 20;
  const lines = notes.flatMap((note) => wrapped(note, width - 2 * MARGIN, TEXT));
  const foot = lines.map((line, i) => text(MARGIN, below + 8 + i * (TEXT + 5), line, TEXT)).join('');
  const body = [
    head.svg,
    `<g stroke="#5b7a75" stroke-opacity=".45" fill="none">${ties.map((tie) => line(tie, circles, ties)).join('')}</g>`,
    nodes.map((node, i) => circle(node, circles[i] as Circle)).join(''),
    names(nodes, circles, { left: 4, top: top - 8, right: width - 4, bottom: below }),
    foot,
  ].join('');
  const bottom = below + lines.length * (TEXT + 5) + MARGIN;
  return svgSheet({ id, title, lang, width, height: Math.round(bottom), description, body });
}

/** Circles on the sheet, none over another; those without ties in rows below. */
function placed(
  nodes: readonly DrawnNode[],
  ties: NetworkDrawing['ties'],
  { seed, top, width, height }: { seed: number; top: number; width: number; height: number },
): Circle[] {
  const most = Math.max(1, ...nodes.map(({ degree }) => degree));
  const radius = ({ degree }: DrawnNode): number => RADIUS.least + (RADIUS.most - RADIUS.least) * Math.sqrt(degree / most);
  const within = nodes.flatMap(({ degree }, i) => (degree > 0 ? [i] : []));
  const place = new Map(within.map((node, i) => [node, i]));
  const inner = ties.map(({ a, b, weight }) => ({ a: place.get(a) ?? 0, b: place.get(b) ?? 0, weight }));
  const side = 70; // room for names at the edges
  const laid = forceLayout(within.length, inner, { seed, width: width - 2 * side, height: height - 40 });
  const found: Circle[] = nodes.map((node) => ({ x: 0, y: 0, r: radius(node) }));
  for (const [i, node] of within.entries()) {
    const { x, y } = laid[i] ?? { x: 0, y: 0 };
    found[node] = { x: side + x, y: top + 20 + y, r: found[node]?.r ?? RADIUS.least };
  }
  pushApart(within.map((node) => found[node] as Circle));
  for (const one of within.map((node) => found[node] as Circle)) {
    one.x = Math.max(MARGIN + one.r, Math.min(width - MARGIN - one.r, one.x));
    one.y = Math.max(top + one.r, one.y);
  }
  const lowest = within.reduce((low, node) => Math.max(low, (found[node]?.y ?? 0) + (found[node]?.r ?? 0)), top);
  const [cell, perRow] = [180, Math.floor((width - 2 * MARGIN) / 180)];
  const loose = nodes.flatMap(({ degree }, i) => (degree > 0 ? [] : [i]));
  for (const [i, node] of loose.entries()) {
    const [row, column] = [Math.floor(i / perRow), i % perRow];
    found[node] = { x: MARGIN + RADIUS.least + column * cell, y: lowest + 36 + row * 26, r: RADIUS.least };
  }
  return found;
}

/** Moves circles that touch away from each other, a little at a time, the later one further. */
function pushApart(circles: Circle[]): void {
  for (let round = 0; round < 80; round++) {
    let moved = false;
    for (const [i, a] of circles.entries()) {
      for (const b of circles.slice(i + 1)) {
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const far = Math.hypot(dx, dy);
        const lack = a.r + b.r + 4 - far;
        if (lack <= 0.05) continue;
        const [ux, uy] = far > 1e-6 ? [dx / far, dy / far] : [1, 0];
        a.x -= ux * lack * 0.4;
        a.y -= uy * lack * 0.4;
        b.x += ux * lack * 0.6;
        b.y += uy * lack * 0.6;
        moved = true;
      }
    }
    if (!moved) return;
  }
}

function line(
  { a, b, weight }: NetworkDrawing['ties'][number],
  circles: readonly Circle[],
  ties: NetworkDrawing['ties'],
): string {
  const [from, to] = [circles[a], circles[b]];
  if (from === undefined || to === undefined) return '';
  const most = ties.reduce((max, tie) => Math.max(max, tie.weight), 0) || 1;
  const wide = 0.6 + 4.4 * (weight / most);
  return `<path d="M${px(from.x)} ${px(from.y)}L${px(to.x)} ${px(to.y)}" stroke-width="${px(wide)}"/>`;
}

function circle({ number, name, group }: DrawnNode, { x, y, r }: Circle): string {
  const fill = group === null ? PLAIN : (FILLS[group] ?? OTHERS);
  return (
    `<g><title>${escaped(`${number} ${name}`)}</title><circle cx="${px(x)}" cy="${px(y)}" r="${px(r)}" fill="${fill}" stroke="${INK}" stroke-width="1"/>` +
    `<text x="${px(x)}" y="${px(y + NUMBER * 0.36)}" font-size="${NUMBER}" text-anchor="middle" fill="${INK}">${number}</text></g>`
  );
}

/** Names beside their circles in the order of their numbers, where nothing is in the way. */
function names(nodes: readonly DrawnNode[], circles: readonly Circle[], sheet: Box): string {
  const taken: Box[] = circles.map(({ x, y, r }) => ({ left: x - r, top: y - r, right: x + r, bottom: y + r }));
  const drawn: string[] = [];
  const order = nodes.map((_, i) => i).sort((a, b) => (nodes[a]?.number ?? 0) - (nodes[b]?.number ?? 0));
  for (const i of order) {
    const [node, at] = [nodes[i] as DrawnNode, circles[i] as Circle];
    const letters = [...node.name];
    const label = letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : node.name;
    const wide = textWidth(label, TEXT);
    const free = places(at, wide).find(({ box }) => inside(box, sheet) && !taken.some((other) => overlaps(box, other)));
    if (free === undefined) continue;
    taken.push(free.box);
    drawn.push(text(free.box.left, free.box.bottom - 3, label, TEXT));
  }
  const halo = 'paint-order="stroke" stroke="#fff" stroke-width="3" stroke-linejoin="round"';
  return `<g ${halo}>${drawn.join('')}</g>`;
}

/** Right, left, below, above. */
function places({ x, y, r }: Circle, wide: number): { box: Box }[] {
  const high = TEXT + 3;
  const box = (left: number, top: number): { box: Box } => ({ box: { left, top, right: left + wide, bottom: top + high } });
  return [
    box(x + r + 3, y - high / 2),
    box(x - r - 3 - wide, y - high / 2),
    box(x - wide / 2, y + r + 1),
    box(x - wide / 2, y - r - 1 - high),
  ];
}

const inside = (box: Box, sheet: Box): boolean =>
  box.left >= sheet.left && box.right <= sheet.right && box.top >= sheet.top && box.bottom <= sheet.bottom;
const overlaps = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function text(x: number, y: number, words: string, size: number): string {
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}" fill="${INK}">${escaped(words)}</text>`;
}

const px = (value: number): string => String(Math.round(value * 10) / 10);
