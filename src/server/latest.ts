/**
 * What takes longer to make than people like to wait: made anew when what it rests on was written, once for all who ask; where
 * that takes too long because many ask at once, they are given the last one there is.
 *
 *     const pages = latest<Page>({ most: 64, patience: () => (isCrowded() ? 250 : 5000) });
 *     const page = await pages.get('almaty kk', () => siteState(db, 'almaty', REVIEWED), () => make());
 */
export interface Latest<Value> {
  /**
   * @param state the same as long as nothing was written that `make` rests on
   * @throws whatever `make` throws.
   */
  get(key: string, state: () => string, make: () => Promise<Value>): Promise<Value>;
}

interface Kept<Value> {
  /** The last one that was made, and the state it is of. */
  last: { value: Value; state: string } | null;
  making: { state: string; done: Promise<Value> } | null;
}

/**
 * @param options.most kept at once; what was not asked for the longest gives way
 * @param options.patience how long somebody waits for a newer one when there is one already [ms]
 */
export function latest<Value>({ most, patience }: { most: number; patience: () => number }): Latest<Value> {
  const kept = new Map<string, Kept<Value>>();

  const begin = (own: Kept<Value>, state: string, make: () => Promise<Value>): Promise<Value> => {
    const done = Promise.resolve()
      .then(make)
      .then((value) => {
        own.last = { value, state };
        return value;
      })
      .finally(() => {
        own.making = null;
      });
    own.making = { state, done };
    return done;
  };

  const newest = async (own: Kept<Value>, state: () => string, make: () => Promise<Value>): Promise<Value> => {
    if (own.making !== null && own.making.state !== state()) await own.making.done.catch(() => {}); // began before the write
    if (own.last?.state === state()) return own.last.value;
    return own.making === null ? begin(own, state(), make) : own.making.done;
  };

  return {
    async get(key, state, make) {
      const own = kept.get(key) ?? { last: null, making: null };
      kept.delete(key);
      kept.set(key, own);
      for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest);
      if (own.last?.state === state()) return own.last.value;
      const coming = newest(own, state, make);
      if (own.last === null) return coming;
      const { value } = own.last;
      return soonOr(coming, value, patience());
    },
  };
}

/** What comes within `wait` milliseconds, else `other`. */
async function soonOr<Value>(coming: Promise<Value>, other: Value, wait: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(other), wait);
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
    coming.catch(() => {}); // nobody waits for it any more
  }
}
