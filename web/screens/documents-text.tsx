/**
 * A part of a text with its passages. Words are selected with the mouse or a finger where they stand, or with the keyboard in a field
 * that holds the same text and cannot be changed.
 */
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { say } from '../words.ts';
import { type Mark, type Piece, piecesOf, placeIn, type TextPart } from './documents-parts.ts';

interface PartTextProps {
  points: readonly string[];
  part: TextPart;
  marks: readonly Mark[];
  lang: string | null;
  mayCode: boolean;
  onChoose(place: { start: number; end: number }): void;
}

export function PartText({ points, part, marks, lang, mayCode, onChoose }: PartTextProps) {
  const [byHand, setByHand] = useState(false);
  const toggle = useId();
  const text = useMemo(() => points.slice(part.start, part.end).join(''), [points, part]);
  const spoken = lang === null ? {} : { lang };
  return (
    <>
      {mayCode ? (
        <>
          <p class="hint">{say(byHand ? 'web.documents.by-hand-about' : 'web.documents.text-about')}</p>
          <p class="field">
            <input id={toggle} type="checkbox" checked={byHand} onChange={(event) => setByHand(event.currentTarget.checked)} />{' '}
            <label for={toggle}>{say('web.documents.by-hand')}</label>
          </p>
        </>
      ) : null}
      {byHand ? (
        <TextField text={text} part={part} spoken={spoken} onChoose={onChoose} />
      ) : (
        <Marked pieces={piecesOf(points, part, marks)} text={text} part={part} spoken={spoken} onChoose={onChoose} />
      )}
    </>
  );
}

interface ShownProps {
  text: string;
  part: TextPart;
  spoken: { lang?: string };
  onChoose(place: { start: number; end: number }): void;
}

/** The text itself is all that stands within, so that a selection can be counted; brackets and numbers are drawn by the style. */
function Marked({ pieces, text, part, spoken, onChoose }: ShownProps & { pieces: readonly Piece[] }) {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const look = (): void => {
      const [own, selection] = [frame.current, getSelection()];
      if (own === null || selection === null || selection.isCollapsed || selection.rangeCount === 0) return;
      const range = selection.getRangeAt(0);
      if (!own.contains(range.startContainer) || !own.contains(range.endContainer)) return;
      const before = document.createRange();
      before.selectNodeContents(own);
      before.setEnd(range.startContainer, range.startOffset);
      const from = before.toString().length;
      const to = from + range.toString().length;
      onChoose({ start: placeIn(part, text, from), end: placeIn(part, text, to) });
    };
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="document-text" ref={frame} tabIndex={0} aria-label={say('web.documents.text')} {...spoken}>
      {pieces.map(({ text: words, start, numbers, opens, closes }) =>
        numbers.length === 0 ? (
          <span key={start}>{words}</span>
        ) : (
          <mark
            key={start}
            id={opens.length === 0 ? undefined : `passage-${opens.at(-1)}`}
            tabIndex={-1}
            class={numbers.length > 1 ? 'several' : undefined}
            data-opens={opens.map((number) => `[${number} `).join('')}
            data-closes={closes.map((number) => ` ${number}]`).join('')}
          >
            {words}
          </mark>
        ),
      )}
    </section>
  );
}

function TextField({ text, part, spoken, onChoose }: ShownProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const look = (): void => {
    const own = field.current;
    if (own === null || own.selectionStart === own.selectionEnd) return;
    onChoose({ start: placeIn(part, text, own.selectionStart), end: placeIn(part, text, own.selectionEnd) });
  };
  return (
    <textarea
      ref={field}
      class="document-text"
      aria-label={say('web.documents.text')}
      aria-readonly="true"
      rows={16}
      inputMode="none"
      spellcheck={false}
      value={text}
      // a field that is read only has no caret in every browser
      onBeforeInput={(event) => event.preventDefault()}
      onPaste={(event) => event.preventDefault()}
      onDrop={(event) => event.preventDefault()}
      onInput={(event) => {
        event.currentTarget.value = text;
      }}
      onSelect={look}
      onKeyUp={look}
      {...spoken}
    />
  );
}
