/** The records of one kind as a table: the columns that something is known of, in the order of the kind's fields. */
import { useMemo, useState } from 'preact/hooks';
import type { RecordList, RecordShown } from '../../src/api/records.ts';
import { Refusal, write } from '../api.ts';
import { figure, named, say } from '../words.ts';

/** Rows that are drawn at once: more are a click away, so that a long register stays quick. */
const SHOWN = 200;

interface Props {
  list: RecordList;
  base: string;
  onEdit?(record: RecordShown): void;
}

export function RecordTable({ list: { kind, records, datasets }, base, onEdit }: Props) {
  const [words, setWords] = useState('');
  const [shown, setShown] = useState(SHOWN);
  const fields = kind.fields.filter(({ id }) => records.some((record) => record.shown[id] !== undefined));
  const found = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    return wanted === ''
      ? records
      : records.filter((record) => Object.values(record.shown).some((text) => text.toLowerCase().includes(wanted)));
  }, [records, words]);
  if (records.length === 0) return <p>{say('records-page.none')}</p>;
  return (
    <>
      <p class="filter">
        <label>
          {say('records-page.search')}{' '}
          <input type="search" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
        </label>{' '}
        <span role="status">{say('records-page.found', { count: found.length, all: records.length })}</span>
      </p>
      <section class="scroll" aria-label={named(kind.title)}>
        <table class="cards">
          <thead>
            <tr>
              {fields.map((field) => (
                <th key={field.id} scope="col" class={isNumber(field.type) ? 'n' : undefined}>
                  {named(field.label)}
                </th>
              ))}
              <th scope="col">{say('records-page.from')}</th>
              {onEdit === undefined ? null : (
                <th scope="col">
                  <span class="hidden">{say('records-page.change')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shown).map((record) => (
              <tr key={record.id}>
                {fields.map((field, i) =>
                  i === 0 ? (
                    <th key={field.id} scope="row">
                      {record.shown[field.id] ?? '–'}
                    </th>
                  ) : (
                    <td key={field.id} data-label={named(field.label)} class={isNumber(field.type) ? 'n' : undefined}>
                      {record.shown[field.id] ?? '–'}
                    </td>
                  ),
                )}
                <td data-label={say('records-page.from')} class="hint">
                  {record.from ?? '–'}
                  {record.attachments > 0 ? ` · ${say('records-page.papers-count', { count: record.attachments })}` : ''}
                </td>
                {onEdit === undefined ? null : (
                  <td>
                    <button
                      type="button"
                      onClick={() => onEdit(record)}
                      aria-label={`${say('records-page.change')}: ${nameOf(record, fields)}`}
                    >
                      {say('records-page.change')}
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {found.length > shown ? (
        <button type="button" onClick={() => setShown(shown + 1000)}>
          {say('records-page.more', { count: found.length - shown })}
        </button>
      ) : null}
      {onEdit === undefined || datasets.length === 0 ? null : <Files datasets={datasets} base={base} />}
    </>
  );
}

function nameOf(record: RecordShown, fields: RecordList['kind']['fields']): string {
  return fields
    .slice(0, 2)
    .flatMap(({ id }) => record.shown[id] ?? [])
    .join(', ');
}

/** Files that records came from, each of which can be taken back. */
function Files({ datasets, base }: { datasets: RecordList['datasets']; base: string }) {
  const [told, setTold] = useState('');
  const takeBack = async (id: string): Promise<void> => {
    try {
      const { reply } = await write<{ rows: number }>('delete', `${base}/imports/${encodeURIComponent(id)}`);
      setTold(say('records-page.taken-back', { count: reply.rows }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setTold(error.message);
    }
  };
  return (
    <details>
      <summary>{say('records-page.files', { count: datasets.length })}</summary>
      <ul>
        {datasets.map(({ id, title, rows }) => (
          <li key={id}>
            {title === 'typed' ? say('records-page.typed') : title} ({figure(rows)}){' '}
            <button type="button" onClick={() => void takeBack(id)}>
              {say('records-page.take-back')}
            </button>
          </li>
        ))}
      </ul>
      <p role="status">{told}</p>
    </details>
  );
}

function isNumber(type: string): boolean {
  return type === 'integer' || type === 'number' || type === 'year';
}
