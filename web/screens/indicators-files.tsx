/** Files to choose for one input, one or several, and addresses beside them. */
import { useId, useState } from 'preact/hooks';
import type { DataFileShown } from '../../src/api/data.ts';
import { say } from '../words.ts';

interface FileChoiceProps {
  title: string;
  files: readonly DataFileShown[];
  single: boolean;
  chosen: readonly string[];
  onChosen(files: string[]): void;
  /** One a line; left out where data cannot be read from the web. */
  addresses?: string;
  hint?: string;
  onAddresses?(text: string): void;
}

/** From so many files on a part of the name can be asked for; more than these are not listed at once. */
const MANY = 8;
const MOST_SHOWN = 300;

export function FileChoice({ title, files, single, chosen, onChosen, addresses, hint, onAddresses }: FileChoiceProps) {
  const [part, setPart] = useState('');
  const id = useId();
  const shown = files.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase())).slice(0, MOST_SHOWN);
  const toggle = (name: string, isOn: boolean): void => {
    if (single) onChosen(isOn ? [name] : []);
    else onChosen(isOn ? [...chosen, name] : chosen.filter((one) => one !== name));
  };
  return (
    <fieldset class="files">
      <legend>
        {title} {chosen.length > 0 ? <small>{say('indicators-page.files-chosen', { count: chosen.length })}</small> : null}
      </legend>
      {files.length === 0 ? <p class="hint">{say('indicators-page.no-files')}</p> : null}
      {files.length < MANY ? null : (
        <p class="actions">
          <label for={id}>{say('indicators-page.filter')}</label>
          <input id={id} type="search" value={part} onInput={(event) => setPart(event.currentTarget.value)} />
          {single ? null : (
            <button type="button" onClick={() => onChosen([...new Set([...chosen, ...shown.map(({ name }) => name)])])}>
              {say('indicators-page.choose-shown')}
            </button>
          )}
          {chosen.length === 0 ? null : (
            <button type="button" onClick={() => onChosen([])}>
              {say('indicators-page.choose-none')}
            </button>
          )}
        </p>
      )}
      <ul>
        {shown.map(({ name, format }) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                onChange={(event) => toggle(name, event.currentTarget.checked)}
              />{' '}
              {name} <small>{format}</small>
            </label>
          </li>
        ))}
      </ul>
      {onAddresses === undefined ? null : (
        <details open={addresses !== ''}>
          <summary>{say('indicators-page.addresses')}</summary>
          <textarea
            aria-label={`${title}: ${say('indicators-page.addresses')}`}
            rows={3}
            value={addresses}
            onInput={(event) => onAddresses(event.currentTarget.value)}
          />
          <small class="hint">{hint}</small>
        </details>
      )}
    </fieldset>
  );
}
