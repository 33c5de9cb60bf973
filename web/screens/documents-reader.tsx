/** One document: its text page by page, the passages in it, and the form that codes what is selected. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CodeShown, DocumentShown } from '../../src/api/evidence.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { address } from '../router.ts';
import { may } from '../session.ts';
import { day, say } from '../words.ts';
import { CodingForm } from './coding-form.tsx';
import { DocumentFacts } from './documents-facts.tsx';
import { EvidenceMenu } from './documents-menu.tsx';
import { type Mark, partAt, partsOf, trimmed } from './documents-parts.ts';
import { Passages } from './documents-passages.tsx';
import { PartText } from './documents-text.tsx';
import { formatName, languageName } from './documents-words.ts';

/** Words that the form is to code. */
export interface Chosen {
  start: number;
  end: number;
  quote: string;
}

export function Reader({ id }: { id: string }) {
  const path = `/api/documents/${encodeURIComponent(id)}`;
  const document = useResource<DocumentShown>(path);
  const codes = useResource<CodeShown[]>('/api/codes');
  useEffect(() => {
    window.document.title = `${document.value?.title ?? say('web.documents.title')} · Saryarka`;
  });
  return (
    <>
      <h1>{document.value?.title ?? say('web.documents.document')}</h1>
      <EvidenceMenu here="documents" />
      {document.value === null ? <Waiting resource={document} /> : null}
      {document.value === null ? null : (
        <>
          <About document={document.value} />
          <Read key={id} document={document.value} codes={codes.value ?? []} path={path} />
        </>
      )}
    </>
  );
}

function About({ document }: { document: DocumentShown }) {
  const { kind, lang, date, licence, mayQuote, href, format } = document;
  return (
    <div class="document-about">
      <p>
        {[
          say(`web.documents.kind.${kind}`),
          format === null ? say('web.documents.no-text') : formatName(format),
          lang === null ? null : languageName(lang),
          date === null ? null : date.length === 10 ? day(date) : date,
          licence,
          `${say('web.documents.may-quote')}: ${say(`web.documents.${mayQuote ? 'yes' : 'no'}`)}`,
        ]
          .filter((word) => word !== null && word !== '')
          .join(' · ')}
      </p>
      {href !== null && /^https?:/.test(href) ? (
        <p class="href">
          <a href={href} rel="noreferrer">
            {href}
          </a>
        </p>
      ) : null}
      {may('editor', null) ? <DocumentFacts document={document} /> : null}
    </div>
  );
}

function Read({ document, codes, path }: { document: DocumentShown; codes: readonly CodeShown[]; path: string }) {
  const { text, pages, marked, coders } = document;
  const points = useMemo(() => Array.from(text ?? ''), [text]);
  const parts = useMemo(() => partsOf(points, pages), [points, pages]);
  const asked = Number(address.value.searchParams.get('at') ?? Number.NaN);
  const [at, setAt] = useState(() => (Number.isNaN(asked) ? 0 : partAt(parts, asked)));
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const part = parts[Math.min(at, parts.length - 1)];
  const numbered = marked.map((passage, i) => ({ ...passage, number: i + 1 }));
  const marks = numbered.flatMap(({ number, start, end }): Mark[] =>
    start === null || end === null ? [] : [{ number, start, end }],
  );
  // a place that was asked for: the passage there, or the next one
  const [shown, setShown] = useState(() => marks.find(({ end }) => end > asked)?.number ?? null);
  useEffect(() => {
    if (shown === null) return;
    const mark = window.document.getElementById(`passage-${shown}`);
    mark?.scrollIntoView({ block: 'center' });
    mark?.focus({ preventScroll: true });
    setShown(null);
  }, [shown, at]);
  const choose = (place: { start: number; end: number }): void => {
    const own = trimmed(points, place);
    if (own !== null) setChosen({ ...own, quote: points.slice(own.start, own.end).join('') });
  };
  const show = (number: number): void => {
    const mark = marks.find((one) => one.number === number);
    if (mark === undefined) return;
    setAt(partAt(parts, mark.start));
    setShown(number);
  };
  const recode = (number: number): void => {
    const mark = marks.find((one) => one.number === number);
    if (mark !== undefined) choose(mark);
    form.current?.scrollIntoView({ block: 'nearest' });
    form.current?.querySelector('input')?.focus();
  };
  const mayCode = may('contributor', null) && document.hasText;
  return (
    <div class="reader">
      <section class="reader-text">
        <h2>{say('web.documents.text')}</h2>
        {part === undefined ? (
          <p role="status">{say(document.hasText ? 'web.documents.text-closed' : 'web.documents.text-none')}</p>
        ) : (
          <>
            <Paging parts={parts.length} at={at} labels={parts.map((one, i) => labelOf(one.page, i, parts.length))} go={setAt} />
            <PartText
              key={at}
              points={points}
              part={part}
              marks={marks}
              lang={document.lang}
              onChoose={choose}
              mayCode={mayCode}
            />
            <Paging parts={parts.length} at={at} labels={parts.map((one, i) => labelOf(one.page, i, parts.length))} go={setAt} />
          </>
        )}
      </section>
      <div class="reader-beside">
        {mayCode ? <CodingForm frame={form} path={path} codes={codes} chosen={chosen} onDone={() => setChosen(null)} /> : null}
        <Passages
          passages={numbered}
          part={part ?? null}
          codes={codes}
          coders={coders}
          onShow={show}
          onRecode={mayCode && text !== null ? recode : null}
        />
      </div>
    </div>
  );
}

function labelOf(page: number | null, i: number, count: number): string {
  return page === null ? say('web.documents.part', { part: i + 1, count }) : say('web.documents.page', { page });
}

interface PagingProps {
  parts: number;
  at: number;
  labels: readonly string[];
  go(at: number): void;
}

function Paging({ parts, at, labels, go }: PagingProps) {
  if (parts < 2) return null;
  return (
    <p class="paging">
      <button type="button" disabled={at === 0} onClick={() => go(at - 1)}>
        {say('web.documents.previous')}
      </button>{' '}
      <select
        aria-label={say('web.documents.page-choice')}
        value={String(at)}
        onChange={(event) => go(Number(event.currentTarget.value))}
      >
        {labels.map((label, i) => (
          <option key={label} value={String(i)}>
            {label}
          </option>
        ))}
      </select>{' '}
      <button type="button" disabled={at >= parts - 1} onClick={() => go(at + 1)}>
        {say('web.documents.next')}
      </button>
    </p>
  );
}
