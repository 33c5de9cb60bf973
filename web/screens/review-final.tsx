/** The review that is sent: what keeps it from being final, sentence by sentence, and the files once nothing does. */
import { useState } from 'preact/hooks';
import type { FinalReply } from '../../src/api/claims.ts';
import type { ReviewOutline } from '../../src/api/review.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { may } from '../session.ts';
import { lang, say } from '../words.ts';
import { sectionHref } from './review-address.ts';

const FORMATS = ['docx', 'pdf', 'zip'] as const;
const NAMES = { docx: 'Word', pdf: 'PDF', zip: 'ZIP' } as const;

export function ReviewFinal({ outline }: { outline: ReviewOutline }) {
  return may('editor', outline.site.id) ? <Final outline={outline} /> : null;
}

function Final({ outline }: { outline: ReviewOutline }) {
  const site = outline.site.id;
  const path = `/api/sites/${encodeURIComponent(site)}/final-review`;
  const state = useResource<FinalReply>(`${path}?in=${outline.in}`);
  const [making, setMaking] = useState(false);
  const [confidential, setConfidential] = useState('mark');
  const [told, setTold] = useState('');
  const make = async (format: (typeof FORMATS)[number]): Promise<void> => {
    setMaking(true);
    setTold(say('web.claims.final-making'));
    try {
      setTold(
        await saved(
          `${path}/review.${format}?in=${outline.in}&confidential=${confidential}&lang=${lang.value}`,
          `${site}.${outline.in}.${format}`,
        ),
      );
    } finally {
      setMaking(false);
    }
  };
  return (
    <section class="files" aria-labelledby="final-title">
      <h2 id="final-title">{say('web.claims.final-title')}</h2>
      <p class="hint">{say('web.claims.final-about')}</p>
      {state.value === null ? <Waiting resource={state} /> : <Hindrances state={state.value} outline={outline} />}
      <p class="choices">
        <label>
          {say('review-page.files.confidential')}{' '}
          <select value={confidential} onChange={(event) => setConfidential(event.currentTarget.value)}>
            <option value="mark">{say('review-page.files.mark')}</option>
            <option value="leave-out">{say('review-page.files.leave-out')}</option>
          </select>
        </label>
      </p>
      <p class="choices">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            disabled={making || state.value === null || !state.value.ready}
            onClick={() => void make(format)}
          >
            {say('web.claims.final-make', { format: NAMES[format] })}
          </button>
        ))}
      </p>
      <p role="status">{told}</p>
    </section>
  );
}

function Hindrances({ state: { ready, claims, open }, outline }: { state: FinalReply; outline: ReviewOutline }) {
  if (ready) return <p role="status">{say('web.claims.final-ready', { count: claims })}</p>;
  return (
    <div class="finding error" role="status">
      <p>{say('web.claims.final-open', { count: open.length })}</p>
      <ul>
        {open.map(({ section, message }) => (
          <li key={message}>
            {message} <a href={sectionHref(outline.site.id, section, outline.in)}>{say('web.claims.section', { section })}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Fetches a file and hands it to the browser to be saved; returns what to tell. */
async function saved(address: string, name: string): Promise<string> {
  const response = await fetch(address, { credentials: 'same-origin' }).catch(() => null);
  if (response === null) return say('web.failed', { why: say('web.no-connection') });
  if (!response.ok) {
    const why = (await response.json().catch(() => null)) as { message: string } | null;
    return say('web.failed', { why: why?.message ?? `${response.status}` });
  }
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return say('web.claims.final-made', { file: name });
}
