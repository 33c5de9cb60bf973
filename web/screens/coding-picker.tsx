/** Codes to choose from: the tree, narrowed by words; what is chosen stays in sight. */
import { useId, useState } from 'preact/hooks';
import type { CodeShown } from '../../src/api/evidence.ts';
import { named, say } from '../words.ts';
import { codeLines, codeName, fits } from './codes-tree.ts';

interface PickerProps {
  codes: readonly CodeShown[];
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}

export function CodePicker({ codes, chosen, onChange }: PickerProps) {
  const [words, setWords] = useState('');
  const search = useId();
  if (codes.length === 0)
    return (
      <p>
        {say('web.coding.codes-none')} <a href="/codes">{say('web.codes.title')}</a>
      </p>
    );
  const shown = codeLines(codes).filter(
    (code) => (words.trim() === '' || fits(code, words.trim())) && (code.codable || words.trim() === ''),
  );
  const turn = (id: string): void => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset class="code-picker">
      <legend>{say('web.coding.codes')}</legend>
      <p class="field">
        <label for={search}>{say('web.coding.code-search')}</label>
        <input id={search} type="search" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
      </p>
      <div class="code-choices">
        {shown.map((code) => (
          <p key={code.id} class={`depth-${Math.min(code.depth, 4)}`} title={named(code.definition) || undefined}>
            {code.codable ? (
              <label>
                <input type="checkbox" checked={chosen.includes(code.id)} onChange={() => turn(code.id)} /> {named(code.name)}
              </label>
            ) : (
              <strong>{named(code.name)}</strong>
            )}
          </p>
        ))}
      </div>
      <p role="status">
        {chosen.length === 0 ? '' : say('web.coding.codes-chosen', { names: chosen.map((id) => codeName(codes, id)).join(', ') })}
      </p>
    </fieldset>
  );
}
