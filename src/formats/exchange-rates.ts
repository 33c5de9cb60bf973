/**
 * Yearly exchange rates, as the user supplies them: the World Bank's "Official exchange rate (LCU per US$, period average)"
 * (PA.NUS.FCRF) as its CSV comes, or a plain table `currency,year,rate` of units per US dollar.
 *
 *     const rates = readExchangeRates(file);
 *     rates.perDollar('KZT', '2019')   // 382.75, or null where the table has none
 */
import { parse } from 'csv-parse/sync';
import { Problem } from '../problems.ts';
import { decodeUtf8 } from './csv.ts';
import type { Bytes } from './zip.ts';

export interface ExchangeRates {
  file: string;
  /** Units of a currency for one US dollar, mean of the year. */
  perDollar(currency: string, year: string): number | null;
  currencies: string[];
  /** Rows of countries whose currency is not known here. */
  skipped: number;
}

/** Currency by ISO 3166-1 alpha-3, for the countries and groups whose rows are read; others are counted. */
const CURRENCIES: Record<string, string> = Object.fromEntries(
  `KAZ KZT,KGZ KGS,UZB UZS,TJK TJS,TKM TMT,RUS RUB,CHN CNY,MNG MNT,TUR TRY,AZE AZN,ARM AMD,GEO GEL,BLR BYN,UKR UAH,MDA MDL,
   EMU EUR,GBR GBP,CHE CHF,SWE SEK,NOR NOK,DNK DKK,CZE CZK,POL PLN,HUN HUF,ROU RON,BGR BGN,JPN JPY,KOR KRW,IND INR,PAK PKR,
   IRN IRR,AFG AFN,CAN CAD,AUS AUD,NZL NZD,BRA BRL,MEX MXN,ZAF ZAR,EGY EGP,SAU SAR,ARE AED,QAT QAR,KWT KWD,ISR ILS,SGP SGD,
   MYS MYR,THA THB,IDN IDR,VNM VND,PHL PHP,USA USD`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

/**
 * Reads either table.
 * @throws Problem `rates-unknown`, `text-encoding`, `table-broken`
 */
export function readExchangeRates(file: Bytes): ExchangeRates {
  const rows = cellsOf(file);
  const at = rows.findIndex((row) => row.some((cell) => cell === 'Country Code') && row.some((cell) => /^\d{4}$/.test(cell)));
  const rates = new Map<string, number>();
  let skipped = 0;
  const keep = (currency: string, year: string, text: string): void => {
    const rate = Number(text);
    if (text !== '' && rate > 0 && rate < Infinity) rates.set(`${currency} ${year}`, rate);
  };
  if (at !== -1) {
    const header = rows[at] ?? [];
    const [country, indicator] = [header.indexOf('Country Code'), header.indexOf('Indicator Code')];
    for (const row of rows.slice(at + 1)) {
      const currency = CURRENCIES[row[country] ?? ''];
      if (currency === undefined || !/^(PA\.NUS\.FCRF)?$/.test(row[indicator] ?? '')) skipped++;
      else for (const [i, year] of header.entries()) if (/^\d{4}$/.test(year)) keep(currency, year, row[i] ?? '');
    }
  } else {
    const header = (rows[0] ?? []).map((cell) => cell.toLowerCase());
    const [currency, year, rate] = ['currency', 'year', 'rate'].map((name) => header.indexOf(name)) as [number, number, number];
    if (Math.min(currency, year, rate) < 0)
      throw new Problem('rates-unknown', { file: file.name, found: (rows[0] ?? []).slice(0, 6).join(', ') });
    for (const row of rows.slice(1)) keep((row[currency] ?? '').toUpperCase(), row[year] ?? '', row[rate] ?? '');
  }
  const known = [...new Set([...rates.keys()].map((key) => key.slice(0, 3)))].sort();
  const perDollar = (code: string, year: string): number | null => (code === 'USD' ? 1 : (rates.get(`${code} ${year}`) ?? null));
  return { file: file.name, perDollar, currencies: known, skipped };
}

function cellsOf(file: Bytes): string[][] {
  const text = decodeUtf8(file);
  try {
    return parse(text, { relaxColumnCount: true, skipEmptyLines: true, trim: true }) as unknown as string[][];
  } catch (error) {
    throw new Problem('table-broken', { file: file.name, line: '?', found: (error as Error).message }, { cause: error });
  }
}
