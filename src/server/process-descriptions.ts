/** Computable indicators as processes: what goes in, with its default, and what comes out. OGC 18-062r2, 7.10. */
import type { ProcessDescription, ProcessInput } from '../api/jobs.ts';
import { pick, t } from '../i18n/index.ts';
import { type Computable, isOfRasters } from '../run/computing.ts';
import { shippedIndicators } from '../store/keep-computed.ts';
import type { Indicator, Lang } from '../types.ts';
import { extrasOf, kindsOf } from './job-inputs.ts';

type Summary = Omit<ProcessDescription, 'inputs' | 'outputs' | 'links'>;

const CRS = 'crs';

export function processSummary(indicator: Computable, lang: Lang): Summary {
  return {
    id: indicator.id,
    title: t(lang, `jobs.process.${indicator.id}`),
    description: pick(rowOf(indicator)?.definition ?? {}, lang),
    keywords: figuresOf(indicator).map(({ id }) => id),
    version: `${indicator.version}.0.0`,
    jobControlOptions: ['async-execute', 'dismiss'],
    outputTransmission: ['value'],
  };
}

export function processInputs(indicator: Computable, sites: readonly string[], lang: Lang): Record<string, ProcessInput> {
  const data = indicator.inputs.map((input): [string, ProcessInput] => {
    const isOptional = !isOfRasters(indicator) || ('optional' in input && input.optional === true);
    return [input.name, dataInput(input.name, kindsOf(indicator, input.name), { least: isOptional ? 0 : 1 }, lang)];
  });
  const params = Object.entries(indicator.params).map(([name, value]): [string, ProcessInput] => [
    name,
    { ...text(`jobs.param.${name}`, lang), keywords: [], minOccurs: 0, maxOccurs: 1, schema: { type: 'string', default: value } },
  ]);
  const extras = extrasOf(indicator).map(({ name, kinds }): [string, ProcessInput] => [
    name,
    dataInput(name, kinds, { least: 0, most: 1 }, lang),
  ]);
  const site = {
    ...text('jobs.input.site', lang),
    keywords: [],
    minOccurs: 1,
    maxOccurs: 1,
    schema: { type: 'string', enum: [...sites] },
  };
  const crs = { ...text('jobs.input.crs', lang), keywords: [], minOccurs: 0, maxOccurs: 1, schema: { type: 'string' } };
  return Object.fromEntries([['site', site], ...data, ...params, ...extras, [CRS, crs]]);
}

/** One output, so that the raw result is the same document. */
export function processOutputs(lang: Lang): ProcessDescription['outputs'] {
  return {
    figures: {
      ...text('jobs.figures', lang),
      schema: {
        type: 'object',
        contentMediaType: 'application/json',
        required: ['run', 'observations', 'pictures'],
        properties: {
          run: { type: 'object' },
          observations: { type: 'array', items: { type: 'object' } },
          pictures: { type: 'array', items: { type: 'object' } },
        },
      },
    },
  };
}

/** The indicators whose figures a computation gives: those of its method. */
export function figuresOf(indicator: Computable): Indicator[] {
  return shipped().filter(({ method }) => method === indicator.method);
}

function rowOf(indicator: Computable): Indicator | undefined {
  const id = isOfRasters(indicator) ? indicator.id : indicator.leads;
  return shipped().find((row) => row.id === id);
}

let rows: Indicator[] | null = null;

function shipped(): Indicator[] {
  rows ??= shippedIndicators();
  return rows;
}

function dataInput(
  name: string,
  kinds: readonly string[],
  { least, most = 'unbounded' }: { least: number; most?: number | 'unbounded' },
  lang: Lang,
): ProcessInput {
  const reference = {
    oneOf: [
      { type: 'string', description: 'name of a file below the data folder, or address' },
      { type: 'object', required: ['href'], properties: { href: { type: 'string' }, type: { type: 'string' } } },
      { type: 'object', required: ['dataset'], properties: { dataset: { type: 'string' } } },
    ],
  };
  return { ...text(`jobs.input.${name}`, lang), keywords: [...kinds], minOccurs: least, maxOccurs: most, schema: reference };
}

function text(key: string, lang: Lang): { title: string; description: string } {
  const title = t(lang, key);
  return { title, description: title };
}
