/**
 * What an indicator is to be computed from: files of the data folder, addresses, settings with their defaults; or what the dossier
 * holds, which nobody has to name.
 */
import { useState } from 'preact/hooks';
import type { DataFileShown, DataFiles, ShownDataset, SiteData } from '../../src/api/data.ts';
import type { ShownRun } from '../../src/api/indicators.ts';
import type { DataReference, ProcessDescription, ProcessInput } from '../../src/api/jobs.ts';
import { read, write } from '../api.ts';
import { Choice, Field } from '../parts/field.tsx';
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

/** So many settings stand open: none of them is overlooked. */
const FEW = 4;

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
  const stored = about.inputs.site?.description === about.inputs.site?.title ? undefined : about.inputs.site?.description;
  const related = about.links.filter(({ rel }) => rel === 'related');
  const [isAlso, setAlso] = useState(false);
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
    for (const { href } of isAlso ? related : []) await alsoStart(new URL(href).pathname, body.inputs);
    onDone();
  });
  return (
    <form class="compute" onSubmit={start.submit}>
      <h2>{say('indicators-page.compute-title', { title: about.title })}</h2>
      <p class="hint">
        {stored ?? (titles.length === 0 ? '' : say('indicators-page.gives', { titles: titles.join(', ') }))}{' '}
        {data.length === 0 ? null : <a href={`/sites/${encodeURIComponent(site)}/data`}>{say('indicators-page.to-data')}</a>}
      </p>
      {data.filter(([name]) => name !== 'dates' && name !== 'region').map(([name, input]) => inputFields(name, input))}
      <details open={settings.length <= FEW}>
        <summary>{say('indicators-page.settings')}</summary>
        <div class="fields">{settings.map(([name, input]) => settingField(name, input))}</div>
        {data.filter(([name]) => name === 'dates' || name === 'region').map(([name, input]) => inputFields(name, input))}
      </details>
      {related.length === 0 ? null : (
        <p class="also">
          <label>
            <input type="checkbox" checked={isAlso} onChange={(event) => setAlso(event.currentTarget.checked)} />{' '}
            {say('jobs.also', { titles: related.map(({ title }) => title ?? '').join(', ') })}
          </label>
        </p>
      )}
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

  function settingField(name: string, input: ProcessInput) {
    const own = {
      label: input.title,
      value: values[name] ?? '',
      onValue: (value: string) => setValues({ ...values, [name]: value }),
    };
    const choices = choicesOf(input);
    if (choices.length > 0)
      return (
        <Choice key={name} {...own} choices={choices.map((value) => ({ value, text: say(`jobs.choice.${name}.${value}`) }))} />
      );
    const usual = defaultOf(input);
    return (
      <Field key={name} {...own} hint={`${name}${usual === '' ? '' : `; ${say('indicators-page.default', { value: usual })}`}`} />
    );
  }

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

/** Another process of the same, with those of the settings that it has. */
async function alsoStart(path: string, inputs: Record<string, unknown>): Promise<void> {
  const about = await read<ProcessDescription>(path);
  const known = Object.entries(inputs).filter(([name]) => name in about.inputs);
  await write('post', `${path}/execution`, { inputs: Object.fromEntries(known) });
}

function defaultOf({ schema }: ProcessInput): string {
  return typeof schema.default === 'string' ? schema.default : '';
}

function choicesOf({ schema }: ProcessInput): string[] {
  return Array.isArray(schema.enum) ? schema.enum.map(String) : [];
}

/** A file that is described as a data set is named as such, so that its digest is held to. */
function referenceTo(file: string, datasets: readonly ShownDataset[]): DataReference {
  const described = datasets.find(({ href }) => href === file);
  return described === undefined ? file : { dataset: described.id };
}

/**
 * The files that the last run had for an input, as far as they are still there: a run keeps the last part of their names, behind
 * that of the input where there are several.
 */
function lastFiles(last: ShownRun | null, input: string, files: readonly DataFileShown[]): string[] {
  const names = (last?.inputs ?? []).map(({ href }) => (href.startsWith(`${input}: `) ? href.slice(input.length + 2) : href));
  return files.flatMap(({ name }) => (names.includes(name.split('/').at(-1) ?? '') ? [name] : []));
}
