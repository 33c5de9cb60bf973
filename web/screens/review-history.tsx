/** What stood in a section before: who changed it when, what they changed word by word, and a way back. */
import { useState } from 'preact/hooks';
import type { AnswerVersion, AnswerVersions, AnswerVersionText } from '../../src/api/review.ts';
import type { Lang } from '../../src/types.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { day, say } from '../words.ts';
import { answerPath } from './review-address.ts';
import { whoOf } from './review-comments.tsx';
import { differences } from './review-differences.ts';
import { Marked } from './review-merge.tsx';

interface About {
  site: string;
  section: string;
  written: Lang;
}

export function ReviewHistory({
  now,
  onClose,
  onPutBack,
  ...about
}: About & { now: string; onClose(): void; onPutBack(text: string): void }) {
  const versions = useResource<AnswerVersions>(answerPath(about.site, about.section, about.written, '/versions'));
  const [every, setEvery] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const listed = versions.value?.versions.filter(({ last }) => every || last) ?? [];
  const at = listed.findIndex(({ number }) => number === chosen);
  const version = listed[at];
  return (
    <Dialog title={say('review-page.history.title')} onClose={onClose}>
      {versions.value === null ? (
        <Waiting resource={versions} />
      ) : listed.length === 0 ? (
        <p>{say('review-page.history.none')}</p>
      ) : (
        <>
          <label>
            <input type="checkbox" checked={every} onChange={(event) => setEvery(event.currentTarget.checked)} />{' '}
            {say('review-page.history.every')}
          </label>
          <ul class="versions">
            {listed.map((one) => (
              <li key={one.number}>
                <button type="button" aria-pressed={one.number === chosen} onClick={() => setChosen(one.number)}>
                  {moment(one.at)} · {whoOf(one.by, one.name)} · {say(`review-page.history.${one.action}`)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {(versions.value?.leftOut ?? 0) > 0 ? (
        <p class="hint">{say('review-page.history.left-out', { count: versions.value?.leftOut })}</p>
      ) : null}
      {version === undefined ? null : (
        <Step key={version.number} about={about} version={version} before={listed[at + 1]} now={now} onPutBack={onPutBack} />
      )}
    </Dialog>
  );
}

/** What changed at one step, or since. */
function Step({
  about: { site, section, written },
  version,
  before,
  now,
  onPutBack,
}: {
  about: About;
  version: AnswerVersion;
  before: AnswerVersion | undefined;
  now: string;
  onPutBack(text: string): void;
}) {
  const [since, setSince] = useState(false);
  const pathOf = (one: AnswerVersion | undefined): string | null =>
    one === undefined ? null : answerPath(site, section, written, `/versions/${one.number}`);
  const own = useResource<AnswerVersionText>(pathOf(version));
  const earlier = useResource<AnswerVersionText>(pathOf(before));
  if (own.value === null) return <Waiting resource={own} />;
  if (before !== undefined && earlier.value === null) return <Waiting resource={earlier} />;
  const stretches = since ? differences(own.value.text, now) : differences(earlier.value?.text ?? '', own.value.text);
  return (
    <section aria-label={moment(version.at)}>
      <p>
        <label>
          {say('review-page.history.compare')}{' '}
          <select value={since ? 'now' : 'before'} onChange={(event) => setSince(event.currentTarget.value === 'now')}>
            <option value="before">{say('review-page.history.with-before')}</option>
            <option value="now">{say('review-page.history.with-now')}</option>
          </select>
        </label>
      </p>
      <Marked stretches={stretches} written={written} />
      <p class="hint">
        {version.author === null ? null : say('review-page.history.author', { author: version.author })}{' '}
        {say('review-page.history.signs')}
      </p>
      {own.value.text === '' || own.value.text === now ? null : (
        <button type="button" class="main" onClick={() => onPutBack(own.value?.text ?? '')}>
          {say('review-page.history.put-back')}
        </button>
      )}
    </section>
  );
}

/** A day with its hour, by the clock of this machine. */
function moment(iso: string): string {
  const at = new Date(iso);
  const two = (n: number): string => String(n).padStart(2, '0');
  const here = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day(here)}, ${two(at.getHours())}:${two(at.getMinutes())}`;
}
