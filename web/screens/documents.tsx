/** Documents: the list of all, or one that is read and coded. */
import { useEffect, useState } from 'preact/hooks';
import type { DocumentLine } from '../../src/api/evidence.ts';
import { Choice, Field } from '../parts/field.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { may } from '../session.ts';
import { figure, say } from '../words.ts';
import { DocumentImport } from './documents-import.tsx';
import { EvidenceMenu } from './documents-menu.tsx';
import { Reader } from './documents-reader.tsx';
import { formatName, languageName } from './documents-words.ts';
import './documents.css';

export function Documents({ document: id }: Record<string, string>) {
  const lines = useResource<DocumentLine[]>('/api/documents');
  return (
    <>
      {id === undefined ? (
        <>
          <Titled />
          <EvidenceMenu here="documents" />
          {lines.value === null ? (
            <Waiting resource={lines} />
          ) : (
            <>
              {may('contributor', null) ? <DocumentImport lines={lines.value} /> : null}
              <List lines={lines.value} />
            </>
          )}
        </>
      ) : (
        <Reader id={id} />
      )}
    </>
  );
}

function Titled() {
  useEffect(() => {
    document.title = `${say('web.documents.title')} · Saryarka`;
  });
  return (
    <>
      <h1>{say('web.documents.title')}</h1>
      <p class="lead">{say('web.documents.lead')}</p>
    </>
  );
}

const yearOf = ({ date }: DocumentLine): string => date?.slice(0, 4) ?? '';

function List({ lines }: { lines: readonly DocumentLine[] }) {
  const [asked, setAsked] = useState({ search: '', kind: '', lang: '', year: '' });
  if (lines.length === 0) return <p role="status">{say('web.documents.none')}</p>;
  const shown = lines.filter(
    (line) =>
      line.title.toLowerCase().includes(asked.search.trim().toLowerCase()) &&
      (asked.kind === '' || line.kind === asked.kind) &&
      (asked.lang === '' || (line.lang ?? '') === asked.lang) &&
      (asked.year === '' || yearOf(line) === asked.year),
  );
  const choices = (values: string[], text: (value: string) => string) => [
    { value: '', text: say('web.documents.all') },
    ...[...new Set(values)]
      .filter((value) => value !== '')
      .sort()
      .map((value) => ({ value, text: text(value) })),
  ];
  return (
    <>
      <form class="evidence-filters" onSubmit={(event) => event.preventDefault()}>
        <Field label={say('web.documents.search')} value={asked.search} onValue={(search) => setAsked({ ...asked, search })} />
        <Choice
          label={say('web.documents.kind-title')}
          value={asked.kind}
          choices={choices(
            lines.map(({ kind }) => kind),
            (kind) => say(`web.documents.kind.${kind}`),
          )}
          onValue={(kind) => setAsked({ ...asked, kind })}
        />
        <Choice
          label={say('web.documents.lang-title')}
          value={asked.lang}
          choices={choices(
            lines.map(({ lang }) => lang ?? ''),
            languageName,
          )}
          onValue={(lang) => setAsked({ ...asked, lang })}
        />
        <Choice
          label={say('web.documents.year')}
          value={asked.year}
          choices={choices(lines.map(yearOf), (year) => year)}
          onValue={(year) => setAsked({ ...asked, year })}
        />
      </form>
      <p role="status">
        {shown.length === 0
          ? say('web.documents.none-found')
          : say('web.documents.shown', { shown: shown.length, count: lines.length })}
      </p>
      {shown.length === 0 ? null : <Table lines={shown} />}
    </>
  );
}

function Table({ lines }: { lines: readonly DocumentLine[] }) {
  const label = (key: string): string => say(`web.documents.${key}`);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll" aria-label={label('title')} tabIndex={0}>
      <table class="cards">
        <thead>
          <tr>
            {['document', 'kind-title', 'lang-title', 'year', 'licence', 'may-quote'].map((key) => (
              <th key={key} scope="col">
                {label(key)}
              </th>
            ))}
            <th scope="col" class="n">
              {label('passages')}
            </th>
            <th scope="col" class="n">
              {label('codings')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row" class="document-title">
                <a href={`/documents/${encodeURIComponent(line.id)}`}>{line.title}</a>{' '}
                <small>{line.format === null ? label('no-text') : formatName(line.format)}</small>
              </th>
              <td data-label={label('kind-title')}>{say(`web.documents.kind.${line.kind}`)}</td>
              <td data-label={label('lang-title')}>{line.lang === null ? '–' : languageName(line.lang)}</td>
              <td data-label={label('year')}>{yearOf(line) || '–'}</td>
              <td data-label={label('licence')}>{line.licence ?? '–'}</td>
              <td data-label={label('may-quote')}>{label(line.mayQuote ? 'yes' : 'no')}</td>
              <td class="n" data-label={label('passages')}>
                {figure(line.passages)}
                {line.lost === 0 ? null : <small> ({say('web.documents.lost-count', { count: line.lost })})</small>}
              </td>
              <td class="n" data-label={label('codings')}>
                {figure(line.codings)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
