/** The passages of the part that is shown, with who gave them which code; then those that have no place in the text. */
import { useState } from 'preact/hooks';
import type { CodeShown, DocumentShown, PassageShown } from '../../src/api/evidence.ts';
import { Refusal, write } from '../api.ts';
import { may, session } from '../session.ts';
import { figure, say } from '../words.ts';
import { codeName, codePath } from './codes-tree.ts';
import type { TextPart } from './documents-parts.ts';
import { shortened } from './documents-words.ts';

type Numbered = PassageShown & { number: number };

interface PassagesProps {
  passages: readonly Numbered[];
  /** What is shown; `null` where the text is not. */
  part: TextPart | null;
  codes: readonly CodeShown[];
  coders: DocumentShown['coders'];
  onShow(number: number): void;
  onRecode: ((number: number) => void) | null;
}

export function Passages({ passages, part, ...rest }: PassagesProps) {
  const [told, setTold] = useState('');
  const lost = passages.filter(({ start }) => start === null);
  const here = passages.filter(
    ({ start, end }) => start !== null && end !== null && (part === null || (start < part.end && end > part.start)),
  );
  const elsewhere = passages.length - lost.length - here.length;
  const remove = async (coding: string): Promise<void> => {
    setTold('');
    try {
      await write('delete', `/api/codings/${encodeURIComponent(coding)}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setTold(error.message);
    }
  };
  const list = (some: readonly Numbered[]) => (
    <ol class="passages">
      {some.map((passage) => (
        <Passage key={passage.id} passage={passage} onRemove={(coding) => void remove(coding)} {...rest} />
      ))}
    </ol>
  );
  return (
    <section aria-labelledby="passages-title">
      <h2 id="passages-title">{say('web.coding.passages')}</h2>
      {here.length === 0 ? <p>{say('web.coding.passages-none')}</p> : list(here)}
      {elsewhere === 0 ? null : <p class="hint">{say('web.coding.passages-elsewhere', { count: elsewhere })}</p>}
      {lost.length === 0 ? null : (
        <>
          <h3>{say('web.coding.passages-lost')}</h3>
          {list(lost)}
        </>
      )}
      {told === '' ? null : (
        <p class="finding error" role="alert">
          {told}
        </p>
      )}
    </section>
  );
}

interface PassageProps extends Pick<PassagesProps, 'codes' | 'coders' | 'onShow' | 'onRecode'> {
  passage: Numbered;
  onRemove(coding: string): void;
}

function Passage({ passage, codes, coders, onShow, onRecode, onRemove }: PassageProps) {
  const { number, quote, page, anchored, codings, memos, start } = passage;
  const nameOf = (id: string | null): string => coders.find((one) => one.id === id)?.name ?? '–';
  const mine = (coder: string): boolean => may('editor', null) || (coder !== '–' && coder === session.value?.user?.name);
  return (
    <li>
      <h3>
        [{figure(number)}] <small>{page === null ? '' : say('web.documents.page', { page })}</small>
      </h3>
      <blockquote>{quote === '' ? say('web.claims.passage-closed') : shortened(quote, 400)}</blockquote>
      {anchored === 'sure' ? null : (
        <p class={anchored === 'lost' ? 'badge error' : 'badge question'}>{say(`web.coding.anchored.${anchored}`)}</p>
      )}
      <ul class="codings">
        {codings.map(({ id, code, coder, status }) => {
          const [own, who] = [codes.find((one) => one.id === code), nameOf(coder)];
          return (
            <li key={id} title={codePath(codes, code)}>
              <span class="swatch" style={own?.colour == null ? undefined : { background: own.colour }} aria-hidden="true" />{' '}
              <span class={status === 'dropped' ? 'dropped' : undefined}>{codeName(codes, code)}</span>{' '}
              <small>
                {who} · {say(`web.coding.status.${status}`)}
              </small>{' '}
              {may('contributor', null) && mine(who) ? (
                <button
                  type="button"
                  class="plain"
                  aria-label={say('web.coding.remove', { code: codeName(codes, code), coder: who })}
                  onClick={() => onRemove(id)}
                >
                  ×
                </button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {memos.map((memo) => (
        <p key={memo} class="memo">
          {say('web.coding.memo')}: {memo}
        </p>
      ))}
      {start === null ? null : (
        <p class="passage-do">
          <button type="button" class="plain" onClick={() => onShow(number)}>
            {say('web.coding.show')}
          </button>
          {onRecode === null ? null : (
            <button type="button" class="plain" onClick={() => onRecode(number)}>
              {say('web.coding.recode')}
            </button>
          )}
        </p>
      )}
    </li>
  );
}
