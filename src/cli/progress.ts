/** A line of progress with the time left on a terminal; nothing in a pipe. */

export interface Progress {
  step(done: number): void;
  /** Clears the line. */
  end(): void;
}

/** How often the line is drawn anew [ms]. */
const EVERY = 100;

export function progress(label: string, total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { step: () => {}, end: () => {} };
  const began = performance.now();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    step(done) {
      const now = performance.now();
      if (now - drawn < EVERY && done < total) return;
      drawn = now;
      const left = done === 0 ? '' : ` · ${Math.ceil((((now - began) / done) * (total - done)) / 1000)} s`;
      stream.write(`\r\x1b[K${label} ${Math.floor((100 * done) / total)} %${left}`);
    },
    end() {
      stream.write('\r\x1b[K');
    },
  };
}
