/** What leaves the house: the draft to look at, as a file, with all that is sent along, and the questions for the reserve itself. */
import { useState } from 'preact/hooks';
import type { ReviewOutline } from '../../src/api/review.ts';
import { may } from '../session.ts';
import { lang, say } from '../words.ts';

const FILES = ['draft.docx', 'draft.pdf', 'draft.html', 'draft.zip', 'questions.docx'] as const;

export function ReviewFiles({ outline }: { outline: ReviewOutline }) {
  const site = outline.site.id;
  const [leaveOut, setLeaveOut] = useState(false);
  const [previous, setPrevious] = useState('');
  const [making, setMaking] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const addressOf = (file: string): string => {
    const options = new URLSearchParams({ in: outline.in, lang: lang.value });
    if (leaveOut) options.set('confidential', 'leave-out');
    if (previous !== '') options.set('previous', previous);
    return `/api/sites/${encodeURIComponent(site)}/review/${file}?${options}`;
  };
  const make = async (file: string): Promise<void> => {
    setMaking(file);
    setTold(say('review-page.files.making'));
    try {
      setTold(await saved(addressOf(file), `${site}.${outline.in}.${file.replace('draft.', '')}`));
    } finally {
      setMaking(null);
    }
  };
  return (
    <section class="files" aria-labelledby="files-title">
      <h2 id="files-title">{say('review-page.files.title', { language: say(`language.${outline.in}`) })}</h2>
      <p class="choices">
        {may('editor', site) ? (
          <label>
            {say('review-page.files.confidential')}{' '}
            <select
              value={leaveOut ? 'leave-out' : 'mark'}
              onChange={(event) => setLeaveOut(event.currentTarget.value !== 'mark')}
            >
              <option value="mark">{say('review-page.files.mark')}</option>
              <option value="leave-out">{say('review-page.files.leave-out')}</option>
            </select>
          </label>
        ) : (
          <span class="hint">{say('review-page.files.left-out')}</span>
        )}{' '}
        <label>
          {say('review-page.files.previous')}{' '}
          <input type="date" value={previous} onInput={(event) => setPrevious(event.currentTarget.value)} />
        </label>
      </p>
      <p class="choices">
        <a class="button" target="_blank" rel="noreferrer" href={addressOf('draft.html')}>
          {say('review-page.files.preview')}
        </a>
        {FILES.map((file) => (
          <button type="button" key={file} disabled={making !== null} onClick={() => void make(file)}>
            {say(`review-page.files.${file.replace('.', '-')}`)}
          </button>
        ))}
      </p>
      <p role="status">{told}</p>
    </section>
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
  return say('review-page.files.made', { file: name });
}
