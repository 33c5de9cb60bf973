/** A code as it is written: what it means, in four languages, and where it stands. */
import { useId, useState } from 'preact/hooks';
import type { CodeBody, CodeReply } from '../../src/api/codes.ts';
import type { CodeShown } from '../../src/api/evidence.ts';
import type { Lang } from '../../src/types.ts';
import { write } from '../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { lang, languages, named, say } from '../words.ts';
import type { Edited } from './codes.tsx';
import { codeLines, codePath } from './codes-tree.ts';

const PARTS = ['definition', 'inclusion', 'exclusion', 'example'] as const;

interface FormProps {
  edited: Edited;
  codes: readonly CodeShown[];
  onClose(): void;
}

export function CodeForm({ edited: { id, body: before, version }, codes, onClose }: FormProps) {
  const [body, setBody] = useState<CodeBody>(before);
  const [colour, setColour] = useState(before.colour ?? '');
  const codable = useId();
  const task = useTask(async () => {
    const sent = { ...body, colour: colour.trim() === '' ? null : colour.trim() };
    if (id === null) await write<CodeReply>('post', '/api/codes', sent);
    else await write<CodeReply>('put', `/api/codes/${encodeURIComponent(id)}`, sent, { version });
    onClose();
  });
  const word = (key: string): string => say(`web.codes.${key}`);
  const title = id === null ? word('add') : say('web.codes.edit-title', { name: named(before.name) });
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="evidence-form" onSubmit={task.submit}>
        {ordered().map((one) => (
          <Field
            key={one}
            label={`${word('name')} (${say(`language.${one}`)})`}
            value={body.name[one] ?? ''}
            onValue={(text) => setBody({ ...body, name: { ...body.name, [one]: text } })}
          />
        ))}
        <Choice
          label={word('parent')}
          value={body.parent ?? ''}
          choices={[
            { value: '', text: word('parent-none') },
            ...codeLines(codes)
              .filter((code) => code.id !== id)
              .map((code) => ({ value: code.id, text: codePath(codes, code.id) })),
          ]}
          onValue={(parent) => setBody({ ...body, parent: parent === '' ? null : parent })}
        />
        {ordered().map((one) => (
          <details key={one} open={one === lang.value}>
            <summary>{say(`language.${one}`)}</summary>
            {PARTS.map((part) => (
              <Words
                key={part}
                label={word(part)}
                lang={one}
                value={body[part][one] ?? ''}
                onValue={(text) => setBody({ ...body, [part]: { ...body[part], [one]: text } })}
              />
            ))}
          </details>
        ))}
        <Field label={word('colour')} value={colour} onValue={setColour} spellcheck={false} maxLength={7} />
        <p class="field">
          <input
            id={codable}
            type="checkbox"
            checked={body.codable}
            onChange={(event) => setBody({ ...body, codable: event.currentTarget.checked })}
          />{' '}
          <label for={codable}>{word('codable')}</label>
        </p>
        <p>
          <button type="submit" class="main" disabled={task.busy}>
            {say('web.save')}
          </button>
        </p>
        {task.refusal?.code === 'changed-meanwhile' ? (
          <p class="finding error" role="alert">
            {word('meanwhile')}
          </p>
        ) : (
          <Told task={task} />
        )}
      </form>
    </Dialog>
  );
}

/** The language of the pages first. */
function ordered(): Lang[] {
  return [lang.value, ...languages.filter((one) => one !== lang.value)];
}

function Words({
  label,
  lang: spoken,
  value,
  onValue,
}: {
  label: string;
  lang: Lang;
  value: string;
  onValue(text: string): void;
}) {
  const id = useId();
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <textarea id={id} lang={spoken} rows={2} value={value} onInput={(event) => onValue(event.currentTarget.value)} />
    </p>
  );
}
