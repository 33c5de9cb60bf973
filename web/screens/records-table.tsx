/** The records of one kind as a table: the columns that something is known of, in the order of the kind's fields. */
import { useMemo, useState } from 'preact/hooks';
import type { RecordList, RecordShown } from '../../src/api/records.ts';
import { Refusal, write } from '../api.ts';
import { figure, named, say } from '../words.ts';

/** Rows that are drawn at once: as many more are a click away, so that a long register stays quick. */
const SHOWN = 100;

/** The column that the rows are in the order of; none as they came in. */
interface Order {
  field: string;
  down: boolean;
}

type Field = RecordList['kind']['fields'][number];

interface Props {
  list: RecordList;
  base: string;
  onEdit?(record: RecordShown): void;
}

export function RecordTable({ list: { kind, records, datasets }, base, onEdit }: Props) {
  const [words, setWords] = useState('');
  const [shown, setShown] = useState(SHOWN);
  const fields = kind.fields.filter(({ id }) => records.some((record) => record.shown[id] !== undefined));
  const [order, setOrder] = useState<Order | null>(null);
  const sorted = useMemo(() => (order === null ? records : inOrder(records, order)), [records, order]);
  const found = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    return wanted === ''
      ? sorted
      : sorted.filter((record) => Object.values(record.shown).some((text) => text.toLowerCase().includes(wanted)));
  }, [sorted, words]);
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
                <Head
                  key={field.id}
                  field={field}
                  order={order}
                  onOrder={(next) => {
                    setOrder(next);
                    setShown(SHOWN);
                  }}
                />
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
        <button type="button" onClick={() => setShown(shown + SHOWN)}>
          {say('records-page.more', { count: found.length - shown })}
        </button>
      ) : null}
      {onEdit === undefined || datasets.length === 0 ? null : <Files datasets={datasets} base={base} />}
    </>
  );
}

/** A column's title, which sorts by it: upwards, downwards, and as it was. */
function Head({ field, order, onOrder }: { field: Field; order: Order | null; onOrder(order: Order | null): void }) {
  const down = order?.field === field.id ? order.down : null;
  const next = down === null ? { field: field.id, down: false } : down ? null : { field: field.id, down: true };
  return (
    <th
      scope="col"
      class={isNumber(field.type) ? 'n' : undefined}
      aria-sort={down === null ? 'none' : down ? 'descending' : 'ascending'}
    >
      <button type="button" class="sort" onClick={() => onOrder(next)}>
        {named(field.label)}
        <span aria-hidden="true">{down === null ? '' : down ? ' ▼' : ' ▲'}</span>
      </button>
    </th>
  );
}

/** Numbers by size, dates by time, all else by letters and the numbers in them; records without a value stand last either way. */
function inOrder(records: readonly RecordShown[], { field, down }: Order): RecordShown[] {
  const { compare } = new Intl.Collator([], { numeric: true });
  const keyed = records.map((record) => ({ record, key: keyOf(record, field) }));
  return keyed
    .toSorted(({ key: a }, { key: b }) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      const before = typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b));
      return down ? -before : before;
    })
    .map(({ record }) => record);
}

function keyOf({ values, shown }: RecordShown, field: string): string | number | null {
  const [value, text] = [values[field], shown[field]];
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^\d{4}(-\d{2}){0,2}/.test(value)) return value;
  return text === undefined || text === '' ? null : text;
}

function nameOf(record: RecordShown, fields: readonly Field[]): string {
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
