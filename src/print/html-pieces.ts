/**
 * Parts of a document, each as a piece of HTML for a page of its own: tables and figures keep the numbers that they have in
 * the whole, and what stands in another part is referred to at its address.
 *
 *     const html = renderPieces([{ id: 'II.1', blocks, notes }], 'kk', { hrefOf: (id) => `/sites/almaty/review/${id}` });
 *     html.get('II.1');
 */
import { escaped } from '../drawing/escaped.ts';
import { t } from '../i18n/index.ts';
import type { Id, Lang } from '../types.ts';
import type { Block } from './blocks.ts';
import { noteList, render } from './html.ts';
import { drawings } from './html-drawing.ts';
import { references } from './references.ts';

/** A part with footnotes of its own, numbered from 1. */
export interface Piece {
  id: Id;
  blocks: Block[];
  notes: string[];
}

/** Before the names of places, so that they differ from those of the page around them. */
const PREFIX = 'p-';

/**
 * HTML by part; a part without blocks is empty. All text in it is escaped, and its drawings are ours.
 * @throws RangeError when a note, table or figure that is referred to is not there: a fault of ours.
 */
export function renderPieces(pieces: Piece[], lang: Lang, { hrefOf }: { hrefOf(id: Id): string }): Map<Id, string> {
  const refer = references(
    pieces.flatMap(({ blocks }) => blocks),
    lang,
  );
  const home = new Map<string, Id>();
  for (const { id, blocks } of pieces) {
    for (const block of blocks) {
      const anchor = refer.anchor(block);
      if (anchor !== null) home.set(anchor, id);
    }
  }
  return new Map(
    pieces.map(({ id, blocks, notes }): [Id, string] => {
      const pageOf = (anchor: string): string => {
        const place = home.get(anchor);
        return place === undefined || place === id ? '' : hrefOf(place);
      };
      const page = { lang, refer, notes: notes.length, prefix: PREFIX, pageOf, inline: drawings() };
      const label = escaped(t(lang, 'review.notes'));
      const end = notes.length === 0 ? [] : [`<section class="notes" aria-label="${label}">${noteList(notes, page)}</section>`];
      return [id, [...blocks.map((block) => render(block, page)), ...end].join('\n')];
    }),
  );
}
