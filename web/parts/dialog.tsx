/** A question that has to be answered before anything else: focus stays in it, Escape closes it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { say } from '../words.ts';

export function Dialog({ title, onClose, children }: { title: string; onClose(): void; children: ComponentChildren }) {
  const frame = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    frame.current?.showModal();
  }, []);
  return (
    <dialog ref={frame} aria-labelledby={heading} onClose={onClose}>
      <header>
        <h2 id={heading}>{title}</h2>
        <button type="button" class="plain" onClick={() => frame.current?.close()} aria-label={say('web.close')}>
          ×
        </button>
      </header>
      {children}
    </dialog>
  );
}
