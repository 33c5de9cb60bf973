/** Projects of other programs (REFI-QDA) in, and the analysis out. */
import { useId, useState } from 'preact/hooks';
import type { ProjectReply } from '../../src/api/evidence.ts';
import { write } from '../api.ts';
import { useTask } from '../parts/task.ts';
import { may } from '../session.ts';
import { lang, say } from '../words.ts';

/** Messages that are shown. */
const MOST = 50;

export function CodingProject() {
  const file = useId();
  const [chosen, setChosen] = useState<File | null>(null);
  const [reply, setReply] = useState<ProjectReply | null>(null);
  const task = useTask(async () => {
    if (chosen === null) return;
    const path = `/api/coding/projects?name=${encodeURIComponent(chosen.name)}`;
    setReply((await write<ProjectReply>('post', path, chosen)).reply);
  });
  const taken = (table: string): number => {
    const { added = 0, changed = 0 } = reply?.changes[table] ?? {};
    return added + changed;
  };
  return (
    <section aria-labelledby="take-title">
      <h2 id="take-title">{say('web.coding.take')}</h2>
      <p>
        <a href="/api/coding.csv" download>
          {say('web.coding.csv')}
        </a>
        {may('contributor', null) ? (
          <>
            {' · '}
            <a href={`/api/coding.qdpx?lang=${lang.value}`} download>
              REFI-QDA (.qdpx)
            </a>
            {' · '}
            <a href={`/api/coding.jsonld?lang=${lang.value}`} download>
              Web Annotation (.jsonld)
            </a>
          </>
        ) : null}
      </p>
      {may('editor', null) ? (
        <form class="evidence-import" onSubmit={task.submit}>
          <p>
            <label for={file}>{say('web.coding.project-import')}</label>{' '}
            <input
              id={file}
              type="file"
              accept=".qdpx"
              onChange={({ currentTarget }) => setChosen(currentTarget.files?.[0] ?? null)}
            />{' '}
            <button type="submit" disabled={chosen === null || task.busy}>
              {say('web.coding.project-send')}
            </button>
          </p>
          {task.refusal === null ? null : (
            <p class="finding error" role="alert">
              {task.refusal.message}
            </p>
          )}
          <div role="status">
            {reply === null ? null : (
              <>
                <p>
                  {say('web.coding.project-told', {
                    passages: taken('passages'),
                    codings: taken('codings'),
                    texts: taken('texts'),
                    codes: taken('codes'),
                  })}
                </p>
                <ul>
                  {reply.issues.slice(0, MOST).map(({ text }) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
                {reply.issues.length > MOST ? <p>{say('web.coding.more', { count: reply.issues.length - MOST })}</p> : null}
              </>
            )}
          </div>
        </form>
      ) : null}
    </section>
  );
}
