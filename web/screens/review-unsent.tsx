/** Texts that were typed here and could not be sent: sent again when there is a connection, named until then. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { online, Refusal, write } from '../api.ts';
import { session } from '../session.ts';
import { say } from '../words.ts';
import { answerPath, sectionHref } from './review-address.ts';
import { type Drafts, keptDrafts, type Place } from './review-drafts.ts';

/** Raised whenever a draft was kept or forgotten. */
export const draftsChanged = signal(0);

/** One name for the text of a section in a language. */
export function textName({ section, lang }: Pick<Place, 'section' | 'lang'>): string {
  return `${section} ${lang}`;
}

/** The drafts of whoever is there. */
export function ownDrafts(): Drafts {
  return keptDrafts(session.value?.user?.id ?? '');
}

/** @param props.open what is being typed in just now, as `textName` names it */
export function UnsentTexts({ site, open }: { site: string; open: string }) {
  void draftsChanged.value;
  const waiting = ownDrafts()
    .list(site)
    .filter((place) => textName(place) !== open);
  const connected = online.value;
  useEffect(() => {
    if (connected) void sendWaiting(site, open);
  }, [connected, site, open]);
  if (waiting.length === 0) return null;
  return (
    <section class="finding question" aria-label={say('review-page.unsent.title')}>
      <p>
        <strong>{say('review-page.unsent.title')}</strong> {say('review-page.unsent.about')}
      </p>
      <ul>
        {waiting.map(({ section, lang, draft }) => (
          <li key={textName({ section, lang })}>
            <a href={sectionHref(site, section, lang)}>
              {section}, {say(`language.${lang}`)}
            </a>
            {draft.conflict ? <> – {say('review-page.unsent.conflict')}</> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Sends what waits, but for the section that is open, which sends its own; what somebody else changed meanwhile is left for a person. */
async function sendWaiting(site: string, open: string): Promise<void> {
  const drafts = ownDrafts();
  for (const { draft, ...place } of drafts.list(site)) {
    if (textName(place) === open || draft.conflict) continue;
    try {
      const body = {
        text: draft.text,
        ...(draft.confidential === null ? {} : { confidential: draft.confidential }),
        author: author(),
      };
      await write('put', answerPath(site, place.section, place.lang), body, { version: draft.version });
      drafts.forget(place);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 0) return;
      if (error.code === 'changed-meanwhile') drafts.keep(place, { ...draft, conflict: true });
    }
    draftsChanged.value += 1;
  }
}

/** The name under a text in a dossier without accounts, as it was given on this machine. */
export function author(): string {
  return localStorage.getItem('review-author') ?? '';
}
