/** What a reserve keeps through the years: kinds of records, the records of one kind, a form, and tables that come in. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecordKindCount, RecordList, RecordShown } from '../../src/api/records.ts';
import { UnsentHere } from '../parts/unsent.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { may } from '../session.ts';
import { figure, named, say } from '../words.ts';
import { RecordForm } from './records-form.tsx';
import { RecordImport } from './records-import.tsx';
import { RecordTable } from './records-table.tsx';
import './records.css';

export function Records({ site = '', kind = '' }: Record<string, string>) {
  const base = `/api/sites/${encodeURIComponent(site)}/records`;
  const kinds = useResource<RecordKindCount[]>(base);
  if (kinds.value === null) return <Waiting resource={kinds} />;
  const chosen = kinds.value.find(({ id }) => id === kind);
  document.title = `${chosen === undefined ? say('web.records') : named(chosen.title)} · Saryarka`;
  return (
    <div class="records">
      <nav aria-label={say('records-page.kinds')}>
        <h1>{say('web.records')}</h1>
        <ul>
          {kinds.value.map((one) => (
            <li key={one.id}>
              <a
                href={`/sites/${encodeURIComponent(site)}/records/${one.id}`}
                aria-current={one.id === kind ? 'page' : undefined}
              >
                {named(one.title)} <span class="count">{figure(one.records)}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {chosen === undefined ? (
        <section>
          <p class="lead">{say('records-page.lead')}</p>
          {may('contributor', site) ? <RecordImport site={site} kind={null} /> : null}
        </section>
      ) : (
        <Kind key={kind} site={site} base={`${base}/${kind}`} about={chosen} />
      )}
    </div>
  );
}

/** What is done at the moment beside looking at the table. */
type Doing = 'nothing' | 'import' | 'new' | RecordShown;

function Kind({ site, base, about }: { site: string; base: string; about: RecordKindCount }) {
  const list = useResource<RecordList>(base);
  const [doing, setDoing] = useState<Doing>('nothing');
  const [told, setTold] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const opener = useRef<Element | null>(null);
  const open = (what: Doing): void => {
    opener.current = document.activeElement;
    setDoing(what);
  };
  // whoever is done goes on where they began; where that went with its record, at the head of the list
  const there = list.value;
  useEffect(() => {
    if (doing !== 'nothing' || opener.current === null || document.activeElement !== document.body) return;
    if (opener.current instanceof HTMLElement && opener.current.isConnected) return opener.current.focus();
    opener.current = null;
    heading.current?.focus();
  }, [doing, there]);
  if (list.value === null) return <Waiting resource={list} />;
  const mayWrite = may('contributor', site);
  const done = (text: string): void => {
    setTold(text);
    setDoing('nothing');
  };
  return (
    <section class="kind">
      <h2 tabIndex={-1} ref={heading}>
        {named(about.title)}
      </h2>
      <p class="hint">{named(about.about)}</p>
      {about.confidential ? <p class="finding question">{say('records-page.confidential')}</p> : null}
      <p class="actions">
        {mayWrite ? (
          <>
            <button type="button" class="main" onClick={() => open('new')}>
              {say('records-page.add')}
            </button>
            <button type="button" onClick={() => open('import')}>
              {say('records-page.import')}
            </button>
          </>
        ) : null}
        <a class="button plain" href={`${base}/template.xlsx`} download>
          {say('records-page.template')}
        </a>
      </p>
      <p role="status">{told}</p>
      {doing === 'import' ? <RecordImport site={site} kind={about.id} onDone={() => setDoing('nothing')} /> : null}
      {doing === 'new' || typeof doing === 'object' ? (
        <RecordForm
          key={doing === 'new' ? 'new' : doing.id}
          site={site}
          base={base}
          list={list.value}
          record={doing === 'new' ? null : doing}
          onDone={done}
          onKept={setTold}
        />
      ) : null}
      <UnsentHere under={base} />
      <RecordTable list={list.value} base={base} {...(mayWrite ? { onEdit: open } : {})} />
    </section>
  );
}
