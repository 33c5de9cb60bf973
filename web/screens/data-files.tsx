/** Files of the folder of data: what can be computed from, what of it is described, and new ones. */
import { useId, useState } from 'preact/hooks';
import type { DataFileShown, DataFiles, ShownDataset } from '../../src/api/data.ts';
import { Refusal, write } from '../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { may } from '../session.ts';
import { say } from '../words.ts';
import { sizeText } from './data-sets.tsx';

interface FilesProps {
  site: string;
  files: DataFiles;
  datasets: readonly ShownDataset[];
}

export function Files({ site, files: { folder, files, left }, datasets }: FilesProps) {
  const [asked, setAsked] = useState<DataFileShown | null>(null);
  if (!folder) return <p>{say('data-page.files-no-folder')}</p>;
  const mayDescribe = may('editor', site);
  return (
    <>
      {mayDescribe ? <Upload /> : null}
      {files.length === 0 ? (
        <p>{say('data-page.files-none')}</p>
      ) : (
        <div class="scroll">
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">{say('data-page.file')}</th>
                <th scope="col">{say('data-page.format')}</th>
                <th scope="col" class="n">
                  {say('data-page.size')}
                </th>
                <th scope="col">{say('data-page.dataset')}</th>
              </tr>
            </thead>
            <tbody>
              {files.map((file) => (
                <tr key={file.name}>
                  <th scope="row" class="href">
                    {file.name}
                  </th>
                  <td data-label={say('data-page.format')}>{file.format}</td>
                  <td class="n" data-label={say('data-page.size')}>
                    {sizeText(file.size)}
                  </td>
                  <td data-label={say('data-page.dataset')}>
                    {datasets.some(({ href }) => href === file.name) ? (
                      say('data-page.described')
                    ) : mayDescribe ? (
                      <button
                        type="button"
                        onClick={() => setAsked(file)}
                        aria-label={say('data-page.describe-title', { file: file.name })}
                      >
                        {say('data-page.describe')}
                      </button>
                    ) : (
                      '–'
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {left > 0 ? <p class="hint">{say('data-page.files-left', { count: left })}</p> : null}
      {asked === null ? null : <Describe site={site} file={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function Describe({ site, file, onClose }: { site: string; file: DataFileShown; onClose(): void }) {
  const [about, setAbout] = useState({ title: '', licence: '', attribution: '', start: '', end: '' });
  const task = useTask(async () => {
    const { start, end, ...words } = about;
    const period = start !== '' && end !== '' ? { period: { start, end } } : {};
    await write('post', `/api/sites/${encodeURIComponent(site)}/data`, { file: file.name, ...words, ...period });
    onClose();
  });
  const set = (field: keyof typeof about) => (value: string) => setAbout({ ...about, [field]: value });
  return (
    <Dialog title={say('data-page.describe-title', { file: file.name })} onClose={onClose}>
      <form onSubmit={task.submit} class="describe">
        <Field label={say('data-page.describe-name')} value={about.title} onValue={set('title')} required />
        <Field label={say('data-page.describe-licence')} value={about.licence} onValue={set('licence')} required />
        <Field label={say('data-page.describe-attribution')} value={about.attribution} onValue={set('attribution')} required />
        <Field label={say('data-page.describe-from')} type="date" value={about.start} onValue={set('start')} />
        <Field label={say('data-page.describe-until')} type="date" value={about.end} onValue={set('end')} />
        <p>
          <button type="submit" class="main" disabled={task.busy}>
            {say('web.save')}
          </button>
        </p>
        <Told task={task} />
      </form>
    </Dialog>
  );
}

function Upload() {
  const id = useId();
  const [told, setTold] = useState('');
  const [refused, setRefused] = useState('');
  const send = async (files: FileList | null): Promise<void> => {
    setRefused('');
    for (const file of files ?? []) {
      setTold(say('data-page.uploading', { file: file.name }));
      try {
        await write('post', `/api/data-files?name=${encodeURIComponent(file.name)}`, file);
        setTold(say('data-page.uploaded', { file: file.name }));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        setTold('');
        setRefused(error.message);
        return;
      }
    }
  };
  return (
    <div class="upload">
      <p>
        <label for={id}>{say('data-page.upload')}</label>{' '}
        <input
          id={id}
          type="file"
          multiple
          aria-describedby={`${id}-hint`}
          onChange={(event) => void send(event.currentTarget.files)}
        />
      </p>
      <p id={`${id}-hint`} class="hint">
        {say('data-page.upload-hint')}
      </p>
      <p role="status">{told}</p>
      {refused === '' ? null : (
        <p class="finding error" role="alert">
          {refused}
        </p>
      )}
    </div>
  );
}
