/** Files beside a record: scans, photographs, orders. Each is kept in the dossier under its digest. */
import { useState } from 'preact/hooks';
import type { Attachment } from '../../src/api/records.ts';
import { Refusal, write } from '../api.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { figure, say } from '../words.ts';

export function RecordPapers({ site, item }: { site: string; item: string }) {
  const papers = useResource<Attachment[]>(`${item}/attachments`);
  const [told, setTold] = useState('');
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      setTold('');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setTold(error.message);
    }
  };
  if (papers.value === null) return <Waiting resource={papers} />;
  const address = (id: string): string => `/api/sites/${encodeURIComponent(site)}/attachments/${encodeURIComponent(id)}`;
  return (
    <fieldset>
      <legend>{say('records-page.papers')}</legend>
      <ul>
        {papers.value.map(({ id, name, size, digest }) => (
          <li key={id}>
            <a href={address(id)} download={name} title={digest}>
              {name}
            </a>{' '}
            ({figure(size / 1024, 0)} kB){' '}
            <button
              type="button"
              onClick={() => void attempt(() => write('delete', address(id)))}
              aria-label={`${say('records-page.detach')}: ${name}`}
            >
              {say('records-page.detach')}
            </button>
          </li>
        ))}
      </ul>
      <label>
        {say('records-page.attach')}{' '}
        <input
          type="file"
          multiple
          onChange={async ({ currentTarget }) => {
            for (const file of currentTarget.files ?? []) {
              await attempt(() => write('post', `${item}/attachments?name=${encodeURIComponent(file.name)}`, file));
            }
            currentTarget.value = '';
          }}
        />
      </label>
      <p role="status">{told}</p>
    </fieldset>
  );
}
