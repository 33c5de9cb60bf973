/** What a map does not say clearly, asked: which zone a word means, or what the coordinates are in. */
import { useId, useState } from 'preact/hooks';
import type { ZoneMapQuestion, ZoneMapRequest } from '../../src/api/zone-maps.ts';
import type { ZoneKind } from '../../src/types.ts';
import { say } from '../words.ts';

interface Props<About> {
  question: Extract<ZoneMapQuestion, { about: About }>;
  busy: boolean;
  onAnswer(answer: Pick<ZoneMapRequest, 'words' | 'crs'>): void;
}

export function Question({ question, ...rest }: Omit<Props<'words'>, 'question'> & { question: ZoneMapQuestion }) {
  return question.about === 'words' ? <Words question={question} {...rest} /> : <Crs question={question} {...rest} />;
}

const KINDS = ['core', 'buffer', 'transition'] as const;

function Words({ question: { field, words }, busy, onAnswer }: Props<'words'>) {
  const [chosen, setChosen] = useState<Record<string, ZoneKind | ''>>(
    Object.fromEntries(words.map(({ word, suggested }) => [word, suggested ?? ''])),
  );
  const given = Object.entries(chosen).filter((pair): pair is [string, ZoneKind] => pair[1] !== '');
  return (
    <form
      class="ask"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer({ words: Object.fromEntries(given) });
      }}
    >
      <h3>{say('site.question.words')}</h3>
      <p>{say('site.question.words-why', { field })}</p>
      <ul class="plain-list">
        {words.map(({ word, features }) => (
          <li key={word}>
            <label>
              <q>{word}</q>
              {features === null ? null : <small> {say('site.features', { count: features })}</small>}{' '}
              <select
                required
                value={chosen[word] ?? ''}
                onChange={({ currentTarget }) =>
                  setChosen((known) => ({ ...known, [word]: KINDS.find((kind) => kind === currentTarget.value) ?? '' }))
                }
              >
                <option value="">{say('site.question.choose')}</option>
                {KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {say(`zone.${kind}`)}
                  </option>
                ))}
              </select>
            </label>
          </li>
        ))}
      </ul>
      {words.some(({ suggested }) => suggested !== null) ? <p class="hint">{say('site.question.suggested')}</p> : null}
      <button type="submit" class="main" disabled={busy || given.length < words.length}>
        {say('site.question.go-on')}
      </button>
    </form>
  );
}

function Crs({ question: { message, choices }, busy, onAnswer }: Props<'crs'>) {
  const [crs, setCrs] = useState(choices[0] ?? '');
  const list = useId();
  return (
    <form
      class="ask"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer({ crs: crs.trim() });
      }}
    >
      <h3>{say('site.question.crs')}</h3>
      <p>{message}</p>
      <label>
        {say('site.question.crs-name')}{' '}
        <input
          required
          list={list}
          value={crs}
          placeholder="EPSG:32642"
          onInput={({ currentTarget }) => setCrs(currentTarget.value)}
        />
      </label>
      <datalist id={list}>
        {[...new Set([...choices, ...USUAL])].map((code) => (
          <option key={code} value={code} />
        ))}
      </datalist>{' '}
      <button type="submit" class="main" disabled={busy || crs.trim() === ''}>
        {say('site.question.go-on')}
      </button>
    </form>
  );
}

/** WGS 84, its UTM zones over Kazakhstan, and the Gauss-Krueger zones of Pulkovo 1942. */
const USUAL = [
  'EPSG:4326',
  ...[39, 40, 41, 42, 43, 44, 45].map((zone) => `EPSG:326${zone}`),
  ...[9, 10, 11, 12, 13, 14, 15].map((zone) => `EPSG:${28400 + zone}`),
];
