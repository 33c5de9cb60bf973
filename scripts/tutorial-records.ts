/**
 * Writes the sheets of the invented reserve Qiyal (`data/tutorial/records`) as reserves really keep them: staff by year side
 * by side, money in thousands of tenge, a log of events in Kazakh; and one workbook with a sheet for each register. Nothing
 * in them is true. The same content gives the same bytes.
 *
 *     node scripts/tutorial-records.ts
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { utils, type WorkSheet, write } from '@e965/xlsx';
import { unzipSync, zipSync } from 'fflate';
import { recordKind } from '../src/records/catalogue.ts';
import { sheetName } from '../src/records/template.ts';
import { registers } from './tutorial-registers.ts';

type RawCell = string | number | null | { error: string };

interface RawSheet {
  name: string;
  rows: RawCell[][];
  /** Ranges such as `A1:C1`. */
  merged?: string[];
  hiddenRows?: number[];
  hidden?: boolean;
  widths?: number[];
}

const YEARS = Array.from({ length: 10 }, (_, i) => 2016 + i);
/** Money is known from the year before the designation on. */
const BUDGET_YEARS = [2015, ...YEARS];
const FOLDER = fileURLToPath(new URL('../data/tutorial/records/', import.meta.url));

const blank = (count: number): null[] => Array.from({ length: count }, () => null);
const letter = (index: number): string => utils.encode_col(index);

/** The bytes of a workbook without the time of writing. */
function workbook(sheets: RawSheet[]): Uint8Array {
  const book = utils.book_new();
  for (const sheet of sheets) utils.book_append_sheet(book, sheetOf(sheet), sheet.name);
  book.Workbook = { Sheets: sheets.map(({ hidden = false }) => ({ Hidden: hidden ? 1 : 0 })) };
  const parts = unzipSync(new Uint8Array(write(book, { bookType: 'xlsx', type: 'buffer' }) as Buffer));
  return zipSync(parts, { mtime: new Date(1980, 0, 1), level: 9 });
}

function sheetOf({ rows, merged = [], hiddenRows = [], widths = [] }: RawSheet): WorkSheet {
  const sheet = utils.aoa_to_sheet(rows.map((row) => row.map((cell) => (typeof cell === 'object' ? null : cell))));
  for (const [r, row] of rows.entries())
    for (const [c, cell] of row.entries())
      if (cell !== null && typeof cell === 'object') sheet[utils.encode_cell({ r, c })] = { t: 'e', v: 0x17, w: cell.error };
  sheet['!merges'] = merged.map((range) => utils.decode_range(range));
  sheet['!rows'] = rows.map((_, i) => (hiddenRows.includes(i + 1) ? { hidden: true } : {}));
  sheet['!cols'] = widths.map((wch) => ({ wch }));
  return sheet;
}

/** `всего` and `из них женщин` for each year; contracts as headings inside the table, subtotals, a total that is wrong by one. */
function staff(): RawSheet {
  const all = (first: number, last: number): number[] => YEARS.map((_, i) => Math.round(first + ((last - first) * i) / 9));
  const row = (number: number | null, name: string, total: RawCell[], women: RawCell[]): RawCell[] => [
    number,
    name,
    ...YEARS.flatMap((_, i) => [total[i] ?? null, women[i] ?? null]),
  ];
  const permanent: [string, number[], number[]][] = [
    ['Администрация', all(6, 8), all(3, 5)],
    ['Отдел охраны', all(24, 31), all(1, 5)],
    ['Отдел науки', all(4, 7), all(2, 5)],
    ['Отдел экопросвещения и туризма', all(2, 5), all(2, 4)],
    ['Хозяйственный отдел', all(9, 10), all(3, 3)],
  ];
  const sums = (which: 1 | 2): number[] => YEARS.map((_, i) => permanent.reduce((sum, group) => sum + (group[which][i] ?? 0), 0));
  const seasonal = all(8, 14);
  const volunteers = [12, 15, 14, 22, 'н/д', 9, 26, 31, 38, '40*'];
  const known = [null, null, null, null, null, 5, 14, 17, 21, 23];
  const wrong = sums(1).map((sum, i) => sum + (seasonal[i] ?? 0) + (i === 9 ? 1 : 0));
  const last = letter(21);
  return {
    name: 'Численность',
    rows: [
      ['РГУ «Резерват Киял» (вымышленное)', ...blank(21)],
      ['Сведения о фактической численности работников на конец года, чел.', ...blank(21)],
      blank(22),
      ['№ п/п', 'Структурное подразделение', ...YEARS.flatMap((year) => [`${year} год`, null])],
      [null, null, ...YEARS.flatMap(() => ['всего', 'из них женщин'])],
      YEARS.concat(YEARS, [0, 0]).map((_, i) => i + 1),
      ['Постоянные работники', ...blank(21)],
      ...permanent.map(([name, total, women], i) =>
        row(i + 1, name, i === 2 ? total.map((n) => (n === 5 ? '5*' : n)) : total, women),
      ),
      row(null, 'Итого постоянных', sums(1), sums(2)),
      ['Сезонные работники', ...blank(21)],
      row(6, 'Отдел охраны', seasonal, [...blank(4), 1, 1, 2, '2', 2, 3]),
      row(null, 'ВСЕГО', wrong, []),
      ['Волонтёры', ...blank(21)],
      row(7, 'Прочие', volunteers, known),
      blank(22),
      ['* с учётом одного человека в отпуске по уходу за ребёнком или на стажировке', ...blank(21)],
    ],
    merged: [
      `A1:${last}1`,
      `A2:${last}2`,
      'A4:A5',
      'B4:B5',
      ...YEARS.map((_, i) => `${letter(2 + 2 * i)}4:${letter(3 + 2 * i)}4`),
      `A7:${last}7`,
      `A14:${last}14`,
      `A17:${last}17`,
      `A20:${last}20`,
    ],
    widths: [6, 32, ...YEARS.flatMap(() => [7, 8])],
  };
}

/** Plan and fact under each year in thousands of tenge, some of it as text; grants on a sheet of their own in dollars. */
function budget(): RawSheet[] {
  const state = [138700, 142300, 148900, 156200, 171400, 168000, 189500, 214800, 246700, 287300, 318900];
  const local: RawCell[] = [null, null, null, 3500, 3500, '–', 4000, 4000, '6 500', 6500, 8200];
  const own = [1620, 1850, 2100, 2640, 3180, 920, 1450, 4380.5, 6910.2, 9875, 12640.7];
  const comma = (value: number): string =>
    value
      .toFixed(1)
      .replace('.', ',')
      .replace(/\B(?=(\d{3})+,)/g, ' ');
  const years = (plan: (i: number) => RawCell, fact: (i: number) => RawCell): RawCell[] =>
    BUDGET_YEARS.flatMap((_, i) => [plan(i), fact(i)]);
  const last = letter(22);
  const spent = (i: number): number => Math.round((state[i] ?? 0) * 9.87) / 10;
  return [
    {
      name: 'Финансирование',
      rows: [
        ['Финансирование резервата «Киял» (вымышленного) за 2015–2025 годы', ...blank(22)],
        [...blank(22), '(тыс. тенге)'],
        ['Источник финансирования', ...BUDGET_YEARS.flatMap((year) => [`${year} год`, null])],
        [null, ...BUDGET_YEARS.flatMap(() => ['план', 'факт'])],
        [
          'Республиканский бюджет',
          ...years(
            (i) => state[i] ?? null,
            (i) => (i % 3 === 1 ? comma(spent(i)) : spent(i)),
          ),
        ],
        [
          'Местный бюджет',
          ...years(
            (i) => local[i] ?? null,
            (i) => local[i] ?? null,
          ),
        ],
        [
          'Внебюджетные средства (платные услуги)',
          ...years(
            (i) => Math.round(own[i] ?? 0),
            (i) => (i === 9 ? { error: '#REF!' } : comma(own[i] ?? 0)),
          ),
        ],
        [
          'Итого',
          ...years(
            (i) => (state[i] ?? 0) + (typeof local[i] === 'number' ? (local[i] as number) : 0) + Math.round(own[i] ?? 0),
            () => null,
          ),
        ],
        [null, ...blank(22)],
        ['Исполнитель: бухгалтер П. Образцова', ...blank(22)],
      ],
      merged: [`A1:${last}1`, 'A3:A4', ...BUDGET_YEARS.map((_, i) => `${letter(1 + 2 * i)}3:${letter(2 + 2 * i)}3`)],
      widths: [40, ...BUDGET_YEARS.flatMap(() => [10, 11])],
    },
    {
      name: 'Гранты',
      rows: [
        ['Год', 'Источник финансирования', 'Кто предоставил', 'Назначение', 'План или факт', 'Сумма, долл. США', 'Примечание'],
        [2019, 'Международный грант', 'Вымышленный фонд степных озёр', 'Проекты', 'факт', '24 500', null],
        [2020, '–//–', '–//–', '–//–', 'факт', 31000, null],
        [2023, 'Международный грант', 'Вымышленный фонд степных озёр', 'Проекты', 'факт', '18 200,50', 'первый транш'],
        [2024, 'Международный грант', 'Вымышленный фонд степных озёр', 'Проекты', 'факт', 42000, null],
        [2025, 'Отечественный грант', 'Вымышленное общество охраны степи', 'Проекты', 'факт', 9000, 'в пересчёте'],
      ],
      hiddenRows: [4],
      widths: [8, 26, 34, 14, 14, 18, 18],
    },
  ];
}

/** Dates of all sorts, places marked "the same", numbers with words, one date that is none; an old draft on a hidden sheet. */
function events(): RawSheet[] {
  const head = [
    'Іс-шараның атауы',
    'Өткізілген күні',
    'Түрі',
    'Өткізілген жері',
    'Ұйымдастырушы',
    'Кім қатысты',
    'Қатысушылар саны',
    'Оның ішінде әйелдер',
    '18 жасқа дейін',
    'Жастар (18–35 жас)',
    'Нәтижесі',
  ];
  const reserve = '«Қиял» резерваты (ойдан шығарылған)';
  const rows: RawCell[][] = [
    ['Құстар күні', '1 сәуір 2017 ж.', 'мереке', 'Ауыл с.', reserve, 'мектеп оқушылары, мұғалімдер', '64 адам', 38, 52, 4, null],
    [
      'Саябақтар шеруі',
      '22.04.2018',
      'сенбілік',
      '–//–',
      reserve,
      'тұрғындар, мектеп оқушылары',
      85,
      47,
      40,
      21,
      'Жағалаудың 3 км тазартылды',
    ],
    [
      'Көл туралы көрме',
      '15.05.2018',
      'көрме',
      '–//–',
      'Ойдан шығарылған аудандық мұражай',
      'тұрғындар',
      '~200',
      'белгісіз',
      null,
      null,
      null,
    ],
    [
      'Аймақтарға бөлу жөніндегі семинар',
      '12-14.06.2019',
      'семинар',
      'Ойдан шығарылған қала',
      reserve,
      'әкімдік, мал өсірушілер, ғалымдар',
      28,
      11,
      0,
      6,
      'Буферлік аймақта шабу мерзімі келісілді',
    ],
    [
      'Жайылым күнтізбесін қоғамдық талқылау',
      '5 наурыз 2020 ж.',
      'қоғамдық тыңдау',
      'Ауыл с.',
      'Ойдан шығарылған аудан әкімдігі',
      'мал өсірушілер, ақсақалдар',
      46,
      9,
      0,
      7,
      'Күнтізбе қабылданды',
    ],
    [
      'Көл құстары: онлайн-конференция',
      '20.11.2020',
      'конференция',
      'онлайн',
      'Ойдан шығарылған дала институты',
      'ғалымдар, студенттер',
      112,
      61,
      0,
      74,
      null,
    ],
    ['Наурыз резерватта', '22.03.2022', 'мереке', 'Ауыл с.', reserve, 'тұрғындар', '310', null, null, null, null],
    [
      'Киіз басу шеберлік сабағы',
      '10.09.2022',
      'мәдени шара',
      '–//–',
      'Ауыл әйелдер кеңесі',
      'әйелдер, жастар',
      34,
      31,
      5,
      9,
      'Тоғыз шебердің білімі жазып алынды',
    ],
    [
      'Ағаш отырғызу',
      '14.10.2023',
      'еріктілер акциясы',
      'Емен учаскесі',
      reserve,
      'еріктілер, мектеп оқушылары',
      72,
      40,
      25,
      30,
      '1,5 гектар тоғай қалпына келтірілді',
    ],
    [
      'Жастар дала лагері',
      '3-7.07.2024',
      'басқа іс-шара',
      'Көл учаскесі',
      'Ауыл жастар тобы',
      'жастар',
      41,
      22,
      12,
      29,
      'Үш жоба ұсынылды',
    ],
    [
      'Шолу бойынша бірінші кеңес',
      '18.09.2025',
      'шолу бойынша кеңес',
      'Ауыл с.',
      reserve,
      'әкімдік, мал өсірушілер, балықшылар, мұғалімдер',
      37,
      16,
      0,
      8,
      'Жұмыс тобы құрылды',
    ],
    [
      'Шолу бойынша жастармен кездесу',
      '24.01.2026',
      'шолу бойынша кеңес',
      'Ауыл мектебі',
      'Ауыл жастар тобы',
      'мектеп оқушылары, студенттер',
      44,
      25,
      19,
      25,
      'Он ұсыныс шолуға енді',
    ],
    [
      'Шолу жобасын қоғамдық тыңдау',
      '16.05.2026',
      'шолу бойынша кеңес',
      'Ауыл с.',
      'Ойдан шығарылған аудан әкімдігі',
      'тұрғындар, мал өсірушілер, кәсіпкерлер',
      83,
      39,
      0,
      17,
      'Ескертулер шолуда ескерілді',
    ],
    ['Құстар санағы күні', '31.02.2024', 'еріктілер акциясы', 'Көл учаскесі', reserve, 'еріктілер', 15, 8, null, 6, null],
  ];
  return [
    {
      name: 'ескі',
      rows: [
        ['Іс-шара атауы', 'Күні', 'Түрі'],
        ['Ескі жоба', 2015, 'семинар'],
      ],
      hidden: true,
    },
    {
      name: 'Іс-шаралар',
      rows: [['«Қиял» резерваты (ойдан шығарылған). Іс-шаралар журналы', ...blank(10)], head, ...rows],
      merged: ['A1:K1'],
      hiddenRows: [10],
      widths: [40, 18, 20, 20, 34, 36, 12, 12, 12, 12, 44],
    },
  ];
}

/** The clean registers: a sheet for each kind, named by its title, columns by their labels. */
function registerSheets(): RawSheet[] {
  return registers.map(({ kind: id, fields, rows }) => {
    const kind = recordKind(id);
    if (kind === null) throw new Error(`no kind ${id}`);
    const columns = fields.split(' ').map((field) => {
      const found = kind.fields.find((one) => one.id === field);
      if (found === undefined) throw new Error(`${id}: no field ${field}`);
      return found.label.ru ?? field;
    });
    for (const row of rows) if (row.length !== columns.length) throw new Error(`${id}: ${row.length} cells in ${row[0]}`);
    return {
      name: sheetName(kind.title.ru ?? id),
      rows: [columns, ...rows],
      widths: columns.map((label) => Math.max(14, label.length + 2)),
    };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const books = { staff: [staff()], budget: budget(), events: events(), registers: registerSheets() };
  for (const [name, sheets] of Object.entries(books)) writeFileSync(`${FOLDER}${name}.xlsx`, workbook(sheets));
}
