/** What was written without a connection: what, where, when, and what stands in its way. */
import { useEffect, useId, useState } from 'preact/hooks';
import { sendAgain, sendUnsent, throwAway, unsent } from '../outbox.ts';
import { sendDrafts, drafts as unsentDrafts } from '../outbox-drafts.ts';
import type { Waiting } from '../outbox-store.ts';
import { moment } from '../parts/moment.ts';
import { siteName } from '../site-names.ts';
import { named, say } from '../words.ts';
import { sectionHref } from './review-address.ts';
import './outbox.css';

export function Outbox() {
  const [waiting, drafts] = [unsent.value, unsentDrafts.value];
  document.title = `${say('outbox.title')} · Saryarka`;
  useEffect(() => void sendDrafts(), []);
  return (
    <>
      <h1>{say('outbox.title')}</h1>
      <p class="lead">{say('outbox.about')}</p>
      {waiting.length + drafts.length === 0 ? <p role="status">{say('outbox.none')}</p> : null}
      {waiting.some(({ state }) => state === 'waiting') ? (
        <button type="button" onClick={() => void sendUnsent()}>
          {say('outbox.send')}
        </button>
      ) : null}
      <ol class="outbox">
        {waiting.map((one) => (
          <Item key={one.id} one={one} />
        ))}
        {drafts.map(({ site, section, lang, draft }) => (
          <li key={`${site} ${section} ${lang}`}>
            <h2>{say('outbox.answer', { section, language: say(`language.${lang}`) })}</h2>
            <p class="hint">
              {named(siteName(site))} · {say(`outbox.state.${draft.conflict ? 'conflict' : 'waiting'}`)}
            </p>
            <p class="said">{draft.text}</p>
            <a class="button" href={sectionHref(site, section, lang)}>
              {say('outbox.open')}
            </a>
          </li>
        ))}
      </ol>
    </>
  );
}

function Item({ one }: { one: Waiting }) {
  const [edited, setEdited] = useState(false);
  const site = /^\/api\/sites\/([^/]+)/.exec(one.path)?.[1];
  const drop = (): void => {
    if (confirm(say('outbox.really-throw'))) void throwAway(one);
  };
  return (
    <li>
      <h2>{one.offline.title}</h2>
      <p class="hint">
        <a href={one.page}>{site === undefined ? one.page : named(siteName(decodeURIComponent(site)))}</a> ·{' '}
        {say('outbox.written', { when: moment(one.when) })} · <strong>{say(`outbox.state.${one.state}`)}</strong>
      </p>
      {one.why === '' ? null : (
        <p class="finding error" role="alert">
          {one.why}
        </p>
      )}
      {edited ? <Correction one={one} onDone={() => setEdited(false)} /> : <Written one={one} />}
      {edited ? null : (
        <p class="actions">
          {one.state === 'conflict' ? (
            <>
              <button type="button" class="main" onClick={() => void sendAgain(one)}>
                {say('outbox.keep-mine')}
              </button>
              <button type="button" onClick={() => void throwAway(one)}>
                {say('outbox.take-theirs')}
              </button>
            </>
          ) : null}
          {one.state === 'refused' ? (
            <button type="button" onClick={() => void sendAgain(one)}>
              {say('outbox.again')}
            </button>
          ) : null}
          {fieldsOf(one.body).length > 0 ? (
            <button type="button" onClick={() => setEdited(true)}>
              {say('outbox.edit')}
            </button>
          ) : null}
          {one.state === 'conflict' ? null : (
            <button type="button" class="plain" onClick={drop}>
              {say('outbox.throw-away')}
            </button>
          )}
        </p>
      )}
    </li>
  );
}

/** What was written, beside what somebody else stored meanwhile. */
function Written({ one }: { one: Waiting }) {
  const labels = labelsOf(one);
  const theirs = one.state === 'conflict' ? new Map(fieldsOf(one.stored?.value)) : null;
  const mine = new Map(fieldsOf(one.body));
  const names = [...new Set([...mine.keys(), ...(theirs?.keys() ?? [])])].filter(
    (name) => textOf(mine.get(name)) !== '' || textOf(theirs?.get(name)) !== '',
  );
  if (theirs !== null && one.stored?.value === null) return <p>{say('outbox.removed')}</p>;
  if (names.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: what scrolls must be reached by keyboard
    <div class="scroll" role="group" aria-label={one.offline.title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('outbox.field')}</th>
            <th scope="col">{say('outbox.mine')}</th>
            {theirs === null ? null : <th scope="col">{say('outbox.theirs')}</th>}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const [own, stored] = [textOf(mine.get(name)), textOf(theirs?.get(name))];
            const differs = theirs !== null && own !== stored;
            return (
              <tr key={name} class={differs ? 'differs' : undefined}>
                <th scope="row">
                  {labels.get(name) ?? name}
                  {differs ? <small> – {say('outbox.differs')}</small> : null}
                </th>
                <td>{own === '' ? '–' : own}</td>
                {theirs === null ? null : <td>{stored === '' ? '–' : stored}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The fields as text: the server reads them as it reads those of a sheet. What is not touched goes as it was. */
function Correction({ one, onDone }: { one: Waiting; onDone(): void }) {
  const labels = labelsOf(one);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const id = useId();
  return (
    <form
      aria-label={say('outbox.form')}
      onSubmit={(event) => {
        event.preventDefault();
        void sendAgain(one, corrected(one.body, typed)).then(onDone);
      }}
    >
      {fieldsOf(one.body).map(([name, value]) => {
        const fault = one.faults.find(({ field }) => field === name)?.message;
        return (
          <p key={name} class="field">
            <label for={`${id}${name}`}>{labels.get(name) ?? name}</label>
            <textarea
              id={`${id}${name}`}
              rows={name === 'text' ? 6 : 1}
              value={typed[name] ?? textOf(value)}
              aria-invalid={fault !== undefined}
              aria-describedby={fault === undefined ? undefined : `${id}${name}-fault`}
              onInput={({ currentTarget: { value: next } }) => setTyped((known) => ({ ...known, [name]: next }))}
            />
            {fault === undefined ? null : <small id={`${id}${name}-fault`}>{fault}</small>}
          </p>
        );
      })}
      <p class="actions">
        <button type="submit" class="main">
          {say('outbox.form')}
        </button>
        <button type="button" onClick={onDone}>
          {say('web.cancel')}
        </button>
      </p>
    </form>
  );
}

/** What the fields are called in the language of today; as they were called when it was written, where that is not known. */
function labelsOf({ offline }: Waiting): ReadonlyMap<string, string> {
  return new Map([...Object.entries(offline.labels ?? {}), ['text', say('outbox.text')]]);
}

/** Fields that a person has filled: those of a record, or the text of a comment. */
function fieldsOf(body: unknown): [string, unknown][] {
  const { values, text } = (body ?? {}) as { values?: Record<string, unknown>; text?: unknown };
  if (values !== undefined) return Object.entries(values);
  return typeof text === 'string' ? [['text', text]] : [];
}

function corrected(body: unknown, typed: Readonly<Record<string, string>>): unknown {
  const { values, ...rest } = body as { values?: Record<string, unknown> };
  if (values === undefined) return { ...rest, ...typed };
  const filled = Object.entries(typed).map(([name, text]) => [name, text.trim() === '' ? null : text]);
  return { ...rest, values: { ...values, ...Object.fromEntries(filled) } };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join('; ') : String(value);
}
