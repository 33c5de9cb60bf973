/** A passage of a document is put to a claim: first the document, then the passage, and which way it speaks. */
import { useState } from 'preact/hooks';
import type { DocumentLine, DocumentShown } from '../../src/api/evidence.ts';
import { write } from '../api.ts';
import { Choice } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { useResource } from '../resource.ts';
import { say } from '../words.ts';
import { shortened } from './documents-words.ts';

export function AddPassage({ claim, taken }: { claim: string; taken: readonly string[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('web.claims.passage-add')}</summary>
      {open ? <Form claim={claim} taken={taken} onDone={() => setOpen(false)} /> : null}
    </details>
  );
}

function Form({ claim, taken, onDone }: { claim: string; taken: readonly string[]; onDone(): void }) {
  const documents = useResource<DocumentLine[]>('/api/documents');
  const [source, setSource] = useState('');
  const [passage, setPassage] = useState('');
  const [side, setSide] = useState('for');
  const read = useResource<DocumentShown>(source === '' ? null : `/api/documents/${encodeURIComponent(source)}`);
  const task = useTask(async () => {
    await write('put', `/api/claims/${encodeURIComponent(claim)}/passages/${encodeURIComponent(passage)}`, { side });
    onDone();
  });
  const coded = (documents.value ?? []).filter((one) => one.passages > 0);
  const passages = (read.value?.marked ?? []).filter(({ id }) => !taken.includes(id));
  const none = { value: '', text: say('web.coding.series-choose') };
  if (documents.value !== null && coded.length === 0) return <p>{say('web.claims.passage-none')}</p>;
  return (
    <form class="evidence-form" onSubmit={task.submit}>
      <Choice
        label={say('web.claims.passage-document')}
        value={source}
        choices={[none, ...coded.map(({ id, title }) => ({ value: id, text: shortened(title, 60) }))]}
        onValue={(value) => {
          setSource(value);
          setPassage('');
        }}
      />
      {source === '' ? null : (
        <Choice
          label={say('web.claims.passage-choice')}
          value={passage}
          choices={[
            none,
            ...passages.map(({ id, quote, page }, i) => ({
              value: id,
              text: `${page === null ? `[${i + 1}]` : say('web.documents.page', { page })}: ${shortened(quote, 80)}`,
            })),
          ]}
          onValue={setPassage}
        />
      )}
      <Choice
        label={say('web.claims.passage-side')}
        value={side}
        choices={(['for', 'against'] as const).map((value) => ({ value, text: say(`web.claims.passage-${value}`) }))}
        onValue={setSide}
      />
      <p>
        <button type="submit" disabled={passage === '' || task.busy}>
          {say('web.claims.passage-add')}
        </button>
      </p>
      <Told task={task} />
    </form>
  );
}
