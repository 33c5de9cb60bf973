/**
 * What is kept in memory, with a bound on how much: what was not asked for the longest gives way.
 *
 *     const drawings = bounded<Uint8Array>({ most: 16 * 1024 * 1024, sizeOf: (bytes) => bytes.length });
 *     drawings.set('almaty', bytes);
 *     drawings.get('almaty');
 */
export interface Bounded<Value> {
  get(key: string): Value | undefined;
  /** Keeps it, or weighs again what is kept; what is larger than all there is room for is not kept. */
  set(key: string, value: Value): void;
  delete(key: string): void;
  /** Of all that is kept, as `sizeOf` tells it. */
  size(): number;
}

/** @param options.most all together [as `sizeOf`: bytes, or 1 each] */
export function bounded<Value>({ most, sizeOf }: { most: number; sizeOf: (value: Value) => number }): Bounded<Value> {
  const kept = new Map<string, { value: Value; size: number }>();
  let whole = 0;

  const drop = (key: string): void => {
    whole -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key); // the one that was asked for last stands last
      kept.set(key, found);
      return found.value;
    },
    set(key, value) {
      drop(key);
      const size = sizeOf(value);
      if (size > most) return;
      kept.set(key, { value, size });
      whole += size;
      for (const oldest of kept.keys()) {
        if (whole <= most) break;
        drop(oldest);
      }
    },
    delete: drop,
    size: () => whole,
  };
}
