/**
 * Days that records were made on, from whatever was typed, and rules that dates of records are held to.
 *
 *     recordDate('2021-05-12/2021-05-14')                        // { start: '2021-05-12', end: '2021-05-15', rules: [] }
 *     recordDate('', { year: '2021', month: '13' })               // { start: '2021-01-01', end: '2022-01-01', rules: ['date-impossible'] }
 *
 * ISO 8601-1:2019, 4.3 and 5.5 (intervals); ends are excluded.
 */

export type DateRule =
  | 'date-missing'
  | 'date-unreadable'
  | 'date-ambiguous'
  | 'date-impossible'
  | 'date-future'
  | 'date-too-early'
  | 'date-conflict';

export interface RecordDate {
  /** ISO 8601 day, `null` where none is known. */
  start: string | null;
  /** The day after the last. */
  end: string | null;
  rules: DateRule[];
}

/** Before it nobody wrote down records that are kept as such: GBIF's rule for unlikely dates. */
const EARLIEST = 1600;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

type Span = [start: string, end: string];

/**
 * The days of a record.
 * @param text eventDate, as written
 * @param parts year, month and day of their own, for where the text says nothing; where both do they have to agree
 * @param today ISO 8601 day; later ones are in the future
 */
export function recordDate(
  text: string,
  { year = '', month = '', day = '', today = null }: { year?: string; month?: string; day?: string; today?: string | null } = {},
): RecordDate {
  const rules: DateRule[] = [];
  const typed = text.trim();
  let span = typed === '' ? null : spanOfText(typed, rules);
  if (typed !== '' && span === null && !rules.includes('date-impossible')) rules.push('date-unreadable');
  const own = partsOf(year.trim(), month.trim(), day.trim());
  if (own === 'impossible') rules.push('date-impossible');
  if (span === null) span = own === 'impossible' ? yearOf(year.trim()) : own;
  else if (own !== null && own !== 'impossible' && (own[0] >= span[1] || span[0] >= own[1])) rules.push('date-conflict');
  if (span === null) {
    if (rules.length === 0) rules.push('date-missing');
    return { start: null, end: null, rules };
  }
  if (Number(span[0].slice(0, 4)) < EARLIEST) rules.push('date-too-early');
  if (today !== null && span[0] > today) rules.push('date-future');
  return { start: span[0], end: span[1], rules };
}

function yearOf(year: string): Span | null {
  return /^\d{4}$/.test(year) ? days(Number(year), null, null) : null;
}

function partsOf(year: string, month: string, day: string): Span | null | 'impossible' {
  if (!/^\d{4}$/.test(year) && !/^\d{4}\.0$/.test(year)) return null;
  const number = (part: string): number | null => (/^\d{1,2}(\.0)?$/.test(part) ? Number(part) : null);
  return days(Number(year), number(month), number(day)) ?? 'impossible';
}

function spanOfText(text: string, rules: DateRule[]): Span | null {
  const [first = '', second, ...more] = text.split(/\s*\/\s*(?=\d{4}|\d{2}-|\d{2}$)/);
  if (second !== undefined && more.length === 0 && /^\d{4}/.test(first)) {
    const start = dayOf(first, rules);
    const end = dayOf(
      second.length < first.length && /^\d{2}(-\d{2})?$/.test(second) ? first.slice(0, -second.length) + second : second,
      rules,
    );
    if (start === null || end === null) return null;
    if (end[1] <= start[0]) rules.push('date-impossible');
    return end[1] <= start[0] ? start : [start[0], end[1]];
  }
  return dayOf(text, rules);
}

function dayOf(text: string, rules: DateRule[]): Span | null {
  const impossible = (span: Span | null): Span | null => {
    if (span === null) rules.push('date-impossible');
    return span;
  };
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?Z?$/.exec(text);
  if (iso !== null) {
    const [, year, month, day] = iso.map(Number);
    // 0 for what is not known, as some programs write it
    return impossible(
      days(
        year ?? 0,
        iso[2] === undefined || month === 0 ? null : (month ?? null),
        iso[3] === undefined || day === 0 ? null : (day ?? null),
      ),
    );
  }
  const basic = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (basic !== null) return impossible(days(Number(basic[1]), Number(basic[2]), Number(basic[3])));
  const weekday = /^(?:[a-z]{3},? )?([a-z]{3})[a-z]*\.? (\d{1,2})(?:,| \d\d:\d\d:\d\d \S+)? (\d{4})$/i.exec(text);
  const named = /^(\d{1,2})[ .-]+([a-zа-яё]+)\.?[ .,-]+(\d{4})/iu.exec(text);
  if (weekday !== null) return fromMonth(weekday[3], weekday[1], weekday[2]);
  if (named !== null) return fromMonth(named[3], named[2], named[1]);
  const parts = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?: .*)?$/.exec(text);
  if (parts === null) return null;
  const [a, b, year] = [Number(parts[1]), Number(parts[3]), Number(parts[4])];
  if (parts[2] === '.') return impossible(days(year, b, a)); // points stand between day, month and year
  if (a <= 12 && b <= 12 && a !== b) {
    rules.push('date-ambiguous');
    const [one, other] = [days(year, a, b), days(year, b, a)];
    if (one === null || other === null) return one ?? other;
    return days(year, null, null);
  }
  return impossible(a > 12 ? days(year, b, a) : days(year, a, b));
}

const RUSSIAN = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'];

function fromMonth(year = '', name = '', day = ''): Span | null {
  const word = name.toLowerCase();
  const roman = ROMAN.indexOf(word);
  const english = MONTHS.indexOf(word.slice(0, 3));
  const russian = word.startsWith('мар') ? 2 : RUSSIAN.findIndex((stem) => word.startsWith(stem));
  const month = roman >= 0 ? roman : english >= 0 ? english : russian;
  return month < 0 ? null : days(Number(year), month + 1, Number(day));
}

/** From the first day to the day after the last, of a year, a month or a day; `null` where the calendar has none such. */
function days(year: number, month: number | null, day: number | null): Span | null {
  if (month === null) return [iso(year, 1, 1), iso(year + 1, 1, 1)];
  if (month < 1 || month > 12) return null;
  if (day === null) return [iso(year, month, 1), month === 12 ? iso(year + 1, 1, 1) : iso(year, month + 1, 1)];
  const last = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate(); // the calendar repeats every 400 years
  if (day < 1 || day > last) return null;
  if (day < last) return [iso(year, month, day), iso(year, month, day + 1)];
  return [iso(year, month, day), month === 12 ? iso(year + 1, 1, 1) : iso(year, month + 1, 1)];
}

function iso(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
