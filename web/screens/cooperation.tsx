/** The cooperation: tables first, the drawing of the network beside its table, and what every figure counts. */
import { useEffect, useState } from 'preact/hooks';
import type { CellTableReply } from '../../src/api/cooperation.ts';
import { dimensions } from '../../src/api/cooperation.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { lang, say } from '../words.ts';
import { Cells } from './cooperation-cells.tsx';
import './cooperation.css';

const VIEWS = ['table', 'network', 'sdg'] as const;
type View = (typeof VIEWS)[number];

interface Asked {
  by: string;
  from: string;
  to: string;
  rollUp: string;
  weight: string;
  meaning: string;
}

const FIRST: Asked = { by: 'theme', from: '', to: '', rollUp: 'no', weight: 'count', meaning: 'strength' };
/** Tables whose rows are years, which have a drawing. */
const OVER_TIME = ['partnership', 'marker-year'];
const CHOICES = { weight: ['count', 'newman'], meaning: ['strength', 'cost', 'none'] } as const;

export function Cooperation({ view: given = '' }: Record<string, string>) {
  const view = VIEWS.find((one) => one === given) ?? 'table';
  const [asked, setAsked] = useState<Asked>(FIRST);
  const query = queryOf(view, asked);
  const table = useResource<CellTableReply>(`/api/cooperation/${view}${query}`);
  useEffect(() => {
    document.title = `${say('cooperation.page.title')} · Saryarka`;
  });
  const ask = (next: Partial<Asked>): void => setAsked({ ...asked, ...next });
  return (
    <>
      <h1>{say('cooperation.page.title')}</h1>
      <p class="lead">{say('cooperation.page.lead')}</p>
      <nav class="screens" aria-label={say('cooperation.page.view')}>
        {VIEWS.map((one) => (
          <a key={one} href={`/cooperation/${one}`} aria-current={one === view ? 'page' : undefined}>
            {say(`cooperation.page.view-${one}`)}
          </a>
        ))}
      </nav>
      <Filters view={view} asked={asked} ask={ask} />
      {table.value === null ? (
        <Waiting resource={table} />
      ) : (
        <Found view={view} by={asked.by} query={query} table={table.value} />
      )}
    </>
  );
}

/** Only what the view knows, and only whole years. */
function queryOf(view: View, { by, from, to, rollUp, weight, meaning }: Asked): string {
  const year = (text: string): string => (/^[12]\d{3}$/.test(text) ? text : '');
  const own =
    view === 'table'
      ? { by, ...(by === 'partnership' ? { rollUp } : {}) }
      : view === 'network'
        ? { rollUp, weight, meaning }
        : {};
  const params = Object.entries({ ...own, from: year(from), to: year(to) }).filter(([, value]) => value !== '');
  return params.length === 0 ? '' : `?${new URLSearchParams(params)}`;
}

function Filters({ view, asked, ask }: { view: View; asked: Asked; ask(next: Partial<Asked>): void }) {
  const year = (key: 'from' | 'to') => (
    <label>
      {say(`cooperation.page.${key}`)}{' '}
      <input
        inputMode="numeric"
        pattern="[12][0-9][0-9][0-9]"
        size={5}
        value={asked[key]}
        onChange={(event) => ask({ [key]: event.currentTarget.value.trim() })}
      />
    </label>
  );
  return (
    <form class="cooperation-filters" onSubmit={(event) => event.preventDefault()}>
      {view === 'table' ? (
        <label>
          {say('cooperation.page.by')}{' '}
          <select value={asked.by} onChange={(event) => ask({ by: event.currentTarget.value })}>
            {dimensions.map((one) => (
              <option key={one} value={one}>
                {say(`cooperation.dimension.${one}`)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {view === 'network'
        ? (['weight', 'meaning'] as const).map((key) => (
            <label key={key}>
              {say(`cooperation.page.${key}`)}{' '}
              <select value={asked[key]} onChange={(event) => ask({ [key]: event.currentTarget.value })}>
                {CHOICES[key].map((one) => (
                  <option key={one} value={one}>
                    {say(`cooperation.page.${key}-${one}`)}
                  </option>
                ))}
              </select>
            </label>
          ))
        : null}
      {year('from')}
      {year('to')}
      {view === 'network' || (view === 'table' && asked.by === 'partnership') ? (
        <label>
          <input
            type="checkbox"
            checked={asked.rollUp === 'yes'}
            onChange={(event) => ask({ rollUp: event.currentTarget.checked ? 'yes' : 'no' })}
          />{' '}
          {say('cooperation.page.roll-up')}
        </label>
      ) : null}
    </form>
  );
}

function Found({ view, by, query, table }: { view: View; by: string; query: string; table: CellTableReply }) {
  const spoken = `${query === '' ? '?' : '&'}lang=${lang.value}`;
  return (
    <>
      <p role="status">
        {say('cooperation.page.rows', { count: table.rows.length })}
        {view === 'table' ? (
          <>
            {' · '}
            <a href={`/api/cooperation/table.csv${query}`} download>
              {say('cooperation.page.csv')}
            </a>
          </>
        ) : null}
      </p>
      <Cells table={table} label={say(`cooperation.page.view-${view}`)} />
      <ul class="notes">
        {table.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {view === 'table' && OVER_TIME.includes(by) ? (
        <p class="scroll">
          <img class="network" src={`/api/cooperation/years.svg${query}${spoken}`} alt={say('cooperation.page.drawing-years')} />
        </p>
      ) : null}
      {view === 'network' ? (
        <p class="scroll">
          <img class="network" src={`/api/cooperation/network.svg${query}${spoken}`} alt={say('cooperation.page.drawing')} />
        </p>
      ) : null}
    </>
  );
}
