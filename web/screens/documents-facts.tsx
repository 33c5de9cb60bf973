/** What a person says of a document: title, kind, licence, date, and what others may do with it. */
import { useId, useState } from 'preact/hooks';
import { type DocumentFactsBody, sourceKinds } from '../../src/api/documents.ts';
import type { DocumentShown } from '../../src/api/evidence.ts';
import { Refusal, readVersioned, write } from '../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { go } from '../router.ts';
import { say } from '../words.ts';

interface Read {
  facts: DocumentFactsBody;
  version: string | null;
}

export function DocumentFacts({ document }: { document: DocumentShown }) {
  const path = `/api/documents/${encodeURIComponent(document.id)}`;
  const [read, setRead] = useState<Read | null>(null);
  const [told, setTold] = useState('');
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setTold('');
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setTold(error.message);
    }
  };
  const open = (): Promise<void> =>
    attempt(async () => {
      const { reply, version } = await readVersioned<DocumentFactsBody>(`${path}/facts`);
      setRead({ facts: reply, version });
    });
  const remove = (): Promise<void> =>
    attempt(async () => {
      const { title, passages, codings } = document;
      if (!confirm(say('web.documents.remove-sure', { title, passages, codings }))) return;
      await write('delete', `${path}?force=yes`);
      go('/documents');
    });
  return (
    <>
      <p>
        <button type="button" onClick={() => void open()}>
          {say('web.documents.facts')}
        </button>{' '}
        <button type="button" class="plain" onClick={() => void remove()}>
          {say('web.documents.remove')}
        </button>
      </p>
      {told === '' ? null : (
        <p class="finding error" role="alert">
          {told}
        </p>
      )}
      {read === null ? null : <Change path={path} read={read} onClose={() => setRead(null)} />}
    </>
  );
}

function Change({ path, read: { facts: before, version }, onClose }: { path: string; read: Read; onClose(): void }) {
  const [facts, setFacts] = useState(before);
  const task = useTask(async () => {
    await write('put', `${path}/facts`, facts, { version });
    onClose();
  });
  const set = (part: Partial<DocumentFactsBody>): void => setFacts({ ...facts, ...part });
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return (
    <Dialog title={say('web.documents.facts-title', { title: before.title })} onClose={onClose}>
      <form class="evidence-form" onSubmit={task.submit}>
        <Field label={say('web.documents.name')} value={facts.title} onValue={(title) => set({ title })} required />
        <Choice
          label={say('web.documents.kind-title')}
          value={facts.kind}
          choices={sourceKinds.map((value) => ({ value, text: say(`web.documents.kind.${value}`) }))}
          onValue={(kind) => set({ kind: kind as DocumentFactsBody['kind'] })}
        />
        <Field label={say('web.documents.date')} value={facts.date ?? ''} onValue={(date) => set({ date: orNull(date) })} />
        <Field
          label={`${say('web.documents.lang-title')} (kk, ru, en, tr …)`}
          value={facts.lang ?? ''}
          onValue={(lang) => set({ lang: orNull(lang) })}
        />
        <Field
          label={say('web.documents.licence')}
          value={facts.licence ?? ''}
          onValue={(licence) => set({ licence: licence === '' ? null : licence })}
        />
        <Field
          label={say('web.documents.href')}
          value={facts.href ?? ''}
          onValue={(href) => set({ href: orNull(href) })}
          spellcheck={false}
        />
        {(['may-quote', 'may-store'] as const).map((key) => (
          <Right
            key={key}
            label={say(`web.documents.${key}`)}
            about={say(`web.documents.${key === 'may-quote' ? 'quote' : 'store'}-about`)}
            checked={key === 'may-quote' ? facts.mayQuote : facts.mayStore}
            onChange={(yes) => set(key === 'may-quote' ? { mayQuote: yes } : { mayStore: yes })}
          />
        ))}
        <p>
          <button type="submit" class="main" disabled={task.busy}>
            {say('web.save')}
          </button>
        </p>
        <Told task={task} />
      </form>
    </Dialog>
  );
}

interface RightProps {
  label: string;
  about: string;
  checked: boolean;
  onChange(yes: boolean): void;
}

function Right({ label, about, checked, onChange }: RightProps) {
  const id = useId();
  return (
    <p class="field">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />{' '}
      <label for={id}>{label}</label> <small id={`${id}-about`}>{about}</small>
    </p>
  );
}
