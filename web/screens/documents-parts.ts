/**
 * A text as it is shown: cut into pages or parts, and each part into pieces by the passages that cover it. Places are code points of the
 * whole text, end excluded, as the server counts them.
 *
 *     const parts = partsOf(Array.from(text), pages);
 *     piecesOf(points, parts[0], [{ number: 1, start: 4, end: 9 }, { number: 2, start: 7, end: 12 }]);
 *     // [{ text: 'Ten ', numbers: [], … }, { text: 'res', numbers: [1], opens: [1], closes: [] }, { text: 'er', numbers: [1, 2], … }, …]
 */

export interface TextPart {
  start: number;
  end: number;
  /** `null` where the format has no pages. */
  page: number | null;
}

export interface Mark {
  number: number;
  start: number;
  end: number;
}

/** Words that are covered by the same passages. */
export interface Piece {
  text: string;
  start: number;
  numbers: number[];
  /** Passages that begin or end here. */
  opens: number[];
  closes: number[];
}

/** What one part holds where there are no pages [code points]. */
const PART = 6000;

/** Pages, or parts that end with a paragraph; those without a letter are left out. */
export function partsOf(points: readonly string[], pages: readonly number[] | null): TextPart[] {
  const parts: TextPart[] =
    pages === null
      ? []
      : pages.map((start, i) => ({ start: i === 0 ? 0 : start, end: pages[i + 1] ?? points.length, page: i + 1 }));
  for (let start = 0; pages === null && start < points.length; ) {
    const end = endOfPart(points, start);
    parts.push({ start, end, page: null });
    start = end;
  }
  return parts.filter(({ start, end }) => points.slice(start, end).some((point) => point.trim() !== ''));
}

/** Behind the last paragraph, line or word that fits. */
function endOfPart(points: readonly string[], start: number): number {
  const most = start + PART;
  if (most >= points.length) return points.length;
  const isEnd = [
    (at: number) => points[at - 1] === '\n' && points[at - 2] === '\n',
    (at: number) => points[at - 1] === '\n',
    (at: number) => points[at - 1]?.trim() === '',
  ];
  for (const holds of isEnd) for (let at = most; at > start + PART / 2; at--) if (holds(at)) return at;
  return most;
}

/** The part in which a place lies. */
export function partAt(parts: readonly TextPart[], place: number): number {
  return Math.max(
    0,
    parts.findLastIndex(({ start }) => start <= place),
  );
}

/** The text of a part, cut wherever a passage begins or ends. */
export function piecesOf(points: readonly string[], part: TextPart, marks: readonly Mark[]): Piece[] {
  const here = marks.filter(({ start, end }) => start < part.end && end > part.start);
  const cuts = new Set([part.start, part.end]);
  for (const { start, end } of here) for (const at of [start, end]) if (at > part.start && at < part.end) cuts.add(at);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, i) => {
    const end = places[i + 1] ?? part.end;
    const over = here.filter((mark) => mark.start < end && mark.end > start);
    return {
      text: points.slice(start, end).join(''),
      start,
      numbers: over.map(({ number }) => number),
      opens: over.filter((mark) => mark.start === start).map(({ number }) => number),
      closes: over.filter((mark) => mark.end === end).map(({ number }) => number),
    };
  });
}

/** From a place in a part as the browser counts it [UTF-16 units] to one of the text [code points]. */
export function placeIn(part: TextPart, text: string, units: number): number {
  return part.start + Array.from(text.slice(0, units)).length;
}

/** A selection without the white space round it; `null` where nothing is left. */
export function trimmed(
  points: readonly string[],
  { start, end }: { start: number; end: number },
): { start: number; end: number } | null {
  let chosen = { start, end };
  while (chosen.start < chosen.end && points[chosen.start]?.trim() === '') chosen = { ...chosen, start: chosen.start + 1 };
  while (chosen.start < chosen.end && points[chosen.end - 1]?.trim() === '') chosen = { ...chosen, end: chosen.end - 1 };
  return chosen.start < chosen.end ? chosen : null;
}
