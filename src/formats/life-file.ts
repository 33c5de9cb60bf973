/**
 * Records of species from any file that holds some, told by content: Darwin Core, occurrence cubes, Camtrap DP, iNaturalist, tables of counts.
 *
 *     const file = await openLifeFile('0021794-260906.zip');
 *     const { rows, datasets } = await file.read(context, (record) => …);
 *     file.close();
 */
import type { LifeDataset, LifeRecord } from '../life-types.ts';
import { Problem } from '../problems.ts';
import { camtrapOf, camtrapRecords, type Deployment, isCamtrap } from './camtrap.ts';
import { chronicleRecords } from './chronicle.ts';
import { type CountTable, countRecords, readCountTables } from './count-table.ts';
import { openDarwinCore, termsOf } from './darwin-core.ts';
import { type Container, openContainer } from './darwin-core-container.ts';
import { occurrenceTable, readOccurrences } from './darwin-core-occurrences.ts';
import { plainHeader } from './darwin-core-plain.ts';
import type { RecordContext } from './darwin-core-record.ts';
import { cubeOf, cubeRecords, isCube } from './gbif-cube.ts';
import { type IssueLists, issueLists } from './import-issue.ts';
import { isInaturalist, readInaturalist } from './inaturalist.ts';
import { recordRules } from './life-record-rules.ts';
import { fileState, readSource } from './source-node.ts';

export type LifeFormat = 'darwin-core' | 'gbif-cube' | 'camtrap' | 'inaturalist' | 'count-table' | 'chronicle';

export interface LifeReading {
  rows: number;
  /** Rows that are no records, by reason. */
  skipped: Record<string, number>;
  datasets: LifeDataset[];
}

export interface LifeFile {
  name: string;
  format: LifeFormat;
  issues: IssueLists;
  /** Where cameras stood. */
  deployments: Deployment[];
  /** Tables of counts, for trends. */
  tables: CountTable[];
  /** May be called again, which reads again. */
  read(context: RecordContext, onRecord: (record: LifeRecord) => void): Promise<LifeReading>;
  close(): void;
}

/** @throws Problem of the format; `dwca-no-terms` or `life-no-records` where none fits. */
export async function openLifeFile(path: string): Promise<LifeFile> {
  return toldOnce(await opened(path));
}

/** A file may be read again, for its names and for its records; what is wrong with it is told the first time. */
function toldOnce(file: LifeFile): LifeFile {
  return {
    ...file,
    read: async (context, onRecord) => {
      const reading = await file.read(context, onRecord);
      Object.assign(file.issues, { add: () => {}, problem: () => {} });
      return reading;
    },
  };
}

async function opened(path: string): Promise<LifeFile> {
  if (fileState(path) !== 'folder' && isWorkbook(path)) return await tablesFile(path);
  const container = await openContainer(path.replace(/(^|[/\\])datapackage\.json$/i, '') || '.');
  try {
    const told = await ofContainer(container);
    if (told !== null) return told;
  } catch (error) {
    container.close();
    throw error;
  }
  container.close();
  try {
    const file = await darwinCoreFile(path);
    if (file !== null) return file;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'dwca-no-terms' || container.kind !== 'file') throw error;
    return await tablesFile(path).catch((second: unknown) => {
      throw second instanceof Problem && second.code === 'life-no-records' ? error : second; // the first says what it looked for
    });
  }
  return await tablesFile(path);
}

function isWorkbook(path: string): boolean {
  return /\.(xlsx|xlsb|xls|ods)$/i.test(path);
}

async function ofContainer(container: Container): Promise<LifeFile | null> {
  const issues = issueLists();
  const base = { name: container.name, issues, deployments: [], tables: [], close: () => container.close() };
  if (isCamtrap(container)) {
    const data = await camtrapOf(container);
    const read: LifeFile['read'] = async (context, onRecord) => {
      const held = recordRules(context);
      for (const record of camtrapRecords(data)) onRecord(held(record));
      return { rows: data.rows.event + data.rows.media, skipped: data.skipped, datasets: [data.dataset] };
    };
    return { ...base, format: 'camtrap', issues: data.issues, deployments: data.deployments, read };
  }
  const tables = container.files.filter((file) => /\.(csv|tsv|txt)$/i.test(file) && !/^(citations|rights)\.txt$/.test(file));
  const [file] = tables;
  if (file === undefined || tables.length > 1 || container.files.some((one) => /^meta\.xml$/i.test(one))) return null;
  const columns = await plainHeader(container, file);
  if (isCube(columns)) {
    const cube = await cubeOf(container, file);
    const read: LifeFile['read'] = async (context, onRecord) => {
      const held = recordRules(context, { cells: true });
      for (const record of cubeRecords(cube)) onRecord(held(record));
      return {
        rows: cube.rows.length + cube.skipped,
        skipped: skippedOf(cube.skipped),
        datasets: [unnamed(cube.rows.length)],
      };
    };
    return { ...base, format: 'gbif-cube', issues: cube.issues, read };
  }
  if (!isInaturalist(columns)) return null;
  const read: LifeFile['read'] = async (context, onRecord) => {
    const { rows, privatePlaces } = await readInaturalist(container, file, context, issues, onRecord);
    if (privatePlaces > 0) issues.add('warning', 'inaturalist-private', { file, count: privatePlaces });
    return {
      rows,
      skipped: {},
      datasets: [
        { ...unnamed(rows), key: 'iNaturalist', title: 'iNaturalist', citation: 'iNaturalist, https://www.inaturalist.org' },
      ],
    };
  };
  return { ...base, format: 'inaturalist', read };
}

function skippedOf(count: number): Record<string, number> {
  return count > 0 ? { 'cell-wrong': count } : {};
}

function unnamed(records: number): LifeDataset {
  return { key: '', title: null, licence: null, doi: null, citation: null, records };
}

/** `null` where a table alone has a column of species and nothing else of Darwin Core: then it is one of counts. */
async function darwinCoreFile(path: string): Promise<LifeFile | null> {
  const archive = await openDarwinCore(path);
  if (
    archive.container.kind === 'file' &&
    occurrenceTable(archive) === null &&
    !termsOf(archive.core).includes('scientificName')
  ) {
    archive.close();
    return null;
  }
  return {
    name: archive.name,
    format: 'darwin-core',
    issues: archive.issues,
    deployments: [],
    tables: [],
    read: async (context, onRecord) => ({ ...(await readOccurrences(archive, context, onRecord)), skipped: {} }),
    close: () => archive.close(),
  };
}

async function tablesFile(path: string): Promise<LifeFile> {
  const issues = issueLists();
  const source = readSource(path);
  const { tables, chronicle, skipped } = await readCountTables(source, issues);
  const records = chronicle.length > 0 ? [...chronicleRecords(chronicle, source.name)] : [...countRecords(tables, source.name)];
  if (records.length === 0) throw new Problem('life-no-records', { file: source.name });
  return {
    name: source.name,
    format: chronicle.length > 0 ? 'chronicle' : 'count-table',
    issues,
    deployments: [],
    tables,
    read: async (context, onRecord) => {
      const held = recordRules(context);
      for (const record of records) onRecord(held(record));
      return { rows: records.length, skipped, datasets: [unnamed(records.length)] };
    },
    close: () => {},
  };
}
