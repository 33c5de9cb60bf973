/**
 * Tables in HDF5 files as pandas writes them ("fixed" frames), and plain arrays of PyTables: each becomes a sheet, named by its
 * group or by its path.
 *
 *     const sheets = await readHdf5Tables(file);      // 'flows', '/flows/block0_values'
 */
import { Problem } from '../problems.ts';
import { memoryBytes } from './byte-source.ts';
import type { Hdf5, Hdf5File, Hdf5Shape } from './netcdf-hdf5-library.ts';
import { FROM_START, type Grid, INDEX } from './pywr-frame.ts';
import type { SourceFile } from './source-node.ts';

type Values = number[] | string[];

interface Dataset {
  shape: number[];
  values: Values;
}

/** Classes of types in the library. */
const INTEGER = 0;
const FLOAT = 1;
const WORDS = 3;
/** Values of one dataset that are read. */
const MOST_VALUES = 50_000_000;
const DAY_NS = 86_400_000_000_000;

export async function readHdf5Tables(source: Pick<SourceFile, 'name' | 'bytes'>): Promise<Map<string, Grid>> {
  const { openHdf5 } = await import('./netcdf-hdf5-library.ts');
  const file = await openHdf5(memoryBytes(source.name, source.bytes));
  try {
    const names = await file.ask((h5, id) => h5.get_names(id, '/', true));
    const datasets = new Map<string, Dataset>();
    for (const name of names) {
      const path = name.startsWith('/') ? name : `/${name}`;
      const found = await datasetAt(file, path, source.name);
      if (found !== null) datasets.set(path, found);
    }
    const sheets = new Map<string, Grid>();
    for (const path of datasets.keys())
      if (path.endsWith('/axis0')) {
        const group = path.slice(0, -'/axis0'.length);
        sheets.set(group.slice(1), await frameGrid(file, group, datasets, source.name));
      }
    for (const [path, { shape, values }] of datasets)
      if (shape.length <= 2) {
        const width = shape[1] ?? 1;
        const rows = Array.from({ length: shape[0] ?? 1 }, (_, i) => values.slice(i * width, (i + 1) * width).map(String));
        sheets.set(path, [Array.from({ length: width }, (_, j) => String(j)), ...rows]);
      }
    return sheets;
  } finally {
    file.close();
  }
}

/** A frame: its index, then columns in the order of its items, from all its blocks. */
async function frameGrid(file: Hdf5File, group: string, datasets: ReadonlyMap<string, Dataset>, name: string): Promise<Grid> {
  const columns = (datasets.get(`${group}/axis0`) as Dataset).values.map(String);
  const index = datasets.get(`${group}/axis1`);
  if (index === undefined) throw new Problem('cube-damaged', { file: name, variable: `${group}/axis1`, found: '—' });
  const dated = await wordAttribute(file, `${group}/axis1`, 'kind');
  const frequency = await wordAttribute(file, `${group}/axis1`, 'freq');
  const rows = index.values.map((value) => [
    dated?.startsWith('datetime64') ? new Date((Number(value) / DAY_NS) * 86_400_000).toISOString().slice(0, 19) : String(value),
    ...new Array<string>(columns.length).fill(''),
  ]);
  for (let block = 0; datasets.has(`${group}/block${block}_items`); block++) {
    const items = (datasets.get(`${group}/block${block}_items`) as Dataset).values.map(String);
    const { values } = datasets.get(`${group}/block${block}_values`) as Dataset;
    for (const [k, item] of items.entries()) {
      const column = columns.indexOf(item) + 1;
      for (const [i, row] of rows.entries()) row[column] = String(values[i * items.length + k]);
    }
  }
  // a frequency that was kept says that rows hold from their dates on; the pickled word for "none" is "N."
  const kept = frequency !== null && !frequency.startsWith('N');
  return [[kept ? FROM_START : INDEX, ...columns], ...rows];
}

async function datasetAt(file: Hdf5File, path: string, name: string): Promise<Dataset | null> {
  const about = await file.ask(
    (h5, id) => (h5.get_type(id, path) === h5.H5G_DATASET ? h5.get_dataset_metadata(id, path) : null),
    path,
  );
  const numeric = about !== null && (about.type === INTEGER || (about.type === FLOAT && about.size >= 4));
  if (about === null || about.shape === null || about.vlen || (!numeric && about.type !== WORDS)) return null;
  if (about.total_size > MOST_VALUES)
    throw new Problem('cube-damaged', { file: name, variable: path, found: String(about.total_size) });
  const { shape } = about;
  const values = await file.ask((h5, id) => readAll(h5, id, path, about, shape), path);
  return { shape, values };
}

function readAll(h5: Hdf5, id: bigint, path: string, about: Hdf5Shape, shape: readonly number[]): Values {
  const length = about.size * about.total_size;
  if (length === 0) return [];
  const at = h5._malloc(length);
  if (at === 0) throw new Error(`malloc ${length}`);
  try {
    const count = shape.map(BigInt);
    const zeros = shape.map(() => 0n);
    const ones = shape.map(() => 1n);
    if (h5.get_dataset_data(id, path, count, zeros, ones, BigInt(at)) < 0) throw new Error('H5Dread');
    return decoded(h5.HEAPU8.slice(at, at + length) as Uint8Array<ArrayBuffer>, about);
  } finally {
    h5._free(at);
  }
}

function decoded(bytes: Uint8Array<ArrayBuffer>, { type, size, signed, total_size: count }: Hdf5Shape): Values {
  if (type === WORDS)
    return Array.from({ length: count }, (_, i) =>
      new TextDecoder().decode(bytes.subarray(i * size, (i + 1) * size)).replace(/\0.*$/s, ''),
    );
  const view = new DataView(bytes.buffer);
  const read = (i: number): number => {
    const at = i * size;
    if (type === FLOAT) return size === 8 ? view.getFloat64(at, true) : view.getFloat32(at, true);
    if (size === 8) return Number(signed ? view.getBigInt64(at, true) : view.getBigUint64(at, true));
    if (size === 4) return signed ? view.getInt32(at, true) : view.getUint32(at, true);
    if (size === 2) return signed ? view.getInt16(at, true) : view.getUint16(at, true);
    return signed ? view.getInt8(at) : view.getUint8(at);
  };
  return Array.from({ length: count }, (_, i) => read(i));
}

/** An attribute that is one word of fixed length; null where it is not there or something else. */
async function wordAttribute(file: Hdf5File, path: string, name: string): Promise<string | null> {
  return file.ask((h5, id) => {
    if (!h5.get_attribute_names(id, path).includes(name)) return null;
    const about = h5.get_attribute_metadata(id, path, name);
    const length = about.size * about.total_size;
    if (about.type !== WORDS || about.vlen || length === 0) return null;
    const at = h5._malloc(length);
    try {
      if (h5.get_attribute_data(id, path, name, BigInt(at)) < 0) return null;
      return new TextDecoder('latin1').decode(h5.HEAPU8.slice(at, at + length)).replace(/\0.*$/s, '');
    } finally {
      h5._free(at);
    }
  }, path);
}
