/** What every route has at hand. */
import type { Db } from '../store/db.ts';
import type { Lang } from '../types.ts';
import type { Access } from './access.ts';
import type { StatusOf } from './statuses.ts';

/** A file of the pages, as the build made it. */
export interface WebFile {
  bytes: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer>;
  mediaType: string;
}

export interface ServerContext {
  db: Db;
  /** Name under which the dossier is downloaded. */
  file: string;
  /** Language of a visitor whose browser asks for none of ours. */
  lang: Lang;
  /** ISO 8601 date. */
  today(): string;
  /** Folder that data are computed from; `null` where there is none. */
  data: string | null;
  /** How each site stands today. */
  status: StatusOf;
  /** Who is let in, and how. */
  access: Access;
  /** The built pages by path below `/`, such as `assets/main-Dq3x.js`; `index.html` is sent for every page. */
  pages: ReadonlyMap<string, WebFile>;
}
