/**
 * Text of old map files, whose encoding is stated wrongly or nowhere: UTF-8 where the bytes are UTF-8, else the
 * code page whose reading looks most like words.
 *
 *     const encoding = guessEncoding([bytes]);   // 'windows-1251'
 *     decodeText(bytes, encoding);               // 'Ядро'
 */

/** Code pages told apart by content, the likeliest first; KZ-1048 is Windows-1251 with the Kazakh letters (RFC 1345 style name of STRK1048-2002). */
export const guessedEncodings = ['windows-1251', 'kz-1048', 'ibm866', 'windows-1254', 'windows-1252', 'koi8-r'] as const;

/** Bytes looked at when guessing [bytes]. */
const SAMPLE = 65_536;

/** Letters of Windows-1251 that KZ-1048 replaces (IANA character set KZ-1048). */
const KZ1048 = new Map([...'ЌЋќћЎўЈҐЄЇґєјЅѕї'].map((letter, i) => [letter, [...'ҚҺқһҰұӘӨҒҮөғәҢңү'][i] ?? letter]));

/** Node's own search, taken so that bundlers for browsers do not look for it; it pays for more than the fields of a table [bytes]. */
const nodeBuffer: typeof import('node:buffer') | null = globalThis.process?.getBuiltinModule?.('node:buffer') ?? null;
const LONG = 1024;

const RUSSIAN = /[А-Яа-яЁё]/;
const KAZAKH = /[ӘәҒғҚқҢңӨөҰұҮүҺһІі]/;
const FREQUENT = /[оеаинтсрвлО]/; // over half of Russian and Kazakh running text
const LATIN = /[çğıöşüÇĞİÖŞÜäÄßéèêëàâîïôûùñáíóúÑÉ]/;

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

/** `bytes` as text; a byte order mark is dropped, and bytes that the encoding does not know become U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: string): string {
  if (isAscii(bytes)) return asciiText(bytes);
  if (encoding === 'kz-1048')
    return decoder('windows-1251')
      .decode(bytes)
      .replace(/[Ѐ-ӿ]/g, (letter: string) => KZ1048.get(letter) ?? letter);
  return decoder(encoding).decode(bytes);
}

/**
 * The encoding of `samples`, texts of one origin: `ascii`, `utf-8`, or the code page that fits best.
 * A last character cut off in a sample (a field of fixed width) does not speak against UTF-8.
 */
export function guessEncoding(samples: Uint8Array[], hint?: string): string {
  const telling = samples.filter((sample) => !isAscii(sample));
  if (telling.length === 0) return 'ascii';
  if (telling.every(isUtf8)) return 'utf-8';
  const sample = joined(telling);
  const candidates = hint === undefined || hint === 'utf-8' ? [...guessedEncodings] : [hint, ...guessedEncodings];
  const scores = candidates.map(
    (encoding, i) => plausibility(decodeText(sample, encoding)) + (hint === encoding && i === 0 ? 1 : 0),
  );
  return candidates[scores.indexOf(Math.max(...scores))] ?? 'windows-1251';
}

/** The encoding that a `.cpg` file, an XML declaration or a GIS names (`1251`, `ANSI 1251`, `OEM 866`), as `decodeText` knows it; else `null`. */
export function encodingNamed(name: string): string | null {
  const text = name.trim().toLowerCase();
  if (text === '') return null;
  if (/utf-?_?8|65001/.test(text)) return 'utf-8';
  if (/1048/.test(text)) return 'kz-1048';
  const page = /^(?:ldid\/|cp|ansi|oem|windows|ibm|dos|ms|win)?[\s_-]*(\d{3,4})$/.exec(text)?.[1];
  const label =
    page === undefined
      ? text
      : page === '866'
        ? 'ibm866'
        : page === '936'
          ? 'gbk'
          : /^125\d$|^874$/.test(page)
            ? `windows-${page}`
            : text;
  const iso = /^(?:iso[\s_-]*)?8859[\s_-]*(\d+)$/.exec(text)?.[1];
  try {
    return new TextDecoder(iso === undefined ? label : `iso-8859-${iso}`).encoding;
  } catch {
    return null;
  }
}

/** Whether `bytes` are UTF-8, but for a last character that was cut off. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

export function isAscii(bytes: Uint8Array): boolean {
  if (nodeBuffer !== null && bytes.length >= LONG) return nodeBuffer.isAscii(bytes);
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) > 127) return false;
  return true;
}

function asciiText(bytes: Uint8Array): string {
  if (bytes.length > 64) return decoder('utf-8').decode(bytes);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function decoder(encoding: string): InstanceType<typeof TextDecoder> {
  const known = decoders.get(encoding) ?? new TextDecoder(encoding);
  decoders.set(encoding, known);
  return known;
}

/** The samples on lines of their own, as far as `SAMPLE` reaches. */
function joined(samples: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(SAMPLE);
  let at = 0;
  for (const sample of samples) {
    if (at >= SAMPLE) break;
    const part = sample.subarray(0, SAMPLE - at);
    bytes.set(part, at);
    at += part.length;
    if (at < SAMPLE) bytes[at++] = 10;
  }
  return bytes.subarray(0, at);
}

/** How much `text` looks like words: letters of the languages at hand count for it, symbols, mixed alphabets and capitals inside words against it. */
function plausibility(text: string): number {
  let score = 0;
  let before = ' ';
  for (const letter of text) {
    score += letterScore(letter, before);
    if (letter > '\u007F' && /[a-z]/i.test(before) && (RUSSIAN.test(letter) || KAZAKH.test(letter))) score -= 2;
    if (/[a-z]/i.test(letter) && (RUSSIAN.test(before) || KAZAKH.test(before))) score -= 2;
    before = letter;
  }
  return score;
}

function letterScore(letter: string, before: string): number {
  if (letter <= '\u007F') return 0;
  if (RUSSIAN.test(letter) || KAZAKH.test(letter)) {
    const capitalInside = letter !== letter.toLowerCase() && before !== before.toUpperCase() ? -2 : 0;
    return (FREQUENT.test(letter) ? 1.6 : KAZAKH.test(letter) ? 1.2 : 0.8) + capitalInside;
  }
  if (LATIN.test(letter)) return before > '\u007F' ? -0.8 : 1;
  if (letter === '№' || letter === '«' || letter === '»' || letter === '–' || letter === '—') return 0.2;
  return -1.5;
}
