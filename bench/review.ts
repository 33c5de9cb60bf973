/**
 * Time and memory of a whole review: a reserve with 16 indicators in three zones through 12 years, full registers and every
 * section written, as Word, PDF and HTML. Goal: a review of 60 pages under 5 s and 500 MB.
 *
 *     npm run bench -- review
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { spareMemory } from '../src/cli/memory.ts';
import { recordKinds } from '../src/records/catalogue.ts';
import type { ReviewFacts } from '../src/review/content.ts';
import { type DocumentFormat, documentFormats, reviewDocument } from '../src/review/document.ts';
import type { FormSection } from '../src/review/form.ts';
import { shippedForm } from '../src/review/shipped-form.ts';
import type { Answer, Entry, FieldValue, Indicator, Observation, Run, Zone } from '../src/types.ts';
import { nestedZones } from '../test/drawing/map-shapes.ts';

const INDICATORS = 16;
const YEARS = Array.from({ length: 12 }, (_, i) => 2012 + i);
const KINDS = ['core', 'buffer', 'transition'] as const;
const ENTRIES = 1;
const FROM = { source: 'bench' };
const SITE = 'bench';

const [format] = process.argv.slice(2);
if (format === undefined) {
  // each format in a process of its own, as the command line runs it
  for (const each of documentFormats) {
    spawnSync(process.execPath, [fileURLToPath(import.meta.url), each], { stdio: 'inherit' });
  }
} else {
  spareMemory(); // as the command does
  const started = performance.now();
  const { bytes } = await reviewDocument(facts(), format as DocumentFormat, { lang: 'ru', date: '2024-06-30' });
  const seconds = (performance.now() - started) / 1000;
  const memory = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${format}: ${seconds.toFixed(2)} s, ${memory.toFixed(0)} MB at most, ${(bytes.length / 1e6).toFixed(2)} MB written`,
  );
}

function facts(): ReviewFacts {
  const zones = nestedZones([69.2, 50.4]).map(
    ({ kind, geometry }, i): Zone => ({
      id: `${SITE}/${kind}-${i}`,
      site: SITE,
      kind,
      name: {},
      valid: { start: '2014-01-01', end: null },
      geometry,
      from: FROM,
    }),
  );
  const runs = new Map<string, Run>();
  const observations = indicators().flatMap(({ id, unit, version }, n) =>
    KINDS.flatMap((kind) => {
      const run = `run-${id}-${kind}`;
      const software = { name: 'saryarka', version: '0' };
      const input = { dataset: null, href: `${id}.tif`, digest: `sha256:${'0'.repeat(64)}` };
      const rest = { started: '', ended: '', status: 'done' as const, skipped: 0 };
      runs.set(run, {
        id: run,
        indicator: id,
        method: 'bench',
        version,
        software,
        inputs: [input],
        params: { threshold: n },
        ...rest,
      });
      const zone = zones.find((one) => one.kind === kind)?.id ?? '';
      return YEARS.map((year) => observation(id, zone, year, unit, 20 + n + Math.sin(year + n) * 3, run));
    }),
  );
  const answers = flat(shippedForm().parts.flatMap(({ sections }) => sections)).flatMap((section): Answer[] =>
    section.kinds.includes('written') ? [answer(section.id)] : [],
  );
  const site = {
    id: SITE,
    kind: 'biosphere-reserve',
    name: { ru: 'Пример', en: 'Example' },
    countries: ['KZ'],
    parent: null,
    ecosystems: null,
    note: null,
  } as const;
  return {
    facts: {
      site: { ...site, countries: [...site.countries] },
      designations: [
        {
          id: 'd',
          site: SITE,
          kind: 'biosphere-reserve',
          code: null,
          year: 2014,
          date: null,
          criteria: null,
          quality: 'ok',
          note: null,
          from: FROM,
        },
      ],
      zones,
      observations,
      overlaps: [],
      parts: [],
      sources: new Map([
        [
          'bench',
          { id: 'bench', title: 'Bench', href: 'https://example.org', lang: 'ru', kind: 'own', licence: null, note: null },
        ],
      ]),
      map: null,
    },
    records: {
      activities: [],
      participations: [],
      organisations: new Map(),
      headcounts: [],
      money: [],
      entries: entries(),
      answers,
    },
    indicators: new Map(indicators().map((indicator) => [indicator.id, indicator])),
    runs,
    datasets: new Map(),
    whole: null,
    pictures: [],
    evidence: { figures: new Map(), claims: [], contradictions: [] },
    others: [],
    network: { hasCores: false, plan: null, run: null, changed: [], neighbours: [], national: [] },
  };
}

function indicators(): Indicator[] {
  const functions = ['conservation', 'development', 'logistic'] as const;
  return Array.from({ length: INDICATORS }, (_, i) => ({
    id: `indicator-${i}`,
    title: { ru: `Показатель ${i + 1}`, en: `Indicator ${i + 1}` },
    definition: { ru: 'Что он показывает и как получен.', en: 'What it shows and how it came about.' },
    unit: '%',
    method: 'bench',
    version: 1,
    function: functions[i % 3] ?? 'conservation',
    better: 'higher',
    standing: 'own',
    codes: {},
    references: [],
  }));
}

function observation(indicator: string, feature: string, year: number, unit: string, value: number, run: string): Observation {
  const period = { start: `${year}-01-01`, end: `${year + 1}-01-01` };
  const interval = { value, low: value - 1.5, high: value + 1.5, level: 0.95, n: 100 };
  const how = { by: {}, role: 'computed' as const, quality: 'ok' as const, approximate: false, note: null, from: { run } };
  return { id: `${indicator}-${feature}-${year}`, indicator, feature, period, unit, ...interval, ...how };
}

/** Lines of every register, each field filled. */
function entries(): Entry[] {
  return recordKinds()
    .filter(({ keeps }) => keeps === 'entries')
    .flatMap((kind) =>
      Array.from({ length: ENTRIES }, (_, i): Entry => {
        const fields = Object.fromEntries(
          kind.fields.map((field): [string, FieldValue] => [
            field.id,
            filled(field.type, field.choices?.map(({ id }) => id) ?? [], i),
          ]),
        );
        return { id: `${kind.id}-${i}`, site: SITE, register: kind.id, fields, confidential: false, from: FROM };
      }),
    );
}

function filled(type: string, choices: string[], i: number): FieldValue {
  if (type === 'choice') return choices[i % choices.length] ?? '';
  if (type === 'choices') return choices.slice(0, 2);
  if (type === 'themes') return ['abiotic.climate'];
  if (type === 'organisations') return ['Университет', 'Институт'];
  if (type === 'zone') return ['core', 'buffer', 'transition', 'whole'][i % 4] ?? 'whole';
  if (type === 'integer' || type === 'number') return 10 + i;
  if (type === 'year') return 2014 + (i % 10);
  if (type === 'date' || type === 'period') return `${2014 + (i % 10)}-05-12`;
  if (type === 'yes-no') return i % 2 === 0;
  if (type === 'currency') return 'KZT';
  return type === 'long-text' ? 'Несколько слов о том, что сделано и чем это подтверждается. '.repeat(3) : `Строка ${i + 1}`;
}

function answer(section: string): Answer {
  const text = 'Резерват хранит степь и озёра, и люди живут здесь по-прежнему скотом и рыбой. ';
  const id = `${SITE}/${section}`;
  return {
    id,
    site: SITE,
    form: shippedForm().id,
    section,
    lang: 'ru',
    text: `${text}\n\n${text}`,
    author: 'А. Ботаник',
    written: '2024-05-01',
    confidential: false,
  };
}

function flat(sections: FormSection[]): FormSection[] {
  return sections.flatMap((section) => [section, ...flat(section.sections)]);
}
