/** A line of a form: its label, the field, and what helps to fill it. */
import { useId, useState } from 'preact/hooks';
import { say } from '../words.ts';

interface FieldProps {
  label: string;
  value: string;
  hint?: string;
  type?: 'text' | 'password' | 'date';
  autoComplete?: 'off' | 'name' | 'username' | 'current-password' | 'new-password';
  /** For what is no word of a language. */
  spellcheck?: false;
  required?: boolean;
  maxLength?: number;
  onValue(value: string): void;
}

export function Field({ label, value, hint, spellcheck, type = 'text', onValue, ...rest }: FieldProps) {
  const id = useId();
  const input = {
    ...rest,
    ...(spellcheck === false && { spellcheck: false, autoCapitalize: 'none' as const }),
    id,
    value,
    ...(hint !== undefined && { 'aria-describedby': `${id}-hint` }),
    onInput: (event: { currentTarget: HTMLInputElement }) => onValue(event.currentTarget.value),
  };
  return (
    <p class="field">
      <label for={id}>{label}</label>
      {type === 'date' ? (
        <input {...input} type="date" />
      ) : type === 'password' ? (
        <input {...input} type="password" />
      ) : (
        <input {...input} type="text" />
      )}
      {hint === undefined ? null : (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
    </p>
  );
}

/** A password that can be looked at: a long one is typed right more often. */
export function PasswordField(props: Omit<FieldProps, 'type'>) {
  const [shown, setShown] = useState(false);
  const id = useId();
  return (
    <>
      <Field {...props} type={shown ? 'text' : 'password'} required maxLength={256} />
      <p class="field beside">
        <input id={id} type="checkbox" checked={shown} onChange={(event) => setShown(event.currentTarget.checked)} />
        <label for={id}>{say('account.password-show')}</label>
      </p>
    </>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  choices: readonly { value: string; text: string }[];
  hint?: string;
  onValue(value: string): void;
}

export function Choice({ label, value, choices, hint, onValue }: ChoiceProps) {
  const id = useId();
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.text}
          </option>
        ))}
      </select>
      {hint === undefined ? null : (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
    </p>
  );
}
