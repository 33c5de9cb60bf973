/**
 * Darwin Core archives: rows of a core and its extensions by term, one after another, however large the archive is. Folders, zip, tgz, or a
 * table alone; with `meta.xml`, or without it where a header names the terms.
 *
 *     const archive = await openDarwinCore('0021794-260906.zip');
 *     const { rows } = await readRows(archive, archive.core, ['scientificName', 'decimalLatitude'], ([name, lat], line) => …);
 *     archive.metadata?.doi, archive.issues.counts
 *     archive.close();
 *
 * Reference: TDWG 2023, Darwin Core text guide, http://rs.tdwg.org/dwc/terms/guides/text/; GBIF 2021, Darwin Core Archives – How-to Guide,
 * https://ipt.gbif.org/manual/en/ipt/latest/dwca-guide.
 */
import { Problem } from '../problems.ts';
import { type Container, firstBytes, openContainer, smallFile } from './darwin-core-container.ts';
import { formatOf, SAMPLE, type TextFormat, tableOfHeader } from './darwin-core-format.ts';
import { type CoreTable, readMeta } from './darwin-core-meta.ts';
import { type DatasetMetadata, readMetadata } from './darwin-core-metadata.ts';
import { rowReader } from './darwin-core-rows.ts';
import { type IssueLists, issueLists } from './import-issue.ts';
import { decodeText, guessEncoding } from './text.ts';

export interface DarwinCoreArchive {
  name: string;
  files: string[];
  core: CoreTable;
  /** Those whose description and files are sound; of the others the issues tell. */
  extensions: CoreTable[];
  /** Of the archive as a whole. */
  metadata: DatasetMetadata | null;
  /** Of the datasets that a download was put together from, by key. */
  constituents: Map<string, DatasetMetadata>;
  /** GBIF's citations.txt and rights.txt. */
  citations: string | null;
  rights: string | null;
  issues: IssueLists;
  container: Container;
  formats: Map<CoreTable, Map<string, TextFormat>>;
  close(): void;
}

/** Values in the order of the terms asked for, empty where there are none. The array is the receiver's own. */
export type OnValues = (values: string[], line: number, file: string) => void;

/** What programs write for nothing. */
const NOTHING = new Set(['\\N', 'NULL', '\\NULL']);

const DESCRIPTIONS = /^(eml|metadata)\.xml$/i;
const NO_TABLE = /\.(xml|xsd|json|html?|md|rst|pdf|docx?|jpe?g|png|zip|gz|tgz)$/i;
const BESIDE = /^(citations|rights|readme|licen[cs]e)(\.(txt|md))?$/i;

/**
 * Opens an archive and looks at what it says of itself.
 * @throws Problem `dwca-empty`, `dwca-meta-missing`, `dwca-file-missing`, `dwca-no-terms`, `dwca-column-missing`, and those of `readMeta`.
 */
export async function openDarwinCore(path: string): Promise<DarwinCoreArchive> {
  const container = await openContainer(path);
  try {
    return await opened(container);
  } catch (error) {
    container.close();
    throw error;
  }
}

async function opened(container: Container): Promise<DarwinCoreArchive> {
  const { files, name } = container;
  const issues = issueLists();
  const formats: DarwinCoreArchive['formats'] = new Map();
  if (files.length === 0) throw new Problem('dwca-empty', { file: name });
  const described = files.find((file) => file.toLowerCase() === 'meta.xml');
  let [core, extensions, metadata]: [CoreTable | null, CoreTable[], string | null] = [null, [], null];
  if (described === undefined) {
    const { table, format, file } = await onlyTable(container, issues);
    core = table;
    formats.set(table, new Map([[file, format]]));
  } else {
    const meta = readMeta({ name: described, bytes: await smallFile(container, described) }, issues);
    ({ core, metadata } = meta);
    formats.set(core, await formatsOf(container, core, issues));
    for (const table of meta.extensions) {
      try {
        formats.set(table, await formatsOf(container, table, issues));
        extensions = [...extensions, table];
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        issues.problem('critical', error);
      }
    }
  }
  return {
    name,
    files,
    core,
    extensions,
    metadata: await metadataOf(container, metadata, issues),
    constituents: await constituentsOf(container, issues),
    citations: await textOf(container, 'citations.txt'),
    rights: await textOf(container, 'rights.txt'),
    issues,
    container,
    formats,
    close: () => container.close(),
  };
}

/** The one table of an archive without a description. */
async function onlyTable(
  container: Container,
  issues: IssueLists,
): Promise<{ table: CoreTable; format: TextFormat; file: string }> {
  const tables = container.files.filter(
    (file) => !DESCRIPTIONS.test(file) && !BESIDE.test(file) && !NO_TABLE.test(file) && !file.startsWith('dataset/'),
  );
  const [file] = tables;
  if (file === undefined) throw new Problem('dwca-empty', { file: container.name });
  if (tables.length > 1) throw new Problem('dwca-meta-missing', { file: container.name, found: tables.slice(0, 5).join(', ') });
  return { ...tableOfHeader(file, await firstBytes(container, file, SAMPLE), issues), file };
}

/** How each file of a table is written. @throws Problem `dwca-file-missing`, `dwca-column-missing` */
async function formatsOf(container: Container, table: CoreTable, issues: IssueLists): Promise<Map<string, TextFormat>> {
  const formats = new Map<string, TextFormat>();
  for (const location of table.files) {
    const file =
      container.files.find((one) => one === location) ??
      container.files.find((one) => one.toLowerCase() === location.toLowerCase());
    if (file === undefined)
      throw new Problem('dwca-file-missing', {
        file: 'meta.xml',
        line: String(table.line),
        found: location,
        known:
          container.files
            .filter((one) => one !== 'meta.xml')
            .slice(0, 8)
            .join(', ') || '–',
      });
    formats.set(file, formatOf(table, file, await firstBytes(container, file, SAMPLE), issues));
  }
  return formats;
}

async function metadataOf(container: Container, named: string | null, issues: IssueLists): Promise<DatasetMetadata | null> {
  const file =
    named === null ? container.files.find((one) => DESCRIPTIONS.test(one)) : container.files.find((one) => one === named);
  if (file === undefined) {
    if (named !== null) issues.add('error', 'dwca-metadata-missing', { file: 'meta.xml', found: named });
    return null;
  }
  return await described(container, file, issues);
}

async function described(container: Container, file: string, issues: IssueLists): Promise<DatasetMetadata | null> {
  try {
    return readMetadata({ name: file, bytes: await smallFile(container, file) });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    issues.problem('error', error);
    return null;
  }
}

async function constituentsOf(container: Container, issues: IssueLists): Promise<Map<string, DatasetMetadata>> {
  const found = new Map<string, DatasetMetadata>();
  for (const file of container.files) {
    const key = /^dataset\/(.+)\.xml$/i.exec(file)?.[1];
    const metadata = key === undefined ? null : await described(container, file, issues);
    if (key !== undefined && metadata !== null) found.set(key, metadata);
  }
  return found;
}

async function textOf(container: Container, file: string): Promise<string | null> {
  if (!container.files.includes(file)) return null;
  const bytes = await smallFile(container, file);
  return decodeText(bytes, guessEncoding([bytes])).trim();
}

/**
 * Hands over the values of `terms` row by row; `id` asks for the identifier that joins core and extensions. What rows lack or have too much
 * is added to the archive's issues.
 * @returns how many rows there are
 * @throws Problem of the archive that is damaged
 */
export async function readRows(
  { container, formats, issues }: Pick<DarwinCoreArchive, 'container' | 'formats' | 'issues'>,
  table: CoreTable,
  terms: readonly string[],
  onValues: OnValues,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (bytes: number) => void } = {},
): Promise<{ rows: number }> {
  const { wanted, slots, fallbacks } = columnsOf(table, terms);
  const expected = Math.max(table.id ?? -1, ...table.fields.map(({ index }) => index ?? -1)) + 1;
  let rows = 0;
  let bytes = 0;
  for (const [file, format] of formats.get(table) ?? []) {
    const widest = Math.max(expected, format.width);
    const reader = rowReader(
      format,
      (cells, line, width) => {
        if (line <= table.skip) return;
        rows++;
        if (width < expected) {
          const field = table.fields.find(({ index }) => index !== null && index >= width)?.term ?? 'id';
          issues.add('warning', 'dwca-row-short', { file, line: String(line), field, found: width, expected });
        }
        if (width > widest) issues.add('error', 'dwca-row-long', { file, line: String(line), found: width, expected: widest });
        const values = new Array<string>(slots.length);
        for (let i = 0; i < slots.length; i++) {
          const value = cells[slots[i] as number] ?? '';
          values[i] = value === '' || (value.length < 6 && NOTHING.has(value)) ? (fallbacks[i] as string) : value;
        }
        onValues(values, line, file);
      },
      {
        wanted,
        onOpenQuote: (line) => issues.add('error', 'dwca-quote-open', { file, line: String(line) }),
        onBroken: (line) =>
          issues.add('error', 'dwca-encoding-later', { file, line: String(line), found: format.encoding.toUpperCase() }),
      },
    );
    const toUtf8 = recoder(format.encoding);
    for await (const piece of container.pieces(file)) {
      signal?.throwIfAborted();
      reader.write(toUtf8(piece, false));
      bytes += piece.length;
      onProgress?.(bytes);
    }
    reader.write(toUtf8(new Uint8Array(0), true));
    reader.end();
  }
  return { rows };
}

/** Which columns are read, and where the value of each term is then. */
function columnsOf(table: CoreTable, terms: readonly string[]): { wanted: number[]; slots: number[]; fallbacks: string[] } {
  const fields = terms.map((term) =>
    term === 'id'
      ? { index: table.id, fallback: null }
      : (table.fields.find((one) => one.term === term && one.index !== null) ?? table.fields.find((one) => one.term === term)),
  );
  const wanted = [...new Set(fields.flatMap((field) => field?.index ?? []))].sort((a, b) => a - b);
  return {
    wanted,
    slots: fields.map((field) => (field?.index === undefined || field.index === null ? -1 : wanted.indexOf(field.index))),
    fallbacks: terms.map(
      (term, i) => fields[i]?.fallback ?? table.fields.find((one) => one.term === term && one.index === null)?.fallback ?? '',
    ),
  };
}

/** Pieces of any encoding as UTF-8; a letter that two pieces share comes with the second, and a byte order mark is dropped. */
function recoder(encoding: string): (bytes: Uint8Array, last: boolean) => Uint8Array {
  if (encoding === 'utf-8' || encoding === 'ascii') {
    let first = true;
    return (bytes) => {
      const marked = first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
      first = false;
      return marked ? bytes.subarray(3) : bytes;
    };
  }
  const encoder = new TextEncoder();
  if (encoding === 'kz-1048') return (bytes) => encoder.encode(decodeText(bytes, encoding));
  const decoder = new TextDecoder(encoding);
  return (bytes, last) => encoder.encode(decoder.decode(bytes, { stream: !last }));
}

/** The terms that a table has. */
export function termsOf(table: CoreTable): string[] {
  return [...new Set(table.fields.map(({ term }) => term))];
}

/**
 * The rows of an extension by the core row they belong to; those that belong to none are counted in the issues.
 * @param ids identifiers of the core, where they are known
 */
export async function rowsById(
  archive: DarwinCoreArchive,
  table: CoreTable,
  terms: readonly string[],
  { ids }: { ids?: ReadonlySet<string> } = {},
): Promise<Map<string, string[][]>> {
  const found = new Map<string, string[][]>();
  await readRows(archive, table, ['id', ...terms], ([id = '', ...values], line, file) => {
    if (ids !== undefined && !ids.has(id)) {
      archive.issues.add('warning', 'dwca-orphan', { file, line: String(line), found: id });
      return;
    }
    const rows = found.get(id);
    if (rows === undefined) found.set(id, [values]);
    else rows.push(values);
  });
  return found;
}
