/**
 * What was typed and is not yet acknowledged by the server, kept on this machine: a lost connection, a closed window or a lost
 * supply takes nothing away.
 *
 *     const drafts = keptDrafts('aigul');
 *     drafts.keep({ site, section, lang }, { text, confidential: null, version });
 */
import type { Lang } from '../../src/types.ts';

/** Which text. */
export interface Place {
  site: string;
  section: string;
  lang: Lang;
}

export interface Draft {
  text: string;
  /** `null` where nothing is to be changed about it. */
  confidential: boolean | null;
  /** What the server had when the typing began. */
  version: string;
  /** The server had something newer when this was sent. */
  conflict: boolean;
}

export interface Drafts {
  find(place: Place): Draft | null;
  /** Returns whether there was room. */
  keep(place: Place, draft: Draft): boolean;
  forget(place: Place): void;
  /** All of a site, or of every one. */
  list(site: string | null): (Place & { draft: Draft })[];
}

const PREFIX = 'review-draft';

/** The drafts of a user: on one machine several may write. */
export function keptDrafts(user: string, storage: Storage = localStorage): Drafts {
  const keyOf = ({ site, section, lang }: Place): string => JSON.stringify([PREFIX, user, site, section, lang]);
  const read = (key: string): Draft | null => {
    const text = storage.getItem(key);
    return text === null ? null : (JSON.parse(text) as Draft);
  };
  return {
    find: (place) => read(keyOf(place)),
    keep(place, draft) {
      try {
        storage.setItem(keyOf(place), JSON.stringify(draft));
        return true;
      } catch {
        return false; // no room, or storing is forbidden: whoever types is told
      }
    },
    forget: (place) => storage.removeItem(keyOf(place)),
    list(site) {
      const found: (Place & { draft: Draft })[] = [];
      for (let i = 0; i < storage.length; i += 1) {
        const key = storage.key(i) ?? '';
        if (!key.startsWith(`["${PREFIX}"`)) continue;
        const [, owner, ofSite, section, lang] = JSON.parse(key) as [string, string, string, string, Lang];
        const draft = read(key);
        if (owner === user && (site === null || ofSite === site) && draft !== null)
          found.push({ site: ofSite, section, lang, draft });
      }
      return found;
    },
  };
}
