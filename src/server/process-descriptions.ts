/** Computable indicators as processes: what goes in, with its default, and what comes out. OGC 18-062r2, 7.10. */
import type { ProcessDescription, ProcessInput } from '../api/jobs.ts';
import { pick, t } from '../i18n/index.ts';
import { CONNECTIVITY } from '../indicators/connectivity.ts';
import type { LifeComputable } from '../run/compute-life.ts';
import { shippedIndicators } from '../store/keep-computed.ts';
import type { Indicator, Lang } from '../types.ts';
import { extrasOf, kindsOf } from './job-inputs.ts';
import { isOfLife, isOptional, leadOf, type Process } from './process-list.ts';

type Summary = Omit<ProcessDescription, 'inputs' | 'outputs' | 'links'>;

const CRS = 'crs';

export function processSummary(indicator: Process, lang: Lang): Summary {
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

export function processInputs(indicator: Process, sites: readonly string[], lang: Lang): Record<string, ProcessInput> {
  const data = indicator.inputs.map((input): [string, ProcessInput] => {
    const kinds = kindsOf(indicator, input.name);
    const some = { least: isOptional(indicator, input) ? 0 : 1 };
    return [
      input.name,
      dataInput(input.name, kinds, isOfLife(indicator) ? { ...some, most: 1, ...columnsOf(indicator) } : some, lang),
    ];
  });
  const params = Object.entries(indicator.params).map(([name, value]): [string, ProcessInput] => [
    name,
    {
      ...text(`jobs.param.${name}`, lang),
      keywords: [],
      minOccurs: 0,
      maxOccurs: 1,
      schema: { type: 'string', default: value, ...choicesOf(indicator, name) },
    },
  ]);
  const extras = extrasOf(indicator).map(({ name, kinds }): [string, ProcessInput] => [
    name,
    dataInput(name, kinds, { least: 0, most: 1 }, lang),
  ]);
  const site = {
    ...text('jobs.input.site', lang),
    // what else goes in may be the site's own, which nobody names
    ...(isOfLife(indicator)
      ? { description: t(lang, `jobs.of.${indicator.id === CONNECTIVITY.id ? indicator.id : indicator.of}`) }
      : {}),
    keywords: [],
    minOccurs: 1,
    maxOccurs: 1,
    schema: { type: 'string', enum: [...sites] },
  };
  if (isOfLife(indicator)) return Object.fromEntries([['site', site], ...data, ...params]);
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
export function figuresOf(indicator: Process): Indicator[] {
  return shipped().filter(({ method }) => method === indicator.method);
}

function rowOf(indicator: Process): Indicator | undefined {
  return shipped().find((row) => row.id === leadOf(indicator));
}

/** The columns of its table, for the sentence that asks for it. */
function columnsOf({ columns: { required, optional } }: LifeComputable): { names: Record<string, string> } {
  return { names: { columns: required.join(', '), optional: optional.join(', ') } };
}

function choicesOf(indicator: Process, name: string): { enum?: string[] } {
  const choices = isOfLife(indicator) ? indicator.choices[name] : undefined;
  return choices === undefined ? {} : { enum: [...choices] };
}

let rows: Indicator[] | null = null;

function shipped(): Indicator[] {
  rows ??= shippedIndicators();
  return rows;
}

function dataInput(
  name: string,
  kinds: readonly string[],
  { least, most = 'unbounded', names }: { least: number; most?: number | 'unbounded'; names?: Record<string, string> },
  lang: Lang,
): ProcessInput {
  const reference = {
    oneOf: [
      { type: 'string', description: 'name of a file below the data folder, or address' },
      { type: 'object', required: ['href'], properties: { href: { type: 'string' }, type: { type: 'string' } } },
      { type: 'object', required: ['dataset'], properties: { dataset: { type: 'string' } } },
    ],
  };
  return {
    ...text(`jobs.input.${name}`, lang, names),
    keywords: [...kinds],
    minOccurs: least,
    maxOccurs: most,
    schema: reference,
  };
}

function text(key: string, lang: Lang, names: Record<string, string> = {}): { title: string; description: string } {
  const title = t(lang, key, names);
  return { title, description: title };
}
