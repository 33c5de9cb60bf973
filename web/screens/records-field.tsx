/** One field of a record, as its type asks: what is not known is left empty, which is never zero. */
import { useId } from 'preact/hooks';
import type { RecordField as Field, FieldValue } from '../../src/api/records.ts';
import { named, say } from '../words.ts';

interface Props {
  field: Field;
  value: FieldValue | null;
  /** What is wrong with it. */
  fault: string | null;
  /** What somebody else made of it meanwhile; `null` where nobody did. */
  theirs: string | null;
  onChange(value: FieldValue | null): void;
}

export function RecordField({ field, value, fault, theirs, onChange }: Props) {
  const id = useId();
  const about = [named(field.help) === '' ? null : `${id}-help`, fault === null ? null : `${id}-fault`].filter(Boolean).join(' ');
  const shared = {
    id,
    'aria-describedby': about === '' ? undefined : about,
    'aria-invalid': fault === null ? undefined : ('true' as const),
    'aria-required': field.required ? ('true' as const) : undefined,
  };
  return (
    <div class={`field ${field.type}`}>
      <label for={id}>
        {named(field.label)}
        {field.required ? <span title={say('records-page.needed')}> *</span> : null}
      </label>
      <Entry field={field} value={value} shared={shared} onChange={onChange} />
      {named(field.help) === '' ? null : (
        <small id={`${id}-help`} class="hint">
          {named(field.help)}
        </small>
      )}
      {fault === null ? null : (
        <small id={`${id}-fault`} class="fault">
          {fault}
        </small>
      )}
      {theirs === null || theirs === text(value) ? null : (
        <small class="theirs">{say('records-page.theirs', { value: theirs || '–' })}</small>
      )}
    </div>
  );
}

interface EntryProps extends Pick<Props, 'field' | 'value' | 'onChange'> {
  shared: Record<string, string | undefined>;
}

function Entry({ field, value, shared, onChange }: EntryProps) {
  const typed = (given: string): void => onChange(given.trim() === '' ? null : given);
  switch (field.type) {
    case 'long-text':
      return <textarea {...shared} rows={4} value={text(value)} onInput={(event) => typed(event.currentTarget.value)} />;
    case 'choice':
    case 'zone':
      return (
        <select {...shared} value={text(value)} onChange={(event) => typed(event.currentTarget.value)}>
          <option value="">–</option>
          {(field.choices ?? []).map((choice) => (
            <option key={choice.id} value={choice.id}>
              {named(choice.label)}
            </option>
          ))}
        </select>
      );
    case 'yes-no':
      return (
        <select
          {...shared}
          value={value === null ? '' : value === true ? 'yes' : 'no'}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value === 'yes')}
        >
          <option value="">–</option>
          <option value="yes">{say('review.yes')}</option>
          <option value="no">{say('review.no')}</option>
        </select>
      );
    case 'choices':
    case 'themes':
      return <Several field={field} value={value} shared={shared} onChange={onChange} />;
    case 'organisation':
    case 'organisations':
      return (
        <input
          {...shared}
          type="text"
          list="organisations"
          value={text(value)}
          onInput={(event) => typed(event.currentTarget.value)}
        />
      );
    default:
      return (
        <input
          {...shared}
          type="text"
          inputMode={MODES[field.type] ?? 'text'}
          placeholder={PLACEHOLDERS[field.type] ?? ''}
          value={text(value)}
          onInput={(event) => typed(event.currentTarget.value)}
        />
      );
  }
}

/** Which keys a phone shows. */
const MODES: Partial<Record<Field['type'], 'numeric' | 'decimal' | 'url'>> = {
  integer: 'numeric',
  year: 'numeric',
  number: 'decimal',
  link: 'url',
};

/** How dates are typed; every other usual way is understood as well. */
const PLACEHOLDERS: Partial<Record<Field['type'], string>> = {
  date: '2024-05-12',
  period: '2024-05-12 – 2024-05-14',
  year: '2024',
  currency: 'KZT',
};

/** Boxes to be ticked, behind a line that says which are. */
function Several({ field, value, shared, onChange }: EntryProps) {
  const ticked = new Set(Array.isArray(value) ? value : value === null ? [] : [String(value)]);
  const choices = field.choices ?? [];
  const tick = (id: string, on: boolean): void => {
    const next = choices.filter((choice) => (choice.id === id ? on : ticked.has(choice.id))).map((choice) => choice.id);
    onChange(next.length === 0 ? null : next);
  };
  const names = choices.filter(({ id }) => ticked.has(id)).map(({ label }) => named(label));
  return (
    <details>
      <summary {...shared}>{names.length === 0 ? '–' : names.join('; ')}</summary>
      <fieldset>
        <legend class="hidden">{named(field.label)}</legend>
        {choices.map(({ id, label }) => (
          <label key={id}>
            <input type="checkbox" checked={ticked.has(id)} onChange={(event) => tick(id, event.currentTarget.checked)} />{' '}
            {named(label)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function text(value: FieldValue | null): string {
  return value === null ? '' : Array.isArray(value) ? value.join('; ') : String(value);
}
