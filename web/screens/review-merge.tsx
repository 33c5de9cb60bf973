/** Two people wrote at once: both texts side by side, and the choice of one, or of both together. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Lang } from '../../src/types.ts';
import { say } from '../words.ts';
import type { Stored } from './review-autosave.ts';
import { bothTogether, differences, type Stretch } from './review-differences.ts';

interface Choice {
  mine: string;
  theirs: Stored | null;
  written: Lang;
  onTheirs(): void;
  onInstead(text: string): void;
}

export function MergeView({ mine, theirs, written, onTheirs, onInstead }: Choice) {
  const [both, setBoth] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  if (theirs === null) return <p role="status">{say('web.loading')}</p>;
  const changes = differences(theirs.text, mine);
  return (
    <div class="merge">
      <h4 ref={title} tabIndex={-1}>
        {say('review-page.merge.title')}
      </h4>
      <p>{say('review-page.merge.about')}</p>
      <div class="beside">
        <section aria-label={say('review-page.merge.mine')}>
          <h5>{say('review-page.merge.mine')}</h5>
          <Marked stretches={changes.filter(({ kind }) => kind !== 'gone')} written={written} />
          <button type="button" onClick={() => onInstead(mine)}>
            {say('review-page.merge.take-mine')}
          </button>
        </section>
        <section aria-label={say('review-page.merge.theirs')}>
          <h5>
            {say('review-page.merge.theirs')} <small>{theirs.by}</small>
          </h5>
          {theirs.text === '' ? (
            <p class="hint">{say('review-page.merge.removed')}</p>
          ) : (
            <Marked stretches={changes.filter(({ kind }) => kind !== 'new')} written={written} />
          )}
          <button type="button" onClick={onTheirs}>
            {say('review-page.merge.take-theirs')}
          </button>
        </section>
      </div>
      {both === null ? (
        <button type="button" class="main" onClick={() => setBoth(bothTogether(theirs.text, mine))}>
          {say('review-page.merge.both')}
        </button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onInstead(both);
          }}
        >
          <label>
            {say('review-page.merge.both-label')}
            <textarea rows={10} lang={written} value={both} onInput={(event) => setBoth(event.currentTarget.value)} />
          </label>
          <button type="submit" class="main">
            {say('review-page.merge.save')}
          </button>{' '}
          <button type="button" onClick={() => setBoth(null)}>
            {say('web.cancel')}
          </button>
        </form>
      )}
    </div>
  );
}

/** A text with what was taken out and what was put in. */
export function Marked({ stretches, written }: { stretches: Stretch[]; written: Lang }) {
  return (
    <div class="written marked" lang={written}>
      {stretches.map(({ kind, text }, i) => {
        if (kind === 'same') return text;
        return kind === 'new' ? <ins key={i}>{text}</ins> : <del key={i}>{text}</del>;
      })}
    </div>
  );
}
