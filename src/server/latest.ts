/**
 * What takes longer to make than people like to wait: made anew when what it rests on was written, once for all who ask; where
 * that takes too long because many ask at once, they are given the last one there is.
 *
 *     const pages = latest<Page>({ most: 16e6, sizeOf: (page) => page.size, patience: () => (isCrowded() ? 250 : 5000) });
 *     const page = await pages.get('almaty kk', () => siteState(db, 'almaty', REVIEWED), () => make());
 *
 * Whoever is given the last one is forgotten at once: nothing of a request stays until the new one is made, which among many that
 * wait may take minutes and thousands of requests.
 */
import { bounded } from './bounded.ts';

/** @param options.isFirst there is none yet that could be given to those who wait */
type Make<Value> = (options: { isFirst: boolean }) => Promise<Value>;

export interface Latest<Value> {
  /**
   * @param state the same as long as nothing was written that `make` rests on
   * @throws whatever `make` throws.
   */
  get(key: string, state: () => string, make: Make<Value>): Promise<Value>;
  /** What is kept, as `sizeOf` tells it. */
  size(): number;
  /** Those who wait. */
  waiting(): number;
}

interface Kept<Value> {
  /** The last one that was made, and the state it is of. */
  last: { value: Value; state: string } | null;
  /** How many were begun. */
  begun: number;
  /** The state that the one under way is of; `null` where none is. */
  making: string | null;
  /** Another is wanted after it. */
  next: Wanted<Value> | null;
  waiting: Set<Waiting<Value>>;
}

interface Wanted<Value> {
  state: () => string;
  make: Make<Value>;
}

interface Waiting<Value> {
  /** The first that is new enough, counted as in `begun`. */
  wants: number;
  resolve(value: Value): void;
  reject(error: unknown): void;
  /** From now on there is one to be given instead. */
  hurry(): void;
}

/** What the place of one that is kept takes by itself, whatever it holds. */
const PLACE = 200;

/**
 * @param options.most kept at once [as `sizeOf`]; what was not asked for the longest gives way
 * @param options.sizeOf how large one is
 * @param options.patience how long somebody waits for a newer one when there is one already [ms]
 */
export function latest<Value>({
  most,
  sizeOf,
  patience,
}: {
  most: number;
  sizeOf: (value: Value) => number;
  patience: () => number;
}): Latest<Value> {
  const kept = bounded<Kept<Value>>({ most, sizeOf: ({ last }) => PLACE + (last === null ? 0 : sizeOf(last.value)) });
  /** Those that are being made, so that what gave way meanwhile is not begun a second time. */
  const underWay = new Map<string, Kept<Value>>();
  let waiting = 0;

  const begin = async (key: string, own: Kept<Value>, first: Wanted<Value>): Promise<void> => {
    underWay.set(key, own);
    try {
      for (let wanted: Wanted<Value> | null = first; wanted !== null; wanted = own.next) {
        const state = wanted.state();
        Object.assign(own, { begun: own.begun + 1, making: state, next: null });
        const { make } = wanted;
        const isFirst = own.last === null;
        const value = await Promise.resolve().then(() => make({ isFirst }));
        own.last = { value, state };
        kept.set(key, own); // it weighs something else now
        for (const one of own.waiting) one.wants <= own.begun ? one.resolve(value) : one.hurry();
      }
    } catch (error) {
      own.next = null;
      for (const one of own.waiting) one.reject(error);
    } finally {
      own.making = null;
      underWay.delete(key);
    }
  };

  return {
    size: kept.size,
    waiting: () => waiting,
    async get(key, state, make) {
      const own = kept.get(key) ??
        underWay.get(key) ?? { last: null, begun: 0, making: null, next: null, waiting: new Set<Waiting<Value>>() };
      if (own.last?.state === state()) return own.last.value;
      if (own.making === null) void begin(key, own, { state, make });
      else if (own.making !== state()) own.next = { state, make }; // the one under way began before the write
      return new Promise((resolve, reject) => {
        let timer: NodeJS.Timeout | undefined;
        const leave = (): void => {
          clearTimeout(timer);
          own.waiting.delete(one);
          waiting -= 1;
        };
        const one: Waiting<Value> = {
          wants: own.begun + (own.next === null ? 0 : 1),
          resolve(value) {
            leave();
            resolve(value);
          },
          reject(error) {
            leave();
            reject(error);
          },
          hurry() {
            timer ??= setTimeout(() => own.last !== null && one.resolve(own.last.value), patience());
          },
        };
        own.waiting.add(one);
        waiting += 1;
        if (own.last !== null) one.hurry();
      });
    },
  };
}
