/** Tables as people keep them, made plain: the numbers in these are made up, the titles are those of yearbooks and weather services. */
import { expect, test } from 'vitest';
import { columnTitle } from '../../src/formats/water-columns.ts';
import { plainTable } from '../../src/formats/water-table.ts';

const cp1251 = (text: string): Uint8Array =>
  Uint8Array.from([...text], (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 128) return code;
    if (sign === 'ё') return 0xb8;
    if (sign === '°') return 0xb0;
    return code - 0x410 + 0xc0;
  });
const plain = async (bytes: Uint8Array | string, options = {}): Promise<string> => {
  const file = { name: 'a.csv', bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes };
  return new TextDecoder().decode((await plainTable(file, options)).bytes);
};

test.each([
  ['Осадки, мм', 'precipitation_mm'],
  ['Тмин, °C', 'tmin_c'],
  ['Максимальная температура воздуха, °С', 'tmax_c'],
  ['Температура воды, °C', 'Температура воды [°C]'],
  ['Влажность мин, %', 'rhmin_pct'],
  ['Скорость ветра на 10 м, м/с', 'wind_10m_ms'],
  ['Жауын-шашын, мм', 'precipitation_mm'],
  ['Деңгей, м', 'level_m'],
  ['Yağış (mm)', 'precipitation_mm'],
  ['Приток, млн м³', 'inflow_hm3'],
  ['Осадки', 'precipitation'],
  ['Осадки, дюймы', 'precipitation [дюймы]'],
  ['Мутность, г/м3', 'Мутность [г/м3]'],
  ['Год', 'year'],
  ['күні', 'date'],
])('columns: "%s" is %s', (title, name) => {
  expect(columnTitle(title)).toBe(name);
});

test('plain table: Windows-1251, semicolons, decimal commas and a title above become names, points and the same line numbers', async () => {
  const text = 'Метеостанция Арал\r\n\r\nГод;Месяц;Осадки, мм\r\n1990;янв;12,5\r\n1990;февраль;н/д\r\n';
  expect(await plain(cp1251(text))).toBe('\n\nyear,month,precipitation_mm\n1990,1,12.5\n1990,2,н/д\n');
});

test('plain table: a comma in the title and one in each number are not taken for separators', async () => {
  expect(await plain('Год;Уровень, м\n1990;41,2\n1991;\n', { names: 'own' })).toBe('year,Уровень [м]\n1990,41.2\n1991,\n');
});

test('plain table: years by months become a row for each month', async () => {
  const months = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
  const found = await plain(
    `Станция Арал. Осадки, мм\nГод;${months.join(';')}\n1990;${months.map((_, i) => `${i},5`).join(';')}\n`,
  );
  expect(found.split('\n').slice(0, 3)).toEqual(['date,precipitation_mm', '1990-01,0.5', '1990-02,1.5']);
});

test('plain table: a table with our names stays as it is, byte for byte, faults and all', async () => {
  const text = 'date;rain_mm\n2013-04-23;1,5;;\n';
  expect(await plain(text)).toBe(text);
});
