/**
 * What waits for a connection, kept by the browser (IndexedDB) in the order in which it was written.
 *
 *     const id = await keepUnsent({ owner, when, state: 'waiting', ...write });
 *     for (const one of await listUnsent(owner)) await changeUnsent({ ...one, state: 'refused' });
 */
import type { FieldFault, Unsent } from './api.ts';

/** What became of a write: not yet sent; somebody else was faster; the server will not have it as it is. */
export type WaitState = 'waiting' | 'conflict' | 'refused';

export interface Waiting extends Unsent {
  id: number;
  /** Who wrote it, in which dossier. */
  owner: string;
  /** ISO 8601. */
  when: string;
  /** Address of the page on which it was written. */
  page: string;
  state: WaitState;
  /** Why it was refused. */
  why: string;
  faults: readonly FieldFault[];
  /** What somebody else stored meanwhile; only in a conflict. */
  stored: { value: unknown; version: string | null } | null;
}

const STORE = 'outbox';

export async function listUnsent(owner: string): Promise<Waiting[]> {
  const all = await withStore('readonly', (store) => store.getAll() as IDBRequest<Waiting[]>);
  return all.filter((one) => one.owner === owner);
}

export async function keepUnsent(one: Omit<Waiting, 'id'>): Promise<void> {
  await withStore('readwrite', (store) => store.add(one));
}

export async function changeUnsent(one: Waiting): Promise<void> {
  await withStore('readwrite', (store) => store.put(one));
}

export async function forgetUnsent(id: number): Promise<void> {
  await withStore('readwrite', (store) => store.delete(id));
}

/** Runs one request; resolves once it is on the disk. */
async function withStore<Result>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: 'strict' });
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('saryarka', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id', autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
