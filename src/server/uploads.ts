/**
 * Files that were sent and not yet taken into the dossier: on the disk, under their digests, in a folder that nothing is
 * served from and that is gone when the server stops.
 *
 *     const { digest } = await keepUpload(request.body, { limit });
 *     const file = readUpload(digest, 'zones.zip');
 */
import { keepStream, readSource, removeFile, type SourceFile, scratchFolder } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';

/** What uploads may take together before the oldest give way [bytes]. */
const MOST = 1024 * 1024 * 1024;

/** By digest, the oldest first. */
const kept = new Map<string, { path: string; size: number }>();
let folder: string | null = null;

/** @throws Problem `too-large`, `disk-full`, `file-empty`. */
export async function keepUpload(
  body: ReadableStream<Uint8Array> | null,
  { limit }: { limit: number },
): Promise<{ digest: string; size: number }> {
  folder ??= scratchFolder();
  const { path, digest, size } = await keepStream(body ?? new ReadableStream({ start: (c) => c.close() }), folder, { limit });
  kept.delete(digest);
  kept.set(digest, { path, size });
  for (const [old, file] of kept) {
    if ([...kept.values()].reduce((sum, one) => sum + one.size, 0) <= MOST || old === digest) break;
    kept.delete(old);
    removeFile(file.path);
  }
  return { digest, size };
}

/** @param name what the user calls it: the last part alone, without what a name cannot hold */
export function readUpload(digest: string, name: string): SourceFile {
  const known = kept.get(digest);
  if (known === undefined) throw new Problem('upload-gone', { file: plainName(name) });
  return { ...readSource(known.path), name: plainName(name) };
}

/** Drops a file that is not wanted. */
export function dropUpload(digest: string): void {
  const known = kept.get(digest);
  if (known === undefined) return;
  kept.delete(digest);
  removeFile(known.path);
}

/** The last part of a path, without control characters. */
export function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return last.replace(/\p{C}/gu, '').trim().slice(0, 200) || 'map';
}
