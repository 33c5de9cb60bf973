/** What a reviewer may ask about a section, beside its text; a sentence that answers can be taken over. */
import { signal } from '@preact/signals';
import type { ReviewQuestion } from '../../src/api/review.ts';
import type { Lang } from '../../src/types.ts';
import { lang, say } from '../words.ts';

/** A sentence that was chosen, for the editor of the section to take over. */
export const offered = signal<string | null>(null);

export function ReviewQuestions({ questions, written }: { questions: ReviewQuestion[]; written: Lang }) {
  if (questions.length === 0) return null;
  return (
    <section aria-labelledby="questions-title">
      <h3 id="questions-title">{say('page.findings')}</h3>
      <p class="hint">{say('page.findings-note')}</p>
      {questions.map(({ rule, severity, text, sources, suggestion }) => (
        <div key={text} class={`finding ${severity}`} lang={written}>
          <p>
            <strong lang={lang.value}>
              {rule === null ? '' : `${rule} · `}
              {say(`severity.${severity}`)}
            </strong>{' '}
            {text}
          </p>
          {sources.length === 0 ? null : (
            <ul>
              {sources.map((source) => (
                <li key={source}>{source}</li>
              ))}
            </ul>
          )}
          {suggestion === null ? null : (
            <details>
              <summary lang={lang.value}>{say('review-page.suggestion')}</summary>
              <p>{suggestion}</p>
              <button
                type="button"
                lang={lang.value}
                onClick={() => {
                  offered.value = suggestion;
                }}
              >
                {say('review-page.take-suggestion')}
              </button>
            </details>
          )}
        </div>
      ))}
    </section>
  );
}
