/**
 * Sheets of cells from what people keep tables in: .xlsx, .xlsb, .xls, .ods, and text with separators. Told by content, never by name.
 *
 *     const { sheets } = await readSpreadsheet(readSource('staff.xlsx'));
 *     sheets[0].rows[6].cells[1]   // { kind: 'number', value: 12500.5, text: '12 500,50', merged: null }
 *
 * Nothing is computed: a formula has the value that its program left with it. What a cell means is not decided here.
 */
import { Problem } from '../problems.ts';
import { recognise } from './recognise.ts';
import type { SheetFile, Spreadsheet } from './spreadsheet-cells.ts';
import { looksWide, readDelimited } from './spreadsheet-text.ts';
import { newBudget, readZip, unpack } from './zip.ts';

/** What a workbook may unpack to [bytes]: its reader holds it several times over. */
const LARGEST_WORKBOOK = 100_000_000;

/**
 * The sheets of a file.
 * @throws Problem `sheet-empty`, `sheet-not-one`, `sheet-locked`, `sheet-damaged`, `sheet-too-large`, or one of `readZip` and `unpack`.
 */
export async function readSpreadsheet(file: SheetFile): Promise<Spreadsheet> {
  if (file.bytes.length === 0) throw new Problem('sheet-empty', { file: file.name });
  const start = String.fromCharCode(...file.bytes.subarray(0, 4));
  if (start === 'PK\x03\x04' || start === 'PK\x05\x06') return await readPacked(file);
  if (start === '\xD0\xCF\x11\xE0') return await (await import('./spreadsheet-workbook.ts')).readOldWorkbook(file);
  return { format: 'text', sheets: [readDelimited(checkText(file))] };
}

/** A workbook in a zip archive: its parts are unpacked and measured here, so that no bomb reaches the reader. */
async function readPacked(file: SheetFile): Promise<Spreadsheet> {
  const budget = { ...newBudget(), bytes: LARGEST_WORKBOOK };
  const { entries } = readZip(file, budget);
  const names = new Set(entries.map(({ name }) => name));
  const has = (pattern: RegExp): boolean => [...names].some((name) => pattern.test(name));
  const format = has(/^xl\/workbook\.(xml|bin)$/i) ? 'xlsx' : names.has('content.xml') ? 'ods' : null;
  if (format === null) {
    const found = has(/^word\//) ? 'Word (.docx)' : has(/^ppt\//) ? 'PowerPoint (.pptx)' : has(/^Index\//) ? 'Numbers' : 'ZIP';
    throw new Problem('sheet-not-one', { file: file.name, found });
  }
  const parts: Record<string, Uint8Array> = {};
  for (const entry of entries) if (!/\/media\//.test(entry.name)) parts[entry.name] = unpack(file, entry, budget);
  if (format === 'ods') checkOpenDocument(file, parts);
  return await (await import('./spreadsheet-workbook.ts')).readParts(file, parts, format);
}

function checkOpenDocument(file: SheetFile, parts: Record<string, Uint8Array>): void {
  const text = (name: string): string => new TextDecoder().decode(parts[name] ?? new Uint8Array());
  if (/encryption-data/.test(text('META-INF/manifest.xml'))) throw new Problem('sheet-locked', { file: file.name });
  const type = text('mimetype').trim();
  if (type !== '' && !type.includes('spreadsheet')) throw new Problem('sheet-not-one', { file: file.name, found: type });
}

/** Text goes on to be read; pictures, PDF, web pages named .xls and the like are told by what they are. */
function checkText(file: SheetFile): SheetFile {
  const { kind, found } = recognise(file.bytes.subarray(0, 4096));
  const head = new TextDecoder('latin1').decode(file.bytes.subarray(0, 512)).replaceAll('\0', '');
  const page = /^(?:\xEF\xBB\xBF|\xFF\xFE)?\s*<(!doctype|html|table|meta|\?xml)/i.test(head);
  if (page) throw new Problem('sheet-not-one', { file: file.name, found: 'HTML / XML' });
  const known = kind === 'geojson' || kind === 'kml' || kind === 'geopackage' || kind === 'shp' || kind === 'flatgeobuf';
  if (known) throw new Problem('sheet-not-one', { file: file.name, found });
  const wide = /^(\xFF\xFE|\xFE\xFF)/.test(head) || looksWide(file.bytes);
  const controls = file.bytes.subarray(0, 4096).filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
  if (!wide && controls > 0) throw new Problem('sheet-not-one', { file: file.name, found });
  if (/^(%PDF|\{\\rtf)/.test(head)) throw new Problem('sheet-not-one', { file: file.name, found });
  return file;
}
