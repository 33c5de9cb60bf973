/** What reviewers say about a section; contributors say when it was dealt with. */
import { useState } from 'preact/hooks';
import type { Comment } from '../../src/api/review.ts';
import { Refusal, write } from '../api.ts';
import { UnsentHere } from '../parts/unsent.tsx';
import { useResource } from '../resource.ts';
import { may, session } from '../session.ts';
import { day, say } from '../words.ts';

export function ReviewComments({ site, section }: { site: string; section: string }) {
  const path = `/api/sites/${encodeURIComponent(site)}/comments`;
  const comments = useResource<Comment[]>(`${path}?section=${encodeURIComponent(section)}`);
  const [text, setText] = useState('');
  const [told, setTold] = useState('');
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      setTold('');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setTold(say('web.failed', { why: error.message }));
    }
  };
  /** What waits without a connection bears these names. */
  const offline = (what: 'add' | 'change' | 'remove') => ({ offline: { title: say(`outbox.comment-${what}`, { section }) } });
  const add = async (): Promise<void> => {
    await write('post', path, { section, text }, offline('add'));
    setText('');
  };
  const known = comments.value ?? [];
  if (known.length === 0 && !may('reviewer', site)) return null;
  return (
    <section class="comments-of" aria-labelledby="comments-title">
      <h3 id="comments-title">{say('review-page.comments.title')}</h3>
      <ul>
        {known.map((comment) => (
          <li key={comment.id} class={comment.resolved === null ? '' : 'resolved'}>
            <p class="hint">
              {whoOf(comment.author, comment.name)}, {day(comment.written)}
              {comment.resolved === null ? null : <> · {say('review-page.comments.resolved', { date: day(comment.resolved) })}</>}
            </p>
            <p class="said">{comment.text}</p>
            <p class="actions">
              {may('contributor', site) ? (
                <button
                  type="button"
                  onClick={() =>
                    void act(() =>
                      write('patch', `${path}/${comment.id}`, { resolved: comment.resolved === null }, offline('change')),
                    )
                  }
                >
                  {say(comment.resolved === null ? 'review-page.comments.resolve' : 'review-page.comments.reopen')}
                </button>
              ) : null}
              {comment.author === session.value?.user?.id || may('editor', site) ? (
                <button
                  type="button"
                  class="plain"
                  onClick={() => void act(() => write('delete', `${path}/${comment.id}`, undefined, offline('remove')))}
                >
                  {say('review-page.comments.remove')}
                </button>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
      <UnsentHere under={path} />
      {may('reviewer', site) ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') void act(add);
          }}
        >
          <label>
            {say('review-page.comments.add')}
            <textarea rows={2} value={text} maxLength={10_000} onInput={(event) => setText(event.currentTarget.value)} />
          </label>
          <button type="submit" disabled={text.trim() === ''}>
            {say('review-page.comments.send')}
          </button>
        </form>
      ) : null}
      <p role="status">{told}</p>
    </section>
  );
}

/** The name of whoever did something; a dossier without accounts has one user, who has none. */
export function whoOf(id: string, name: string | null): string {
  return name ?? (id === 'local' ? say('review-page.local-user') : id);
}
