/**
 * Days as spreadsheets number them: day 1 is 1900-01-01, and day 60 the 29 February 1900 that never was; or day 0 is 1904-01-01.
 *
 *     serialDate(45292, 'dd.mm.yyyy', false)   // '2024-01-01'
 *     serialDate(45292, 'mmmm yyyy', false)    // '2024-01'
 */

/**
 * The day that a serial number means, as exact as `format` shows it; `null` for a time of day, or the day that never was.
 * ECMA-376 part 1, 18.17.4.1.
 */
export function serialDate(serial: number, format: string, since1904: boolean): string | null {
  const day = Math.floor(serial);
  if (!Number.isFinite(serial) || day < (since1904 ? 0 : 1) || day > 2_958_465) return null;
  if (!since1904 && day === 60) return null;
  const sinceEpoch = since1904 ? day - 24_107 : day - 25_569 + (day < 60 ? 1 : 0); // 1970-01-01 is 25569, and 24107 since 1904
  const iso = new Date(sinceEpoch * 86_400_000).toISOString().slice(0, 10);
  const letters = format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '').toLowerCase();
  if (letters.includes('d')) return iso;
  if (!letters.includes('y')) return letters.includes('m') && !/[hs]/.test(letters) ? iso : null;
  return letters.includes('m') ? iso.slice(0, 7) : iso.slice(0, 4);
}
