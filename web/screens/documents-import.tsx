/** Documents and lists of references come in: dropped or chosen, one after another, each with what was recognised in it. */
import { useId, useState } from 'preact/hooks';
import type { DocumentImportReply } from '../../src/api/documents.ts';
import { sourceKinds } from '../../src/api/documents.ts';
import type { DocumentLine } from '../../src/api/evidence.ts';
import { Refusal, write } from '../api.ts';
import { Choice, Field } from '../parts/field.tsx';
import { figure, say } from '../words.ts';
import { formatName, languageName, shortened } from './documents-words.ts';

type Outcome = { file: string; reply: DocumentImportReply } | { file: string; refused: string };

const ACCEPT = '.pdf,.docx,.html,.htm,.txt,.md,.markdown,.json,.bib,.ris';

export function DocumentImport({ lines }: { lines: readonly DocumentLine[] }) {
  const file = useId();
  const [open, setOpen] = useState(lines.length === 0);
  const [about, setAbout] = useState({ kind: '', date: '', id: '' });
  const [busy, setBusy] = useState('');
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const set = (key: keyof typeof about) => (value: string) => setAbout({ ...about, [key]: value });
  const take = async (files: FileList | null | undefined): Promise<void> => {
    if (busy !== '') return;
    setOutcomes([]);
    for (const one of [...(files ?? [])]) {
      setBusy(one.name);
      const outcome = await sent(one, about);
      setOutcomes((known) => [...known, outcome]);
    }
    setBusy('');
    setAbout({ ...about, id: '' });
  };
  return (
    <details class="evidence-import" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('web.documents.import')}</summary>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: files can be chosen by keyboard in the field within */}
      <div
        class="drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void take(event.dataTransfer?.files);
        }}
      >
        <p class="hint">{say('web.documents.import-about')}</p>
        <div class="evidence-filters">
          <Choice
            label={say('web.documents.kind-title')}
            value={about.kind}
            choices={[
              { value: '', text: say('web.documents.unknown') },
              ...sourceKinds.map((value) => ({ value, text: say(`web.documents.kind.${value}`) })),
            ]}
            onValue={set('kind')}
          />
          <Field label={say('web.documents.import-date')} value={about.date} onValue={set('date')} spellcheck={false} />
          {lines.length === 0 ? null : (
            <Choice
              label={say('web.documents.import-into')}
              value={about.id}
              choices={[
                { value: '', text: say('web.documents.import-new') },
                ...lines.map(({ id, title }) => ({ value: id, text: shortened(title, 60) })),
              ]}
              onValue={set('id')}
            />
          )}
        </div>
        <p>
          <label for={file}>{say('web.documents.choose')}</label>{' '}
          <input
            id={file}
            type="file"
            multiple
            accept={ACCEPT}
            disabled={busy !== ''}
            onChange={({ currentTarget }) => {
              void take(currentTarget.files).then(() => {
                currentTarget.value = '';
              });
            }}
          />
        </p>
      </div>
      <p role="status">{busy === '' ? '' : say('web.documents.reading', { file: busy })}</p>
      {outcomes.map((outcome, i) => (
        <Told key={i} outcome={outcome} />
      ))}
    </details>
  );
}

async function sent(file: File, { kind, date, id }: { kind: string; date: string; id: string }): Promise<Outcome> {
  const query = new URLSearchParams({ name: file.name });
  for (const [key, value] of Object.entries({ kind, date: date.trim(), id })) if (value !== '') query.set(key, value);
  try {
    const { reply } = await write<DocumentImportReply>('post', `/api/documents?${query}`, file);
    return { file: file.name, reply };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { file: file.name, refused: error.message };
  }
}

function Told({ outcome }: { outcome: Outcome }) {
  if ('refused' in outcome)
    return (
      <p class="finding error" role="alert">
        {outcome.refused}
      </p>
    );
  const { reply } = outcome;
  if (reply.what === 'references') {
    const count = (wanted: string): number => reply.references.filter(({ outcome: one }) => one === wanted).length;
    return (
      <div class="finding" role="status">
        <p>
          <strong>{reply.file}</strong>:{' '}
          {say('web.documents.told-references', { added: count('added'), changed: count('changed'), same: count('same') })}
        </p>
        {reply.skipped.length === 0 ? null : (
          <ul>
            {reply.skipped.map(({ line, found }) => (
              <li key={line}>{say('web.documents.told-skipped', { line, found: shortened(found, 80) })}</li>
            ))}
          </ul>
        )}
      </div>
    );
  }
  const what = reply.outcome === 'duplicate' ? `duplicate-${reply.by}` : reply.outcome;
  return (
    <div class={reply.outcome === 'duplicate' ? 'finding question' : 'finding'} role="status">
      <p>
        <strong>{reply.file}</strong>: <a href={`/documents/${encodeURIComponent(reply.id)}`}>{reply.title}</a>{' '}
        {say(`web.documents.told-${what}`)}
      </p>
      <ul>
        <li>
          {say('web.documents.told-read', {
            format: formatName(reply.format),
            length: reply.length,
            pages: reply.pages === null ? '–' : figure(reply.pages),
            lang: reply.lang === null ? '–' : languageName(reply.lang),
            date: reply.date ?? '–',
          })}
        </li>
        {reply.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        {reply.passages.map(({ id, outcome: moved, quote }) => (
          <li key={id}>{say(`web.documents.moved.${moved}`, { quote: shortened(quote) })}</li>
        ))}
      </ul>
    </div>
  );
}
