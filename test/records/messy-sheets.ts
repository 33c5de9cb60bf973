/** Workbooks as reserves really keep them, made in memory: titles above, headings over headings, totals, notes, years beside one another. */
import { type BookType, utils, write } from '@e965/xlsx';
import type { SheetFile } from '../../src/formats/spreadsheet-cells.ts';

export type RawCell = string | number | boolean | null | { n: number; format: string } | { error: string };

export interface RawSheet {
  name: string;
  rows: RawCell[][];
  /** Ranges such as `A1:C1`. */
  merged?: string[];
  hiddenRows?: number[];
  hidden?: boolean;
}

/** The bytes of a workbook. */
export function workbook(
  sheets: RawSheet[],
  { type = 'xlsx', since1904 = false }: { type?: BookType; since1904?: boolean } = {},
): SheetFile {
  const book = utils.book_new();
  for (const { name, rows, merged = [], hiddenRows = [] } of sheets) {
    const sheet = utils.aoa_to_sheet(
      rows.map((row) => row.map((cell) => (cell !== null && typeof cell === 'object' ? null : cell))),
    );
    for (const [r, row] of rows.entries())
      for (const [c, cell] of row.entries()) {
        if (cell === null || typeof cell !== 'object') continue;
        const at = utils.encode_cell({ r, c });
        sheet[at] = 'n' in cell ? { t: 'n', v: cell.n, z: cell.format } : { t: 'e', v: 0x17, w: cell.error };
      }
    sheet['!merges'] = merged.map((range) => utils.decode_range(range));
    sheet['!rows'] = rows.map((_, i) => (hiddenRows.includes(i + 1) ? { hidden: true } : {}));
    utils.book_append_sheet(book, sheet, name);
  }
  book.Workbook = { WBProps: { date1904: since1904 }, Sheets: sheets.map(({ hidden = false }) => ({ Hidden: hidden ? 1 : 0 })) };
  return { name: `sheet.${type}`, bytes: new Uint8Array(write(book, { bookType: type, type: 'buffer' }) as Buffer) };
}

/** Staff of one year, with a header of two rows, contracts as headings inside the table, subtotals and a note. */
export function messyStaff(): SheetFile {
  return workbook([
    {
      name: 'Штат',
      rows: [
        ['РГУ «Коргалжынский государственный природный заповедник»', null, null, null, null],
        ['Сведения о фактической численности работников на 31.12.2023 г.', null, null, null, null],
        [null, null, null, null, null],
        ['№ п/п', 'Структурное подразделение', 'Численность, чел.', null, 'Примечание'],
        [null, null, 'всего', 'в т.ч. женщин', null],
        [1, 2, 3, 4, 5],
        ['Постоянные работники', null, null, null, null],
        [1, 'Администрация', 9, 4, null],
        [2, 'Отдел охраны', 52, 3, 'инспекторы'],
        [3, 'Отдел науки', '7*', '5', null],
        [4, 'Отдел экопросвещения и туризма', 6, 5, null],
        [null, 'Итого постоянных', 74, 17, null],
        ['Сезонные работники', null, null, null, null],
        [5, 'Отдел охраны', 12, '–', 'пожароопасный период'],
        [6, 'Технический персонал', 4, 'н/д', null],
        [null, 'Итого сезонных', 16, null, null],
        [null, 'ВСЕГО', 91, 17, null],
        [null, null, null, null, null],
        ['* один сотрудник в декретном отпуске', null, null, null, null],
      ],
      merged: ['A1:E1', 'A2:E2', 'A4:A5', 'B4:B5', 'C4:D4', 'E4:E5', 'A7:E7', 'A13:E13', 'A19:E19'],
    },
  ]);
}

/** Money by source, years beside one another, plan and fact under each, in thousands of tenge. */
export function messyBudget(): SheetFile {
  return workbook([
    {
      name: 'Финансирование',
      rows: [
        ['Финансирование резервата за 2021–2023 годы', null, null, null, null, null, null],
        [null, null, null, null, null, null, '(тыс. тенге)'],
        ['Источник финансирования', '2021 год', null, '2022 год', null, '2023 год', null],
        [null, 'план', 'факт', 'план', 'факт', 'план', 'факт'],
        ['Республиканский бюджет', 210500, 208300.5, '225 000', '224 100,7', 260000, 259000],
        ['Местный бюджет', '–', null, 5000, 5000, '6 500', '6 500'],
        ['Внебюджетные средства (платные услуги)', 4200, 3900, 4500, '4 812,3', 5000, { error: '#REF!' }],
        ['Международные гранты', null, 12000, null, null, null, '15 600'],
        ['Итого', 214700, 224200.5, 234500, 233913, 271500, 281100],
      ],
      merged: ['A1:G1', 'A3:A4', 'B3:C3', 'D3:E3', 'F3:G3'],
    },
  ]);
}

/** A log of events: dates of all sorts, several organisations in a cell, types in the words of the log. */
export function messyEvents(): SheetFile {
  return workbook([
    {
      name: 'черновик',
      hidden: true,
      rows: [
        ['Название мероприятия', 'Дата', 'Тип'],
        ['Старое', 2015, 'семинар'],
      ],
    },
    {
      name: 'Мероприятия',
      rows: [
        ['Журнал мероприятий', null, null, null, null, null, null],
        [
          'Наименование мероприятия',
          'Дата проведения',
          'Тип',
          'Место проведения',
          'Организатор',
          'Количество участников',
          'из них женщин',
        ],
        ['Марш парков', { n: 45037, format: 'dd.mm.yyyy' }, 'акция', 'с. Коргалжын', 'Администрация резервата', '45 чел.', 30],
        ['Семинар по зонированию', '12-14.05.2023', 'семинар', 'Астана', 'РГУ «Коргалжынский заповедник»; АСБК', 28, 12],
        ['Общественные слушания', '12 мая 2023 г.', 'слушания', '–//–', 'Акимат Коргалжынского района', 60, 'нет данных'],
        ['Наурыз в резервате', 'наурыз 2023', 'праздник', 'с. Коргалжын', null, '1 200', null],
        ['Конференция', '31.02.2023', 'конференция', 'Астана', null, 40, 10],
        ['Выставка', '2022 г.', 'выставка', null, null, 10, 25],
      ],
      merged: ['A1:G1'],
      hiddenRows: [6],
    },
  ]);
}
