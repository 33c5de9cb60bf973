/**
 * A river as a drawing: its nodes from the springs to the sea, each with its name and how much water it has or gets in a year.
 * It flows downwards, so that it is read on a phone, too.
 *
 *     riverDiagram(nodes, { lang: 'en', title: 'The Syr Darya', description: '15 nodes', unit: 'km³' })
 */
import { number, pick } from '../i18n/text.ts';
import type { Lang, LocalText } from '../types.ts';
import { escaped } from './escaped.ts';
import { drawTitle, svgSheet } from './svg-sheet.ts';
import { wrapped } from './wrapped-text.ts';
import { INK } from './zone-style.ts';

export interface DiagramNode {
  id: string;
  kind: 'source' | 'store' | 'use' | 'spill' | 'sea';
  /** Place along the river, from 0; row 0 flows in or out on the left, 1 lies on the river, 2 takes on the right. */
  column: number;
  row: number;
  name: LocalText;
  /** In the unit of the drawing; of stores the mean volume. */
  amount: number;
}

const WIDTH = 640;
const STEP = 74;
const BOX = { width: 176, height: 54 };
const WATER = '#1f6f9f';
/** Boxes differ by their outline as well as by their colour. */
const STYLES: Record<DiagramNode['kind'], { fill: string; dash: string; round: number }> = {
  source: { fill: '#e3f1f8', dash: '', round: 24 },
  store: { fill: '#cfe3f1', dash: '', round: 0 },
  use: { fill: '#eef4e2', dash: '', round: 6 },
  spill: { fill: '#f6f0e4', dash: '5 4', round: 6 },
  sea: { fill: '#bcd9ea', dash: '', round: 24 },
};

export function riverDiagram(
  nodes: readonly DiagramNode[],
  { lang, title, description, unit }: { lang: Lang; title: string; description: string; unit: string },
): string {
  const head = drawTitle(title, WIDTH, { size: 16, margin: 16 });
  const top = head.height + 28;
  const last = nodes.reduce((most, { column }) => Math.max(most, column), 0);
  const height = top + last * STEP + BOX.height + 24;
  const middle = WIDTH / 2;
  const at = ({ column, row }: DiagramNode): { x: number; y: number } => ({
    x: row === 1 ? middle : row === 0 ? 16 + BOX.width / 2 : WIDTH - 16 - BOX.width / 2,
    y: top + column * STEP + BOX.height / 2,
  });
  const trunk = `<line x1="${middle}" y1="${top}" x2="${middle}" y2="${top + last * STEP + BOX.height / 2}" stroke="${WATER}" stroke-width="6"/>`;
  const ways = nodes.filter(({ row }) => row !== 1).map((node) => wayOf(node, at(node), middle));
  return svgSheet({
    id: 'river',
    title,
    lang,
    width: WIDTH,
    height,
    description,
    body: [head.svg, trunk, ...ways, ...nodes.map((node) => boxOf(node, at(node), lang, unit))].join(''),
  });
}

/** The water between a node and the river, with a head that says which way it runs. */
function wayOf({ kind }: DiagramNode, { x, y }: { x: number; y: number }, middle: number): string {
  const edge = x < middle ? x + BOX.width / 2 : x - BOX.width / 2;
  const [from, to] = kind === 'source' ? [edge, middle] : [middle, edge];
  const back = to > from ? -9 : 9;
  return (
    `<line x1="${from}" y1="${y}" x2="${to}" y2="${y}" stroke="${WATER}" stroke-width="3"/>` +
    `<path d="M${to} ${y}l${back} -6v12z" fill="${WATER}"/>`
  );
}

function boxOf({ kind, name, amount }: DiagramNode, { x, y }: { x: number; y: number }, lang: Lang, unit: string): string {
  const { fill, dash, round } = STYLES[kind];
  const words = wrapped(pick(name, lang), BOX.width - 16, 13);
  const lines = [...words.slice(0, 2), `${number(lang, amount, amount >= 10 ? 1 : 2)} ${unit}`];
  const size = lines.length > 2 ? 12 : 13;
  const start = y - ((lines.length - 1) * (size + 3)) / 2 + size / 2 - 2;
  return [
    `<rect x="${x - BOX.width / 2}" y="${y - BOX.height / 2}" width="${BOX.width}" height="${BOX.height}" rx="${round}" fill="${fill}" stroke="${WATER}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`,
    ...lines.map(
      (line, i) =>
        `<text x="${x}" y="${start + i * (size + 3)}" font-size="${size}" text-anchor="middle" fill="${INK}"${i === lines.length - 1 ? ' font-weight="700"' : ''}>${escaped(line)}</text>`,
    ),
  ].join('');
}
