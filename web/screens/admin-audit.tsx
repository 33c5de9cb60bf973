/** Who wrote what, when, and what became different; filtered, page by page, and as a table to take along. */
import { useEffect, useState } from 'preact/hooks';
import type { AuditPage } from '../../src/api/audit.ts';
import { Choice, Field } from '../parts/field.tsx';
import { moment } from '../parts/moment.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { say } from '../words.ts';
import type { Place } from './admin-places.ts';

type Entry = AuditPage['entries'][number];

interface Question {
  by: string;
  noun: string;
  place: string;
  from: string;
  to: string;
}

export function Audit({ places, everywhere }: { places: readonly Place[]; everywhere: boolean }) {
  const [question, setQuestion] = useState<Question>({ by: '', noun: '', place: '', from: '', to: '' });
  const [before, setBefore] = useState<number | null>(null);
  const place = question.place || (everywhere ? '*' : (places[0]?.value ?? ''));
  const asked = new URLSearchParams();
  for (const key of ['by', 'noun', 'from', 'to'] as const) if (question[key] !== '') asked.set(key, question[key]);
  const path = place === '*' ? '/api/audit' : `/api/sites/${encodeURIComponent(place)}/audit`;
  const csv = `${path}.csv?${asked}`;
  if (before !== null) asked.set('before', String(before));
  const page = useResource<AuditPage>(place === '' ? null : `${path}?${asked}`);
  const [entries, setEntries] = useState<Entry[]>([]);
  useEffect(() => {
    if (page.value === null) return;
    const { entries: own } = page.value;
    setEntries((known) => (before === null ? own : [...known.filter(({ n }) => n >= before), ...own]));
  }, [page.value, before]);
  const change = (part: Partial<Question>): void => {
    setQuestion({ ...question, ...part });
    setBefore(null);
  };
  const all = { value: '', text: say('admin.all') };
  const same = (value: string) => ({ value, text: value });
  const noun = (value: string) => ({ value, text: nounText(value) });
  return (
    <>
      <div class="filters">
        <Choice
          label={say('admin.who')}
          value={question.by}
          choices={[all, ...(page.value?.writers ?? (question.by ? [question.by] : [])).map(same)]}
          onValue={(by) => change({ by })}
        />
        <Choice
          label={say('admin.what')}
          value={question.noun}
          choices={[all, ...(page.value?.nouns ?? (question.noun ? [question.noun] : [])).map(noun)]}
          onValue={(value) => change({ noun: value })}
        />
        <Choice label={say('admin.place')} value={place} choices={places} onValue={(chosen) => change({ place: chosen })} />
        <Field label={say('admin.from')} type="date" value={question.from} onValue={(from) => change({ from })} />
        <Field label={say('admin.to')} type="date" value={question.to} onValue={(to) => change({ to })} />
        <p>
          <a class="button" href={csv} download="audit.csv">
            {say('admin.audit-csv')}
          </a>
        </p>
      </div>
      {page.value === null && entries.length === 0 ? <Waiting resource={page} /> : null}
      {page.value !== null && entries.length === 0 ? <p role="status">{say('admin.audit-none')}</p> : null}
      <ol class="audit">
        {entries.map((entry) => (
          <li key={entry.n}>
            <AuditEntry entry={entry} />
          </li>
        ))}
      </ol>
      {page.refusal !== null && entries.length > 0 ? <Waiting resource={page} /> : null}
      {page.value !== null && page.value.next !== null ? (
        <button type="button" onClick={() => setBefore(page.value?.next ?? null)}>
          {say('admin.audit-more')}
        </button>
      ) : null}
    </>
  );
}

/** What the tables are about, as people call it. */
function nounText(noun: string): string {
  return say(`admin.noun.${NOUNS.has(noun) ? noun : 'other'}`, { noun });
}

const NOUNS = new Set(
  (
    'dossier sites designations overlaps zones sources datasets indicators observations runs pictures organisations people activities ' +
    'participations headcounts money entries answers documents attachments claims comments users roles sessions invitations taxa occurrences stations source_texts codes coders passages codings memos api_keys datastreams program_entities program_values plans'
  ).split(' '),
);

/** How many fields are shown before somebody asks for them. */
const SHOWN = 6;

function AuditEntry({ entry: { at, by, name, action, noun, row, differences } }: { entry: Entry }) {
  const badge = { added: 'info', changed: 'question', removed: 'error' }[action];
  return (
    <>
      <p>
        <time dateTime={at}>{moment(at)}</time> · <strong>{name === '' ? by : name}</strong>
        {name === '' || name === by ? null : <small> {by}</small>} ·{' '}
        <span class={`badge ${badge}`}>{say(`admin.${action}`)}</span> {nounText(noun)} <code>{row}</code>
      </p>
      {differences.length === 0 ? null : (
        <details open={differences.length <= SHOWN && action === 'changed'}>
          <summary>{say('admin.differences', { count: differences.length })}</summary>
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">{say('admin.field')}</th>
                  <th scope="col">{say('admin.before')}</th>
                  <th scope="col">{say('admin.after')}</th>
                </tr>
              </thead>
              <tbody>
                {differences.map((one) => (
                  <tr key={one.field}>
                    <th scope="row">{one.field}</th>
                    <td>{one.before === null ? '–' : <del>{one.before}</del>}</td>
                    <td>{one.after === null ? '–' : <ins>{one.after}</ins>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </>
  );
}
