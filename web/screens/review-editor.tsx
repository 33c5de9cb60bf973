/** The text of a section: typed as plain paragraphs, sent by itself, with what stood there before and what stands in other languages. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnswerReply, AnswerText, ReviewOutline, ReviewSectionReply } from '../../src/api/review.ts';
import { online, Refusal, readVersioned, write } from '../api.ts';
import { may, session } from '../session.ts';
import { day, say } from '../words.ts';
import { answerPath } from './review-address.ts';
import { type Autosave, autosave, type Stored } from './review-autosave.ts';
import { FigureSearch } from './review-claims.tsx';
import type { Draft, Place } from './review-drafts.ts';
import { ReviewHistory } from './review-history.tsx';
import { MergeView } from './review-merge.tsx';
import { offered } from './review-questions.tsx';
import { author, draftsChanged, ownDrafts } from './review-unsent.tsx';

export function ProseEditor({ outline, own }: { outline: ReviewOutline; own: ReviewSectionReply }) {
  const site = outline.site.id;
  const written = own.answers.find((answer) => answer.lang === own.in);
  const others = own.answers.filter((answer) => answer.lang !== own.in);
  return (
    <section class="prose" aria-labelledby="prose-title">
      <h3 id="prose-title">{say('review-page.prose', { language: say(`language.${own.in}`) })}</h3>
      {may('contributor', site) ? <Editor site={site} own={own} written={written} /> : <Paragraphs of={written} />}
      {others.length === 0 ? null : (
        <details open={written === undefined}>
          <summary>{say('review-page.other-languages', { count: others.length })}</summary>
          <div class="beside">
            {others.map((answer) => (
              <section key={answer.lang} aria-label={say(`language.${answer.lang}`)}>
                <h4>{say(`language.${answer.lang}`)}</h4>
                <Paragraphs of={answer} />
              </section>
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

/** A text as it stands, with who wrote it when. */
function Paragraphs({ of }: { of: AnswerText | undefined }) {
  if (of === undefined) return <p class="hint">{say('review-page.nothing-written')}</p>;
  return (
    <>
      <div class="written" lang={of.lang}>
        {of.text}
      </div>
      <p class="hint">{signature(of)}</p>
    </>
  );
}

function signature({ author: by, written, confidential }: AnswerText): string {
  const text = say('review.written-by', { author: by, date: day(written) });
  return confidential ? `${text} · ${say('review.confidential-mark')}` : text;
}

function Editor({ site, own, written }: { site: string; own: ReviewSectionReply; written: AnswerText | undefined }) {
  const [editor, setEditor] = useState<Autosave | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  // opened once for each section and language, and again when asked to
  useEffect(() => {
    let made: Autosave | null = null;
    let left = false;
    open(site, own).then(
      (opened) => {
        made = opened;
        if (left) opened?.dispose();
        else if (opened === null) setTold(say('review-page.locked'));
        else setEditor(opened);
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        if (!left) setTold(say('web.failed', { why: error.message }));
      },
    );
    return () => {
      left = true;
      made?.dispose();
      setEditor(null);
      setTold(null);
    };
  }, [site, own.id, own.in, asked]);
  const connected = online.value;
  useEffect(() => {
    if (connected && editor?.state.value === 'waiting') void editor.flush();
  }, [connected, editor]);
  const stored = written?.text ?? '';
  useEffect(() => {
    // somebody else's newer text is taken over unless something was typed here; what cannot be read now is read the next time
    if (editor !== null && stored !== editor.text.value.trim()) editor.refresh().catch(() => {});
  }, [stored, editor]);
  if (told !== null) {
    return (
      <p class="finding" role="alert">
        {told}{' '}
        <button type="button" onClick={() => setAsked(asked + 1)}>
          {say('web.retry')}
        </button>
      </p>
    );
  }
  if (editor === null) return <p role="status">{say('web.loading')}</p>;
  return <Typing site={site} own={own} editor={editor} written={written} />;
}

function Typing({
  site,
  own,
  editor,
  written,
}: {
  site: string;
  own: ReviewSectionReply;
  editor: Autosave;
  written: AnswerText | undefined;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [history, setHistory] = useState(false);
  const [aside, setAside] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const text = editor.text.value;
  useEffect(() => {
    const seen = (): void => void (document.hidden ? editor.flush() : editor.refresh().catch(() => {}));
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [editor]);
  const suggestion = offered.value;
  useEffect(() => {
    if (suggestion === null) return;
    offered.value = null;
    const before = editor.text.value.trimEnd();
    editor.edit(before === '' ? suggestion : `${before}\n\n${suggestion}`);
    field.current?.focus();
  }, [suggestion, editor]);
  if (editor.state.value === 'conflict') {
    const setMineAside = (): void => {
      setAside(editor.text.value);
      editor.takeTheirs();
    };
    return (
      <MergeView
        mine={text}
        theirs={editor.theirs.value}
        written={own.in}
        onTheirs={setMineAside}
        onInstead={(chosen) => void editor.takeInstead(chosen)}
      />
    );
  }
  return (
    <>
      <AuthorName />
      <label class="unseen" for="prose-text">
        {say('review-page.prose-label')}
      </label>
      <textarea
        id="prose-text"
        ref={field}
        lang={own.in}
        spellcheck
        rows={8}
        value={text}
        aria-describedby="prose-about prose-state"
        onInput={({ currentTarget }) => {
          editor.edit(currentTarget.value);
          if (/(^|[\s(])@$/.test(currentTarget.value.slice(0, currentTarget.selectionStart))) setAt(at + 1);
        }}
        onBlur={() => void editor.flush()}
      />
      <FigureSearch
        site={site}
        asked={at}
        onChoose={(mark) => {
          const i = field.current?.selectionStart ?? text.length;
          editor.edit(text.slice(0, i).replace(/@$/, '') + mark + text.slice(i));
          field.current?.focus();
        }}
      />
      <p class="hint" id="prose-about">
        {say('review-page.words', { count: text.split(/\s+/).filter((word) => word !== '').length })} ·{' '}
        {say('review-page.paragraphs')}
      </p>
      <div class="prose-foot">
        <State editor={editor} written={written} />
        {may('editor', site) && !own.confidential ? (
          <label>
            <input
              type="checkbox"
              checked={editor.confidential.value}
              onChange={(event) => editor.setConfidential(event.currentTarget.checked)}
            />{' '}
            {say('review-page.confidential')}
          </label>
        ) : null}
        <button type="button" onClick={() => setHistory(true)}>
          {say('review-page.history.open')}
        </button>
      </div>
      {aside === null ? null : (
        <p class="finding">
          {say('review-page.merge.aside')}{' '}
          <button
            type="button"
            onClick={() => {
              editor.edit(aside);
              setAside(null);
            }}
          >
            {say('review-page.merge.put-back')}
          </button>
        </p>
      )}
      {history ? (
        <ReviewHistory
          site={site}
          section={own.id}
          written={own.in}
          now={text}
          onClose={() => setHistory(false)}
          onPutBack={(earlier) => {
            editor.edit(earlier);
            void editor.flush();
            setHistory(false);
            requestAnimationFrame(() => field.current?.focus());
          }}
        />
      ) : null}
    </>
  );
}

/** Whether what is typed has arrived. Only what stays so is read out, not every step of the typing. */
function State({ editor, written }: { editor: Autosave; written: AnswerText | undefined }) {
  const state = editor.state.value;
  const settled = state === 'same' || state === 'waiting' || state === 'refused';
  const words =
    state === 'refused'
      ? say('review-page.save.refused', { why: editor.failure.value?.message ?? '' })
      : state === 'same' && written !== undefined
        ? `${say('review-page.save.same')} ${signature(written)}`
        : say(`review-page.save.${state === 'same' ? 'empty' : state}`);
  return (
    <p id="prose-state" class={`save-state ${state}`}>
      <span role="status">{settled ? words : ''}</span>
      <span aria-hidden="true">{settled ? '' : words}</span>
      {editor.kept.value ? null : <strong role="alert"> {say('review-page.save.no-room')}</strong>}
      {state === 'waiting' || state === 'refused' ? (
        <button type="button" onClick={() => void editor.flush()}>
          {say('web.retry')}
        </button>
      ) : null}
    </p>
  );
}

/** Asked for where nobody has an account: a text in a report has an author. */
function AuthorName() {
  const [name, setName] = useState(author());
  if ((session.value?.user?.name ?? '') !== '') return null;
  return (
    <p>
      <label>
        {say('review-page.author')}{' '}
        <input
          autocomplete="name"
          maxLength={200}
          value={name}
          onInput={({ currentTarget: { value } }) => {
            setName(value);
            localStorage.setItem('review-author', value);
          }}
        />
      </label>
    </p>
  );
}

/** The text of a section, ready to be typed in; `null` where an editor keeps it confidential. @throws Refusal */
async function open(site: string, own: ReviewSectionReply): Promise<Autosave | null> {
  const place: Place = { site, section: own.id, lang: own.in };
  const path = answerPath(site, own.id, own.in);
  const drafts = ownDrafts();
  const draft = drafts.find(place);
  const marks = may('editor', site) && !own.confidential;
  const storedOf = ({ answer }: AnswerReply, version: string | null): Stored => ({
    text: answer?.text ?? '',
    confidential: answer?.confidential ?? own.confidential,
    version: version ?? '',
    by: answer === null ? '' : signature(answer),
  });
  const look = async (): Promise<Stored> => {
    const { reply, version } = await readVersioned<AnswerReply>(path);
    return storedOf(reply, version);
  };
  const { reply, version } = await readVersioned<AnswerReply>(path).catch((error: Refusal) => {
    // without a connection one goes on with what was typed here
    if (error.status !== 0 || draft === null) throw error;
    return { reply: { section: own.id, in: own.in, answer: null, locked: false }, version: draft.version };
  });
  if (reply.locked) return null;
  const stored = storedOf(reply, version);
  return autosave({
    stored,
    draft: draft === null ? null : { ...draft, confidential: draft.confidential ?? stored.confidential },
    keep({ text, confidential, version: seen, conflict }) {
      const kept: Draft = { text, confidential: marks ? confidential : null, version: seen, conflict };
      const known = drafts.find(place) !== null;
      const room = drafts.keep(place, kept);
      if (!known) draftsChanged.value += 1;
      return room;
    },
    forget() {
      drafts.forget(place);
      draftsChanged.value += 1;
    },
    async send({ text, confidential }, seen) {
      const body = { text, author: author(), ...(marks ? { confidential } : {}) };
      const sent = await write<AnswerReply>('put', path, body, { version: seen });
      return storedOf(sent.reply, sent.version);
    },
    look,
  });
}
