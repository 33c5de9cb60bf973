/** Sentences of a section that are checked, each with its badge; and figures to put into the text by `@`. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CheckedClaimReply, FoundFigure } from '../../src/api/claims.ts';
import { Refusal, write } from '../api.ts';
import { useResource } from '../resource.ts';
import { may } from '../session.ts';
import { say } from '../words.ts';

/** Letters of a search before the server is asked [ms after the last one]. */
const PAUSE = 250;

export function ReviewClaims({ site, section }: { site: string; section: string }) {
  const path = `/api/sites/${encodeURIComponent(site)}/claims`;
  const all = useResource<CheckedClaimReply[]>(path);
  const [told, setTold] = useState('');
  const own = (all.value ?? []).filter((claim) => claim.section === section);
  if (own.length === 0) return null;
  const remove = async (id: string): Promise<void> => {
    try {
      await write('delete', `${path}/${encodeURIComponent(id.slice(id.lastIndexOf('/') + 1))}`);
      setTold('');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setTold(say('web.failed', { why: error.message }));
    }
  };
  return (
    <section class="claims-of" aria-labelledby="claims-title">
      <h3 id="claims-title">{say('claims.screen.title')}</h3>
      <ul>
        {own.map((claim) => (
          <li key={claim.id}>
            <p>{claim.sentence}</p>
            <p class={`claim-badge ${claim.tone}`}>
              {claim.badge}
              {claim.final ? null : ` · ${say('claims.screen.not-final')}`}
            </p>
            <details>
              <summary>{say('claims.screen.mark', { mark: claim.mark })}</summary>
              <ul>
                {claim.lines.map((line) => (
                  <li key={line}>{line.trim()}</li>
                ))}
              </ul>
            </details>
            {may('contributor', site) && claim.id.startsWith(`${site}/claims/`) ? (
              <button type="button" class="plain" onClick={() => void remove(claim.id)}>
                {say('claims.screen.remove')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <p role="status">{told}</p>
    </section>
  );
}

/** A search for figures; the one that is chosen goes to `onChoose` as its mark. @param asked grows when `@` was typed */
export function FigureSearch({ site, asked, onChoose }: { site: string; asked: number; onChoose(mark: string): void }) {
  const [words, setWords] = useState('');
  const [sent, setSent] = useState('');
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSent(words), PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  useEffect(() => {
    if (asked === 0) return;
    setOpen(true);
    requestAnimationFrame(() => field.current?.focus());
  }, [asked]);
  const found = useResource<FoundFigure[]>(
    open ? `/api/sites/${encodeURIComponent(site)}/figures?most=12&search=${encodeURIComponent(sent)}` : null,
  );
  return (
    <details class="figure-search" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('claims.screen.insert')}</summary>
      <p class="hint">{say('claims.screen.about')}</p>
      <label>
        {say('claims.screen.search')}
        <input type="search" ref={field} value={words} onInput={(event) => setWords(event.currentTarget.value)} />
      </label>
      <p role="status">{found.value?.length === 0 ? say('claims.screen.nothing') : ''}</p>
      <ul>
        {(found.value ?? []).map((figure) => (
          <li key={figure.id}>
            <button
              type="button"
              class="plain"
              onClick={() => {
                setOpen(false);
                onChoose(figure.mark);
              }}
            >
              <strong>{figure.shown}</strong> – {figure.about}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
