/** The files of a zone map on their way to the server, one after another, and what it says of them. */
import { LARGEST_ZONE_FILE } from '../../src/api/zone-map-limits.ts';
import type { Uploaded, ZoneMapReply, ZoneMapRequest } from '../../src/api/zone-maps.ts';
import { Refusal, write } from '../api.ts';
import { say } from '../words.ts';

export interface FileToSend {
  name: string;
  size: number;
  blob: Blob;
}

/** The files of a drop, those within folders too. */
export async function droppedFiles(data: DataTransfer): Promise<FileToSend[]> {
  const entries = [...data.items].flatMap((item) => (item.kind === 'file' ? [item.webkitGetAsEntry()] : []));
  const plain = [...data.files];
  const files = entries.some((entry) => entry?.isDirectory) ? (await Promise.all(entries.map(filesOf))).flat() : plain;
  return files.map((file) => ({ name: file.name, size: file.size, blob: file }));
}

async function filesOf(entry: FileSystemEntry | null): Promise<File[]> {
  if (entry === null) return [];
  if (entry.isFile) return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const within = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  return (await Promise.all(within.map(filesOf))).flat();
}

/** @throws Refusal */
export async function sendFiles(
  site: string,
  files: FileToSend[],
  onProgress: (done: number) => void,
): Promise<ZoneMapRequest['files']> {
  const sent: ZoneMapRequest['files'] = [];
  for (const { name, size, blob } of files) {
    if (size > LARGEST_ZONE_FILE)
      throw new Refusal('too-large', 413, say('site.too-large', { file: name, megabytes: LARGEST_ZONE_FILE / 1024 / 1024 }));
    const path = `/api/sites/${encodeURIComponent(site)}/zone-map/files?name=${encodeURIComponent(name)}`;
    const { reply } = await write<Uploaded>('post', path, new Blob([blob], { type: 'application/octet-stream' }));
    sent.push({ name: reply.name, digest: reply.digest });
    onProgress(sent.length);
  }
  return sent;
}

/** Asks what would come of the files, with the answers so far. @throws Refusal */
export async function propose(site: string, request: ZoneMapRequest): Promise<ZoneMapReply> {
  const { reply } = await write<ZoneMapReply>('post', `/api/sites/${encodeURIComponent(site)}/zone-map`, request);
  return reply;
}
