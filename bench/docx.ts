/**
 * Time and memory of a periodic review of some 60 pages as Word: 16 indicators in 3 zones, 500 footnotes, 10 maps, a register
 * of 120 rows on its side: `node bench/docx.ts`.
 */
import { drawMap } from '../src/drawing/map.ts';
import { rasterised } from '../src/drawing/raster.ts';
import { shippedPath } from '../src/formats/source-node.ts';
import { type Block, type Cited, type Figure, footnotes, type Imprint, plain } from '../src/print/blocks.ts';
import { renderDocx } from '../src/print/docx.ts';
import { nestedZones } from '../test/drawing/map-shapes.ts';

const ROUNDS = 5;
const NOTES = 500;
const FIGURES = 10;
const INDICATORS = 16;
const ZONES = ['Ядро', 'Буферная зона', 'Переходная зона'];
const SENTENCE =
  'Площадь водного зеркала вычислена по снимкам за июль и август каждого года, облачность исключена по маске; доверительный интервал отражает ошибку классификации и неполноту снимков. ';

const notes = footnotes();
let made = 0;
const cite = (): number => {
  made += 1;
  const source = `Наблюдение ${made % NOTES}: снимки Landsat 8 и 9, сцена ${made % NOTES}, обработка 2026-11-20.`;
  return notes.cite(`${source} https://doi.org/10.1000/${made % NOTES}`);
};
const cited = (text: string): Cited => ({ text, notes: [cite()] });

function drawing(i: number): string {
  const zones = nestedZones([69.2, 50.4], 40 + i, 2000);
  return drawMap({ zones, lang: 'ru', title: `Показатель ${i + 1}`, date: '2026-11-23', source: 'bench', width: 720 });
}

function chapter(i: number): Block[] {
  const id = `indicator-${i}`;
  const years = Array.from({ length: 10 }, (_, year) => year + 2013);
  const paragraphs = Array.from(
    { length: 7 },
    (): Block => ({ kind: 'text', text: { ...cited(SENTENCE.repeat(4)), see: [id] } }),
  );
  return [
    { kind: 'heading', level: 2, id: `h-${i}`, text: `${i + 1}. Показатель ${i + 1}` },
    { kind: 'hint', text: 'Форма спрашивает: опишите изменения за последние десять лет.' },
    ...paragraphs.slice(0, 3),
    { kind: 'heading', level: 3, id: `z-${i}`, text: 'По зонам' },
    {
      kind: 'table',
      id,
      caption: `Показатель ${i + 1} по зонам и годам, га`,
      head: ['Год', ...ZONES],
      rows: years.map((year) => [plain(String(year)), ...ZONES.map((_, zone) => cited(`${47 + zone} ${100 + year - 2000}`))]),
    },
    ...(i < FIGURES ? [{ kind: 'figure', svg: drawing(i), caption: `Показатель ${i + 1}`, alt: SENTENCE } satisfies Figure] : []),
    ...paragraphs.slice(3),
    { kind: 'gap', text: 'Пробел. Кто может заполнить: научные сотрудники; как: таблица.' },
  ];
}

const register: Block = {
  kind: 'table',
  caption: 'Мероприятия',
  head: ['№', 'Название', 'Организации', 'Годы', 'Участников', 'Из них женщин', 'Результат'],
  rows: Array.from({ length: 120 }, (_, i) =>
    [String(i + 1), `Семинар ${i + 1}`, SENTENCE.slice(0, 80), '2019–2021', '48', '31', SENTENCE.slice(0, 120)].map(plain),
  ),
  landscape: true,
};
const blocks: Block[] = [
  { kind: 'title', text: 'Придуманный резерват', under: 'Периодический обзор' },
  { kind: 'contents', title: 'Содержание', depth: 3 },
  ...Array.from({ length: INDICATORS }, (_, i) => chapter(i)).flat(),
  register,
];
blocks.push({ kind: 'notes', title: 'Примечания', notes: notes.list });

const imprint: Imprint = { title: 'Придуманный резерват', author: 'bench', date: '2026-11-23' };
const rounds = async (name: string, work: () => Promise<number>): Promise<void> => {
  const times: number[] = [];
  let size = 0;
  for (let i = 0; i <= ROUNDS; i++) {
    const start = performance.now();
    size = await work();
    times.push(performance.now() - start);
  }
  const [cold = 0, ...warm] = times;
  const median = warm.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? 0;
  const [now, most] = [process.memoryUsage().rss / 1e6, process.resourceUsage().maxRSS / 1e3];
  console.log(
    `${name}: ${cold.toFixed(0)} ms the first time, then ${median.toFixed(0)} ms (median of ${ROUNDS});`,
    `${(size / 1000).toFixed(0)} kB, ${now.toFixed(0)} MB, at most ${most.toFixed(0)} MB`,
  );
};

const fonts = ['NotoSans-Regular.ttf', 'NotoSans-Bold.ttf'].map((name) => shippedPath('data', 'fonts', name));
const svg = drawing(0);
await rounds(
  `review of ${blocks.length} blocks, ${notes.list.length} notes`,
  async () => (await renderDocx(blocks, 'ru', imprint)).length,
);
await rounds('without page numbers', async () => (await renderDocx(blocks, 'ru', imprint, { pageNumbers: false })).length);
await rounds('without figures', async () => {
  const few = blocks.filter(({ kind }) => kind !== 'figure');
  return (await renderDocx(few, 'ru', imprint)).length;
});
await rounds(
  'one picture of 165 mm',
  async () => (await rasterised(svg, { box: { width: 165, height: 225 }, fonts })).png.length,
);
