/**
 * Titles of columns of weather and water in Kazakh, Russian, English and Turkish, as the names that the tables of `saryarka water` have.
 *
 *     columnTitle('Осадки, мм')               // 'precipitation_mm'
 *     columnTitle('Скорость ветра на 10 м, м/с')   // 'wind_10m_ms'
 *     columnTitle('Деңгей, м')                // 'level_m'
 *     columnTitle('Расход, т')                // 'Расход [т]': not known, left as it is
 *
 * A unit is taken over, never added: a title without one gives a name without one, which the reader of the table then refuses.
 */

/** A known title; of two that fit the first counts. Words in the order low, high, mean are looked at within it. */
const NAMES: readonly [RegExp, string][] = [
  [/^(?:дата|күні|tarih)(?!\p{L})/u, 'date'],
  [/^(?:год|жыл|yıl)(?:ы)?$/u, 'year'],
  [/^(?:месяц|мес\.?|ай|ay)$/u, 'month'],
  [/^(?:день|число|күн|gün)$/u, 'day'],
  [/точк\S* росы|шық нүктесі|çiy noktası|^dew ?point/u, 'tdew'],
  [/влажност|ылғалдыл|nem(?:lilik|i)?(?!\p{L})|humidity/u, 'rh'],
  [/^т(?=[\s.]*(?:мин|макс|сред))|температур|sıcaklı|temperature/u, 't'],
  [/ветр|ветер|жел(?:дің)?(?!\p{L})|rüzg[aâ]r|wind/u, 'wind'],
  [/радиаци|радиац|ışınım|radyasyon|radiation/u, 'srad'],
  [/сияни|күн жарқыра|күн сәуле|güneşlenme|sunshine/u, 'sunshine'],
  [/осадк|жауын|yağış|precip|rain/u, 'precipitation'],
  [/^ет[о0]$|испаряемост|эталонн\S* (?:эвапо|испар)|буланушылық|буланғышт|referans buhar|potansiyel|reference evapo/u, 'eto'],
  [/испарени|эвапора|булану|buharlaşma|evaporation/u, 'evaporation'],
  [/приток|құйыл|giren|inflow/u, 'inflow'],
  [/попуск|сброс|отток|шығарыл|ағып шығ|bırakıl|çıkan|release|outflow/u, 'release'],
  [/подземн|грунтов|жер ?асты|yeraltı|groundwater/u, 'groundwater'],
  [/полив|норма орош|суару|sulama|irrigation depth/u, 'depth'],
  [/уров|деңгей|seviye|kot(?:u)?(?!\p{L})|^level/u, 'level'],
  [/площад|аудан|alan[ıi]?(?!\p{L})|^area/u, 'area'],
  [/объем|көлем|hac[iı]m|^volume/u, 'volume'],
];

/** A temperature of the water, which is none of the weather. */
const OF_WATER = /(?<!\p{L})(?:вод[аыу]?|су|su|water)(?!\p{L})/u;

const EXTREMES: readonly [RegExp, string][] = [
  [/мин|наимен|ең төмен|төменгі|(?<!\p{L})min|en düşük|lowest/u, 'min'],
  [/макс|наибол|ең жоғар|жоғарғы|(?<!\p{L})ma[kx]|en yüksek|highest/u, 'max'],
];

const UNITS: readonly [RegExp, string][] = [
  [/^°?(?:с|c)$|^град\.?с?$|^degc$/u, 'c'],
  [/^%$|^проц/u, 'pct'],
  [/^(?:м|m)\/(?:с|сек|s|sn)\.?$/u, 'ms'],
  [/^(?:км|km)\/(?:ч|сағ|h|sa)\.?$/u, 'kmh'],
  [/^(?:м|m)3\/(?:с|сек|s|sn)\.?$/u, 'm3_s'],
  [/^(?:км|km)3$/u, 'km3'],
  [/^(?:млн\.?|million|milyon)(?:м|m)3$|^hm3$/u, 'hm3'],
  [/^(?:км|km)2$/u, 'km2'],
  [/^(?:мм|mm)$/u, 'mm'],
  [/^(?:см|cm)$/u, 'cm'],
  [/^(?:м|m)(?:абс\.?|бс|балт\.?)?$/u, 'm'],
  [/^(?:ч|час\S*|сағ\S*|h|saat)\.?$/u, 'h'],
  [/^(?:мдж|mj)(?:\/(?:м|m)2(?:\/\S+)?)?$/u, 'mj_m2_d'],
  [/^(?:вт|w)\/(?:м|m)2$/u, 'w_m2'],
  [/^(?:кпа|kpa)$/u, 'kpa'],
  [/^(?:гпа|hpa|мбар|mbar)$/u, 'hpa'],
  [/^(?:г|g)\/(?:л|l|дм3|dm3)$/u, 'g_l'],
];

/** Words of a title in lower case, what it says of a unit, and the unit as columns here have it. */
function partsOf(title: string): { words: string; written: string | null; unit: string | null } {
  const text = title.replace(/\s+/g, ' ').trim();
  const found = /^(.+?)\s*[([]([^()[\]]+)[)\]]$/u.exec(text) ?? /^(.+),\s*([^,]+)$/u.exec(text);
  const words = (found?.[1] ?? text).toLowerCase().replaceAll('ё', 'е');
  const written = found?.[2]?.trim() ?? null;
  const plain = (written ?? '').toLowerCase().replaceAll('²', '2').replaceAll('³', '3').replace(/\s/g, '');
  return { words, written, unit: UNITS.find(([pattern]) => pattern.test(plain))?.[1] ?? null };
}

/** The name of a column without its unit, `t_min` written as `tmin`; `null` where the words are not known. */
function nameIn(words: string): string | null {
  const name = NAMES.find(([pattern]) => pattern.test(words))?.[1];
  if (name === undefined || (name === 't' && OF_WATER.test(words))) return null;
  const extreme = EXTREMES.find(([pattern]) => pattern.test(words))?.[1] ?? '';
  if (name === 't') return `t${extreme || 'mean'}`;
  if (name === 'rh') return `rh${extreme}`;
  if (name !== 'wind') return name;
  const height = /(\d{1,2})\s*(?:м|m)(?!\p{L})/u.exec(words)?.[1];
  return height === undefined ? name : `wind_${height}m`;
}

/** The column as tables here name it; titles that are no date, weather or water keep their words, the unit in brackets. */
export function columnTitle(title: string): string {
  const { words, written, unit } = partsOf(title);
  const name = nameIn(words);
  if (name === null) return bracketed(title);
  if (isTime(name)) return name;
  return written === null ? name : unit === null ? `${name} [${written}]` : `${name}_${unit}`;
}

/** The same words, a unit behind a comma put in brackets: `Уровень, м` as `Уровень [м]`. */
export function bracketed(title: string): string {
  const { written } = partsOf(title);
  const text = title.replace(/\s+/g, ' ').trim();
  return written === null || /[)\]]$/.test(text) ? text : `${text.slice(0, text.lastIndexOf(',')).trim()} [${written}]`;
}

/** The name of a column of dates; `null` for any other. */
export function timeTitle(title: string): string | null {
  const name = nameIn(title.trim().toLowerCase());
  return name !== null && isTime(name) ? name : null;
}

/** Whether a column holds dates or parts of them. */
export const isTime = (name: string): boolean => ['date', 'year', 'month', 'day'].includes(name);
