/** Texts of reviews that were typed and could not be sent: kept by the review itself, counted and sent with everything else that waits. */
import { computed, signal } from '@preact/signals';
import { LOST, Refusal, write } from './api.ts';
import { address } from './router.ts';
import { answerPath } from './screens/review-address.ts';
import { type Draft, keptDrafts, type Place } from './screens/review-drafts.ts';
import { session } from './session.ts';

const looked = signal(0);

/** Of whoever is there. Read anew with every screen, and whenever one was sent. */
export const drafts = computed<readonly (Place & { draft: Draft })[]>(() => {
  void looked.value;
  void address.value;
  const user = session.value?.user;
  return user == null ? [] : keptDrafts(user.id).list(null);
});

/** Looks again what is kept. */
export function lookForDrafts(): void {
  looked.value += 1;
}

/** Sends what waits while no review is open: one that is sends its own. What somebody else changed is left for a person. */
export async function sendDrafts(): Promise<void> {
  lookForDrafts();
  const user = session.peek()?.user;
  if (user == null || /^\/sites\/[^/]+\/review(\/|$)/.test(location.pathname)) return;
  const kept = keptDrafts(user.id);
  for (const { draft, ...place } of drafts.peek()) {
    if (draft.conflict) continue;
    const { text, confidential, version } = draft;
    const author = localStorage.getItem('review-author') ?? '';
    const body = { text, author, ...(confidential === null ? {} : { confidential }) };
    try {
      await write('put', answerPath(place.site, place.section, place.lang), body, { version });
      kept.forget(place);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (LOST.includes(error.status)) return;
      if (error.code === 'changed-meanwhile') kept.keep(place, { ...draft, conflict: true });
    } finally {
      lookForDrafts();
    }
  }
}
