/** The codebook: the tree of codes with what each means, to read, to change, to bring in and to take along. */
import { useEffect, useId, useState } from 'preact/hooks';
import type { CodeBody, CodeReply, CodesImported } from '../../src/api/codes.ts';
import type { CodeShown } from '../../src/api/evidence.ts';
import { Refusal, readVersioned, write } from '../api.ts';
import { Field } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { may } from '../session.ts';
import { lang, named, say } from '../words.ts';
import { CodeForm } from './codes-form.tsx';
import { type CodeLine, codeLines, fits } from './codes-tree.ts';
import { EvidenceMenu } from './documents-menu.tsx';
import './documents.css';

/** A code under change; without an id a new one. */
export interface Edited {
  id: string | null;
  body: CodeBody;
  version: string | null;
}

const EMPTY: CodeBody = {
  parent: null,
  name: {},
  definition: {},
  inclusion: {},
  exclusion: {},
  example: {},
  colour: null,
  codable: true,
};

export function Codes() {
  const codes = useResource<CodeShown[]>('/api/codes');
  useEffect(() => {
    document.title = `${say('web.codes.title')} · Saryarka`;
  });
  return (
    <>
      <h1>{say('web.codes.title')}</h1>
      <p class="lead">{say('web.codes.lead')}</p>
      <EvidenceMenu here="codes" />
      {codes.value === null ? <Waiting resource={codes} /> : <Book codes={codes.value} />}
    </>
  );
}

function Book({ codes }: { codes: readonly CodeShown[] }) {
  const [words, setWords] = useState('');
  const [edited, setEdited] = useState<Edited | null>(null);
  const [told, setTold] = useState('');
  const lines = codeLines(codes);
  const shown = words.trim() === '' ? lines : lines.filter((code) => fits(code, words.trim()));
  const writes = may('contributor', null);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setTold('');
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setTold(error.message);
    }
  };
  const edit = (id: string): Promise<void> =>
    attempt(async () => {
      const { reply, version } = await readVersioned<CodeReply>(`/api/codes/${encodeURIComponent(id)}`);
      const { id: _, ...body } = reply;
      setEdited({ id, body, version });
    });
  const remove = (code: CodeLine): Promise<void> =>
    attempt(async () => {
      if (confirm(say('web.codes.remove-sure', { name: named(code.name) })))
        await write('delete', `/api/codes/${encodeURIComponent(code.id)}`);
    });
  return (
    <>
      {writes ? <Bring empty={codes.length === 0} /> : null}
      {codes.length === 0 ? <p>{say('web.codes.none')}</p> : null}
      <div class="evidence-filters">
        {codes.length === 0 ? null : <Field label={say('web.codes.search')} value={words} onValue={setWords} />}
        {writes ? (
          <p>
            <button type="button" onClick={() => setEdited({ id: null, body: EMPTY, version: null })}>
              {say('web.codes.add')}
            </button>
          </p>
        ) : null}
      </div>
      <p role="status">{codes.length === 0 ? '' : say('web.codes.counts', { count: shown.length })}</p>
      {told === '' ? null : (
        <p class="finding error" role="alert">
          {told}
        </p>
      )}
      <ul class="code-tree" aria-label={say('web.codes.tree')}>
        {shown.map((code) => (
          <Code
            key={code.id}
            code={code}
            onEdit={writes ? () => void edit(code.id) : null}
            onBelow={writes ? () => setEdited({ id: null, body: { ...EMPTY, parent: code.id }, version: null }) : null}
            onRemove={may('editor', null) ? () => void remove(code) : null}
          />
        ))}
      </ul>
      {codes.length === 0 ? null : (
        <p>
          {say('web.codes.export')}:{' '}
          <a href={`/api/codes.qdc?lang=${lang.value}`} download>
            .qdc
          </a>{' '}
          ·{' '}
          <a href="/api/codes.json" download>
            JSON
          </a>
        </p>
      )}
      {edited === null ? null : <CodeForm edited={edited} codes={codes} onClose={() => setEdited(null)} />}
    </>
  );
}

interface CodeProps {
  code: CodeLine;
  onEdit: (() => void) | null;
  onBelow: (() => void) | null;
  onRemove: (() => void) | null;
}

function Code({ code, onEdit, onBelow, onRemove }: CodeProps) {
  const name = named(code.name) || code.id;
  return (
    <li class={`depth-${Math.min(code.depth, 4)}`}>
      <details>
        <summary>
          <span class="swatch" style={code.colour === null ? undefined : { background: code.colour }} aria-hidden="true" /> {name}{' '}
          <small>
            {code.codable ? '' : `${say('web.codes.groups')} `}
            {code.codings === 0 ? '' : say('web.codes.given', { count: code.codings })}
          </small>
        </summary>
        <dl>
          {(['definition', 'inclusion', 'exclusion', 'example'] as const).map((part) => {
            const text = named(code[part]);
            return text === '' ? null : (
              <div key={part}>
                <dt>{say(`web.codes.${part}`)}</dt>
                <dd>{text}</dd>
              </div>
            );
          })}
        </dl>
        <p class="passage-do">
          {onEdit === null ? null : (
            <button type="button" class="plain" onClick={onEdit}>
              {say('web.codes.edit')}
            </button>
          )}
          {onBelow === null ? null : (
            <button type="button" class="plain" onClick={onBelow}>
              {say('web.codes.add-below', { name })}
            </button>
          )}
          {onRemove === null ? null : (
            <button type="button" class="plain" onClick={onRemove}>
              {say('web.codes.remove')}
            </button>
          )}
        </p>
      </details>
    </li>
  );
}

/** The codebook that ships, by one button, and codes of a file. */
function Bring({ empty }: { empty: boolean }) {
  const file = useId();
  const [imported, setImported] = useState<CodesImported | null>(null);
  const [chosen, setChosen] = useState<File | null>(null);
  const ready = useTask(async () => setImported((await write<CodesImported>('post', '/api/codes/shipped')).reply));
  const sent = useTask(async () => {
    if (chosen === null) return;
    const path = `/api/code-files?name=${encodeURIComponent(chosen.name)}`;
    setImported((await write<CodesImported>('post', path, chosen)).reply);
  });
  useEffect(() => {
    if (chosen !== null) void sent.run();
  }, [chosen]);
  const refusal = ready.refusal ?? sent.refusal;
  return (
    <section class="evidence-import" aria-label={say('web.codes.shipped')}>
      <p>
        <button type="button" class={empty ? 'main' : undefined} disabled={ready.busy} onClick={() => void ready.run()}>
          {say('web.codes.shipped')}
        </button>{' '}
        <small>{say('web.codes.shipped-about')}</small>
      </p>
      {may('editor', null) ? (
        <p>
          <label for={file}>{say('web.codes.file')}</label>{' '}
          <input
            id={file}
            type="file"
            accept=".qdc,.json,.xml"
            onChange={({ currentTarget }) => setChosen(currentTarget.files?.[0] ?? null)}
          />
        </p>
      ) : null}
      {refusal === null ? null : (
        <p class="finding error" role="alert">
          {refusal.message}
        </p>
      )}
      <div role="status">
        {imported === null ? null : (
          <>
            <p>{say('web.codes.imported', { added: imported.added, changed: imported.changed, same: imported.same })}</p>
            <ul>
              {imported.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
