/** What an indicator is to be computed from: files of the data folder, addresses, settings with their defaults. */
import { useState } from 'preact/hooks';
import type { DataFileShown, DataFiles, ShownDataset, SiteData } from '../../src/api/data.ts';
import type { ShownRun } from '../../src/api/indicators.ts';
import type { DataReference, ProcessDescription, ProcessInput } from '../../src/api/jobs.ts';
import { write } from '../api.ts';
import { Field } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { say } from '../words.ts';
import { FileChoice } from './indicators-files.tsx';

interface ComputeProps {
  site: string;
  process: string;
  /** Its inputs and settings are offered again. */
  last: ShownRun | null;
  onDone(): void;
}

/** Inputs that are named apart from those of the indicator. */
const NOT_SETTINGS = ['site'];

export function ComputeForm(props: ComputeProps) {
  const process = useResource<ProcessDescription>(`/ogc/processes/${encodeURIComponent(props.process)}`);
  const files = useResource<DataFiles>('/api/data-files');
  const data = useResource<SiteData>(`/api/sites/${encodeURIComponent(props.site)}/data`);
  for (const resource of [process, files, data]) if (resource.value === null) return <Waiting resource={resource} />;
  if (process.value === null || files.value === null || data.value === null) return null;
  const titles = data.value.needs.find((need) => need.process === props.process)?.indicators.map(({ title }) => title) ?? [];
  return <Form {...props} about={process.value} files={files.value} datasets={data.value.datasets} titles={titles} />;
}

type FormProps = ComputeProps & {
  about: ProcessDescription;
  files: DataFiles;
  datasets: readonly ShownDataset[];
  titles: string[];
};

function Form({ site, about, files, datasets, titles, last, onDone }: FormProps) {
  const inputs = Object.entries(about.inputs).filter(([name]) => !NOT_SETTINGS.includes(name));
  const data = inputs.filter(([, input]) => input.keywords.length > 0);
  const settings = inputs.filter(([, input]) => input.keywords.length === 0);
  const [chosen, setChosen] = useState<Record<string, string[]>>(() =>
    Object.fromEntries(data.map(([name]) => [name, lastFiles(last, name, files.files)])),
  );
  const [addresses, setAddresses] = useState<Record<string, string>>({});
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(settings.map(([name, input]) => [name, String(last?.params[name] ?? defaultOf(input))])),
  );
  const start = useTask(async () => {
    const references = data.map(([name]): [string, DataReference[]] => [
      name,
      [
        ...(chosen[name] ?? []).map((file) => referenceTo(file, datasets)),
        ...(addresses[name] ?? '')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      ],
    ]);
    const changed = settings
      .filter(([name, input]) => (values[name] ?? '') !== defaultOf(input))
      .map(([name]) => [name, values[name]]);
    const body = {
      inputs: { site, ...Object.fromEntries(references.filter(([, list]) => list.length > 0)), ...Object.fromEntries(changed) },
    };
    await write('post', `/ogc/processes/${encodeURIComponent(about.id)}/execution`, body);
    onDone();
  });
  return (
    <form class="compute" onSubmit={start.submit}>
      <h2>{say('indicators-page.compute-title', { title: about.title })}</h2>
      <p class="hint">
        {say('indicators-page.gives', { titles: titles.join(', ') })}{' '}
        <a href={`/sites/${encodeURIComponent(site)}/data`}>{say('indicators-page.to-data')}</a>
      </p>
      {data.filter(([name]) => name !== 'dates' && name !== 'region').map(([name, input]) => inputFields(name, input))}
      <details>
        <summary>{say('indicators-page.settings')}</summary>
        <div class="fields">
          {settings.map(([name, input]) => (
            <Field
              key={name}
              label={input.title}
              hint={`${name}${defaultOf(input) === '' ? '' : `; ${say('indicators-page.default', { value: defaultOf(input) })}`}`}
              value={values[name] ?? ''}
              onValue={(value) => setValues({ ...values, [name]: value })}
            />
          ))}
        </div>
        {data.filter(([name]) => name === 'dates' || name === 'region').map(([name, input]) => inputFields(name, input))}
      </details>
      <p class="actions">
        <button type="submit" class="main" disabled={start.busy}>
          {say('indicators-page.start')}
        </button>
        <button type="button" onClick={onDone}>
          {say('web.close')}
        </button>
      </p>
      <Told task={start} />
    </form>
  );

  function inputFields(name: string, input: ProcessInput) {
    return (
      <FileChoice
        key={name}
        title={input.minOccurs === 0 ? say('indicators-page.optional', { title: input.title }) : input.title}
        files={files.files.filter(({ kind }) => input.keywords.includes(kind))}
        single={input.maxOccurs === 1}
        chosen={chosen[name] ?? []}
        onChosen={(list) => setChosen({ ...chosen, [name]: list })}
        {...(input.keywords.includes('raster')
          ? {
              addresses: addresses[name] ?? '',
              hint: say(`indicators-page.addresses-${files.addresses}`),
              onAddresses: (text: string) => setAddresses({ ...addresses, [name]: text }),
            }
          : {})}
      />
    );
  }
}

function defaultOf({ schema }: ProcessInput): string {
  return typeof schema.default === 'string' ? schema.default : '';
}

/** A file that is described as a data set is named as such, so that its digest is held to. */
function referenceTo(file: string, datasets: readonly ShownDataset[]): DataReference {
  const described = datasets.find(({ href }) => href === file);
  return described === undefined ? file : { dataset: described.id };
}

/** The files that the last run had for an input, as far as they are still there: a run keeps the last part of their names. */
function lastFiles(last: ShownRun | null, input: string, files: readonly DataFileShown[]): string[] {
  const names = (last?.inputs ?? []).flatMap(({ href }) => (href.startsWith(`${input}: `) ? [href.slice(input.length + 2)] : []));
  return files.flatMap(({ name }) => (names.includes(name.split('/').at(-1) ?? '') ? [name] : []));
}
