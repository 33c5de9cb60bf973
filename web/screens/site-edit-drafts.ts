/**
 * Drawings that are not saved yet, kept in the browser (IndexedDB): a closed window or a lost connection takes nothing away.
 *
 *     await keepDrawing('aigul', 'qiyal', { text, version, at });
 *     const found = await findDrawing('aigul', 'qiyal');
 */

/** A drawing as GeoJSON, with the version of the zones that it was begun from. */
export interface KeptDrawing {
  text: string;
  version: string;
  /** ISO 8601. */
  at: string;
}

const NAME = 'saryarka-drawings';
const STORE = 'drawings';

/** `null` where there is none, or nothing can be kept in this browser. */
export async function findDrawing(user: string, site: string): Promise<KeptDrawing | null> {
  const found = await within('readonly', (store) => store.get([user, site])).catch(() => undefined);
  return (found as KeptDrawing | undefined) ?? null;
}

/** Returns whether there was room. */
export function keepDrawing(user: string, site: string, drawing: KeptDrawing): Promise<boolean> {
  return within('readwrite', (store) => store.put(drawing, [user, site])).then(
    () => true,
    () => false,
  );
}

export async function forgetDrawing(user: string, site: string): Promise<void> {
  await within('readwrite', (store) => store.delete([user, site])).catch(() => undefined);
}

function within(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const transaction = db.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        db.close();
        resolve(request.result);
      };
      transaction.onabort = () => {
        db.close();
        reject(transaction.error);
      };
    };
  });
}
