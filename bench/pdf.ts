/**
 * Time, memory and size of a review of 60 pages with 500 footnotes and 10 maps: `node bench/pdf.ts`.
 */
import { drawMap } from '../src/drawing/map.ts';
import { type Block, footnotes, plain } from '../src/print/blocks.ts';
import { renderPdf } from '../src/print/pdf.ts';
import { nestedZones } from '../test/drawing/map-shapes.ts';

const PARTS = 10;
const SECTIONS = 5;
/** Of each section: cited in sentences and in a table. */
const NOTES = 10;

const { cite, list } = footnotes();
const sentence = 'Резерват Теңіз-Қорғалжын ойпатында орналасқан; мұнда су құстарының ұшып өту жолдары түйіседі. '
  .repeat(4)
  .trim();

function section(part: number, i: number): Block[] {
  const note = (n: number): number[] => [cite(`Source ${part}.${i}.${n}: https://example.org/${part}/${i}/${n}, row ${n}`)];
  return [
    { kind: 'heading', level: 3, id: `s${part}-${i}`, text: `${part}.${i} Аймақтар мен функциялар` },
    { kind: 'hint', text: 'Әр аймақтың ауданын гектармен көрсетіңіз.' },
    ...Array.from({ length: 3 }, (_, n): Block => ({ kind: 'text', text: { text: sentence, notes: note(n) } })),
    {
      kind: 'table',
      caption: 'Аймақтардың ауданы',
      landscape: i === 4 && part % 3 === 0,
      head: ['Көрсеткіш', 'Аймақ', '2012', '2022', 'Өзгеріс'],
      rows: Array.from({ length: 10 }, (_, n) => [
        plain('Табиғи экожүйелердің үлесі'),
        plain('негізгі аймақ (ядро)'),
        plain('71 800'),
        { text: '71 810', notes: n < NOTES - 3 ? note(3 + n) : [] },
        plain('+10'),
      ]),
    },
    { kind: 'gap', text: 'Бос орын. Кім толтыра алады: бухгалтер.' },
  ];
}

function map(i: number): Block {
  const title = `Карта ${i}`;
  const zones = nestedZones([69.2 + i, 50.4]);
  const svg = drawMap({ zones, lang: 'kk', title, date: '2026-11-23', source: 'bench', width: 720, maxHeight: 360 });
  return { kind: 'figure', id: `map-${i}`, svg, caption: title };
}

const parts = Array.from({ length: PARTS }, (_, part): Block[] => [
  { kind: 'heading', level: 2, id: `p${part}`, text: `${part}-бөлік` },
  map(part),
  ...Array.from({ length: SECTIONS }, (_, i) => section(part, i)).flat(),
]);
const blocks: Block[] = [
  { kind: 'title', text: 'Қорғалжын', under: 'Мерзімді шолу' },
  { kind: 'contents', title: 'Мазмұны', depth: 3 },
  ...parts.flat(),
];
blocks.push({ kind: 'notes', title: 'Дереккөздер', notes: list });

async function timed(): Promise<{ pdf: Uint8Array; ms: number; megabytes: number }> {
  const start = performance.now();
  const pdf = await renderPdf(blocks, 'kk', { title: 'Қорғалжын', author: 'bench', date: '2026-11-23' });
  return { pdf, ms: performance.now() - start, megabytes: process.resourceUsage().maxRSS / 1000 };
}

const { pdf, ms, megabytes } = await timed();
const again = await timed();
const pages = new TextDecoder('latin1').decode(pdf).match(/\/Type\s*\/Page\b/g)?.length ?? 0;
console.log(
  `${pages} pages, ${list.length} notes, ${PARTS} maps: ${ms.toFixed(0)} ms the first time, ${again.ms.toFixed(0)} ms again;`,
  `${(pdf.length / 1000).toFixed(0)} kB; at most ${megabytes.toFixed(0)} MB, then ${again.megabytes.toFixed(0)} MB`,
);
