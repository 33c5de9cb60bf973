/**
 * Words of hydrological tables in Kazakh, Russian, English and Turkish: variables, units, zeros of height, months, decades.
 *
 *     unitNamed('млн. м³/год')       // { unit: 'hm3/a', factor: 1 }
 *     monthNamed('қараша')           // 11
 *     datumNamed('м БС')             // 'baltic-1977'
 *
 * A word that could mean two things gives `null`: the user is asked.
 */
import type { Datum, WaterVariable } from './water-series.ts';

/** A written unit: the UCUM code, and what the number is to be multiplied by first. */
export interface NamedUnit {
  unit: string;
  factor: number;
}

const SCALES: readonly [RegExp, number][] = [
  [/^(?:тыс|мың|thousand|thous|bin|10\^?3|10³)[.·*×]?/u, 1e3],
  [/^(?:млн|миллион(?:ов)?|million|mln|mio|mm(?=m3)|milyon|10\^?6|10⁶)[.·*×]?/u, 1e6],
  [/^(?:млрд|миллиард(?:ов)?|billion|bn|bln|milyar|10\^?9|10⁹)[.·*×]?/u, 1e9],
];

/** After `plainUnit`. */
const UNITS: Record<string, NamedUnit> = {
  'm3/s': { unit: 'm3/s', factor: 1 },
  'l/s': { unit: 'L/s', factor: 1 },
  'm3/d': { unit: 'm3/d', factor: 1 },
  'm3/a': { unit: 'm3/a', factor: 1 },
  'km3/a': { unit: 'km3/a', factor: 1 },
  'hm3/a': { unit: 'hm3/a', factor: 1 },
  m3: { unit: 'm3', factor: 1 },
  hm3: { unit: 'hm3', factor: 1 },
  km3: { unit: 'km3', factor: 1 },
  m2: { unit: 'm2', factor: 1 },
  ha: { unit: 'har', factor: 1 },
  har: { unit: 'har', factor: 1 },
  km2: { unit: 'km2', factor: 1 },
  mm: { unit: 'mm', factor: 1 },
  'mm/d': { unit: 'mm/d', factor: 1 },
  cm: { unit: 'cm', factor: 1 },
  m: { unit: 'm', factor: 1 },
  'g/l': { unit: 'g/L', factor: 1 },
  'mg/l': { unit: 'g/L', factor: 1e-3 },
  'g/dm3': { unit: 'g/L', factor: 1 },
  'mg/dm3': { unit: 'g/L', factor: 1e-3 },
  'kg/m3': { unit: 'g/L', factor: 1 },
  c: { unit: 'Cel', factor: 1 },
  cel: { unit: 'Cel', factor: 1 },
};

const REWRITTEN: readonly [RegExp, string][] = [
  [/[²]/gu, '2'],
  [/[³]/gu, '3'],
  [/\bm\?s\b/gu, 'm3/s'], // GRDC in an encoding that lost the rest
  [/м\?\/с/gu, 'м3/с'],
  [/кубометр(?:ов)?/gu, 'м3'],
  [/куб\.?\s*(к?м)/gu, '$13'],
  [/(к?m)\s*cubed/gu, '$13'],
  [/текше\s*(к?м)/gu, '$13'],
  [/кв\.?\s*(к?м)/gu, '$12'],
  [/шаршы\s*(к?м)/gu, '$12'],
  [/metreküp/gu, 'm3'],
  [/cumecs?/gu, 'm3/s'],
  [/\bmcm\b/gu, 'hm3'],
  [/\bbcm\b/gu, 'km3'],
  [/км/gu, 'km'],
  [/мг/gu, 'mg'],
  [/мм/gu, 'mm'],
  [/см/gu, 'cm'],
  [/дм/gu, 'dm'],
  [/гл/gu, 'g/l'],
  [/га(?![а-я])/gu, 'ha'],
  [/м/gu, 'm'],
  [/г(?=\/)/gu, 'g'],
  [/л(?![а-я])/gu, 'l'],
  [/°\s*[сc]|град\.?\s*[сc]?|degc|ºc/gu, 'c'],
  [/(?:в|per|a|за)\s*(сек|секунду|second|sec)\.?$/gu, '/s'],
  [/\/(?:сек|с|sec|second|sn|saniye|s)\.?$/gu, '/s'],
  [/(?:\s|·|\*|\.)?s(?:\^?-1|⁻¹)$/gu, '/s'],
  [/\/(?:сут(?:ки)?|день|тәу(?:лік)?|day|d|gün)\.?$/gu, '/d'],
  [/(?:\s|·|\*|\.)?d(?:\^?-1|⁻¹)$/gu, '/d'],
  [/\/(?:год|г|жыл|year|yr|annum|y|a|yıl)\.?$/gu, '/a'],
  [/(?:\s|·|\*|\.)?(?:yr|a)(?:\^?-1|⁻¹)$/gu, '/a'],
  [/\^/gu, ''],
];

/** A unit as people write it; `null` where it is not known. */
export function unitNamed(written: string): NamedUnit | null {
  const [factor, rest] = scaled(written.trim().toLowerCase());
  const bare = rewritten(rest)
    .replace(/[\s.]+/g, '')
    .replace(/^(m|cm)[^\p{L}\d]*(?:абс|asl|amsl|бс|балт|усл|над|выше|отн|above|egm|eigen|wgs|baltic|теңіз).*$/u, '$1');
  const known = UNITS[bare.replace(/\/\/+/g, '/')];
  if (known === undefined) return null;
  if (factor === 1e6 && known.unit.startsWith('m3') && known.factor === 1) {
    const million = { m3: 'hm3', 'm3/a': 'hm3/a' }[known.unit];
    if (million !== undefined) return { unit: million, factor: 1 };
  }
  if (factor === 1e9 && known.unit === 'm3') return { unit: 'km3', factor: 1 };
  if (factor === 1e9 && known.unit === 'm3/a') return { unit: 'km3/a', factor: 1 };
  return { unit: known.unit, factor: known.factor * factor };
}

function rewritten(text: string): string {
  let plain = text;
  for (const [pattern, by] of REWRITTEN) plain = plain.replace(pattern, by);
  return plain;
}

function scaled(text: string): [factor: number, rest: string] {
  for (const [pattern, factor] of SCALES) if (pattern.test(text)) return [factor, text.replace(pattern, '').trim()];
  return [1, text];
}

/** The unit in a title, behind a comma or in brackets, and what is left of the title: "Расход воды, м3/с". */
export function unitIn(title: string): { unit: string | null; rest: string } {
  const text = title.replace(/\s+/g, ' ').trim();
  for (const match of text.matchAll(/[([]([^()[\]]{1,30})[)\]]/gu)) {
    const found = match[1] ?? '';
    if (unitNamed(found) !== null) return { unit: found, rest: text.replace(match[0], ' ').replace(/\s+/g, ' ').trim() };
  }
  const pieces = text.split(/[,;:]\s*|\s+(?:в|in|–|—)\s+/u);
  for (const piece of pieces.toReversed()) {
    if (pieces.length > 1 && unitNamed(piece) !== null)
      return {
        unit: piece,
        rest: text
          .replace(piece, '')
          .replace(/[\s,;:]+$|(?<=\S)\s+(?:в|in)\s*$/u, '')
          .trim(),
      };
  }
  const tail = /_(m3s|m3_s|km3|mm|m|km2|g_l)$/iu.exec(text); // columns such as volume_km3
  if (tail !== null) {
    const unit = { m3s: 'm3/s', m3_s: 'm3/s', g_l: 'g/l' }[(tail[1] ?? '').toLowerCase()] ?? tail[1] ?? '';
    return { unit, rest: text.slice(0, tail.index) };
  }
  return { unit: null, rest: text };
}

const VARIABLES: readonly [RegExp, WaterVariable][] = [
  [/приток|inflow|құйыл|giren su/u, 'inflow'],
  [/отток|outflow|попуск|сброс|releases?\b|ағып шығ|çıkan su/u, 'outflow'],
  [
    /расход|discharge|streamflow|river flow|(?<!\p{L})сток(?:а|и)?(?!\p{L})|су шығын|шығыны|\bdebi|^q\b|\bq,|\bq \(/u,
    'river-discharge',
  ],
  [/осадк|precip|rain|жауын|yağış/u, 'precipitation'],
  [/испарен|evap|булан|buharlaş/u, 'evaporation'],
  [/температур\S* воздуха|air.?temp|ауа температ|hava sıcak|temperature_2m|t2m/u, 'air-temperature'],
  [/солен|salin|минерализ|тұзд|tuzlu/u, 'salinity'],
  [/объем|volume|storage|көлем|hacim|hacmi|запас/u, 'lake-volume'],
  [/площад|\barea|surface_area|аудан|alanı?(?!\p{L})/u, 'lake-area'],
];
const LEVEL = /уров|level|деңгей|seviye|stage|отметк|water.?surface|height|\bwse\b|\bh,/u;
const LAKE = /озер|оз\.|\blake|море|моря|\bsea\b|водохр|вдхр|reservoir|көл|теңіз|бөген|göl|deniz|baraj/u;
const RIVER = /(?<!\p{L})рек[аи](?!\p{L})|(?<!\p{L})р\.|\briver|өзен|nehir|ırmak|пост|г\.?\s?п\./u;

/** The variable that words name; `null` where they name none, or a level of nobody knows what. */
export function variableNamed(words: string): WaterVariable | null {
  const text = words.toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();
  const found = VARIABLES.find(([pattern]) => pattern.test(text))?.[1];
  if (found !== undefined) return found;
  if (!LEVEL.test(text)) return null;
  const [lake, river] = [LAKE.test(text), RIVER.test(text)];
  return lake === river ? null : lake ? 'lake-level' : 'river-level';
}

/** The zero that heights are counted from; `null` where it is not said. */
export function datumNamed(words: string): Datum | null {
  const text = words.toLowerCase().replaceAll('ё', 'е');
  if (/балт|baltic|(?<!\p{L})бс(?!\p{L})|baltık|bs-?77|kronstadt|кроншт/u.test(text)) return 'baltic-1977';
  if (/egm\s*-?(?:20)?08/u.test(text)) return 'egm2008';
  if (/egm\s*-?(?:19)?96/u.test(text)) return 'egm96';
  if (/eigen-?6c/u.test(text)) return 'eigen-6c';
  if (/ggm[o0]2c/u.test(text)) return 'ggm02c';
  if (/нул[ьея]м?\s+(?:поста|графика)|«0»\s*графика|gauge (?:zero|datum)|above gauge|бекет нөл|над\s+["«]?0/u.test(text))
    return 'gauge-zero';
  return null;
}

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];
/** Names of the months, January first; what is written may be cut short to three letters or more. */
const MONTHS: readonly string[][] = [
  ['январь', 'января', 'қаңтар', 'january', 'ocak'],
  ['февраль', 'февраля', 'ақпан', 'february', 'şubat', 'subat'],
  ['март', 'марта', 'наурыз', 'march', 'mart'],
  ['апрель', 'апреля', 'сәуір', 'april', 'nisan'],
  ['май', 'мая', 'мамыр', 'may', 'mayıs', 'mayis'],
  ['июнь', 'июня', 'маусым', 'june', 'haziran'],
  ['июль', 'июля', 'шілде', 'july', 'temmuz'],
  ['август', 'августа', 'тамыз', 'august', 'ağustos', 'agustos'],
  ['сентябрь', 'сентября', 'қыркүйек', 'september', 'eylül', 'eylul'],
  ['октябрь', 'октября', 'қазан', 'october', 'ekim'],
  ['ноябрь', 'ноября', 'қараша', 'november', 'kasım', 'kasim'],
  ['декабрь', 'декабря', 'желтоқсан', 'december', 'aralık', 'aralik'],
];

/** Roman numerals, Cyrillic letters that look like them included; `null` where it is none to XII. */
export function romanNamed(text: string): number | null {
  const plain = text.trim().toLowerCase().replaceAll('х', 'x').replaceAll('і', 'i').replaceAll('ӏ', 'i');
  const at = ROMAN.indexOf(plain.replace(/\.$/, ''));
  return at === -1 || /^\d/.test(text.trim()) ? null : at + 1;
}

/** A month by its name in four languages, whole or cut short, or by a Roman numeral; numbers only where `digits`. */
export function monthNamed(text: string, { digits = false } = {}): number | null {
  const plain = text.trim().toLowerCase().replace(/\.$/, '');
  const roman = romanNamed(plain);
  if (roman !== null) return roman;
  if (digits && /^(?:0?[1-9]|1[0-2])$/.test(plain)) return Number(plain);
  if (plain.length < 3) return null;
  const at = MONTHS.findIndex((names) => names.some((name) => name.startsWith(plain)));
  return at === -1 ? null : at + 1;
}

/** The decade of a month: I, II, III; 1, 2, 3; "2 дек.", "2-я", "2-ші онкүндік"; "11-20"; `null` where it is none. */
export function decadeNamed(text: string): 1 | 2 | 3 | null {
  const days = /^(1|11|21)\s*[-–—]\s*(10|20|28|29|30|31|конец|end)$/u.exec(text.trim().toLowerCase());
  if (days !== null)
    return days[1] === '1' ? (days[2] === '10' ? 1 : null) : days[1] === '11' ? (days[2] === '20' ? 2 : null) : 3;
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/\s*(?:дек(?:ада|\.)?|dec(?:ade)?\.?|dekad|онкүндік|on ?gün(?:lük)?)\.?\s*/u, '')
    .replace(/[-.\s]*(?:я|ая|ші|шы|st|nd|rd)?[.\s]*$/u, '');
  const number = /^[1-3]$/.test(plain) ? Number(plain) : romanNamed(plain);
  return number === 1 || number === 2 || number === 3 ? number : null;
}
