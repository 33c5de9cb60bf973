/** Codes for a passage: of what is selected in the text, or of words that are written here and looked for. */
import type { Ref } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { CodeShown } from '../../src/api/evidence.ts';
import { write } from '../api.ts';
import { Field } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { session } from '../session.ts';
import { say } from '../words.ts';
import { CodePicker } from './coding-picker.tsx';
import type { Chosen } from './documents-reader.tsx';
import { shortened } from './documents-words.ts';

/** Whoever codes on a machine of their own has no name there; the one they gave last is remembered. */
const CODER = 'coder';

interface FormProps {
  frame: Ref<HTMLFormElement>;
  path: string;
  codes: readonly CodeShown[];
  chosen: Chosen | null;
  onDone(): void;
}

export function CodingForm({ frame, path, codes, chosen, onDone }: FormProps) {
  const [quote, setQuote] = useState('');
  const [picked, setPicked] = useState<string[]>([]);
  const [memo, setMemo] = useState('');
  const [coder, setCoder] = useState(() => localStorage.getItem(CODER) ?? '');
  const [saved, setSaved] = useState('');
  const words = useId();
  const nameless = session.value?.mode === 'local';
  const [start, end] = [chosen?.start, chosen?.end];
  // what is selected anew stands in the field
  useEffect(() => {
    if (chosen !== null) setQuote(chosen.quote);
  }, [start, end]);
  const placed = chosen !== null && chosen.quote === quote;
  const ready = quote.trim() !== '' && picked.length > 0;
  const task = useTask(async () => {
    setSaved('');
    await write('post', `${path}/codings`, {
      at: placed ? { start: chosen.start, end: chosen.end } : { quote: quote.trim() },
      codes: picked,
      ...(memo.trim() !== '' && { memo: memo.trim() }),
      ...(nameless && coder.trim() !== '' && { coder: coder.trim() }),
    });
    if (nameless) localStorage.setItem(CODER, coder.trim());
    setSaved(shortened(quote, 60));
    setQuote('');
    setPicked([]);
    setMemo('');
    onDone();
  });
  return (
    <form class="coding-form" ref={frame} onSubmit={task.submit} aria-labelledby={`${words}-title`}>
      <h2 id={`${words}-title`}>{say('web.coding.new')}</h2>
      <p class="field">
        <label for={words}>{say('web.coding.quote')}</label>
        <textarea
          id={words}
          rows={3}
          value={quote}
          aria-describedby={`${words}-about`}
          onInput={(event) => setQuote(event.currentTarget.value)}
        />
        <small id={`${words}-about`} class="hint">
          {placed ? say('web.coding.chosen', { count: chosen.end - chosen.start }) : say('web.coding.quote-about')}
        </small>
      </p>
      <CodePicker codes={codes} chosen={picked} onChange={setPicked} />
      <p class="field">
        <label for={`${words}-memo`}>{say('web.coding.memo')}</label>
        <textarea id={`${words}-memo`} rows={2} value={memo} onInput={(event) => setMemo(event.currentTarget.value)} />
      </p>
      {nameless ? (
        <Field
          label={say('web.coding.coder')}
          value={coder}
          onValue={setCoder}
          hint={say('web.coding.coder-about')}
          maxLength={200}
        />
      ) : null}
      <p>
        <button type="submit" class="main" disabled={task.busy || !ready}>
          {say('web.coding.save')}
        </button>
        {ready ? null : <small class="hint"> {say('web.coding.need')}</small>}
      </p>
      <Told task={task} done={say('web.coding.saved', { quote: saved })} />
    </form>
  );
}
