/**
 * A figure of a bench for programs: `node bench/circuit.ts --json` prints its figures, one JSON object a line, in place of its
 * sentences. `bench/life.ts` joins those of all benches on species and networks into one table.
 */

/** What another program took for the same job. */
export interface Peer {
  name: string;
  /** Processor [s]. */
  seconds: number;
  megabytes?: number;
  /** Measured in this run, on this machine; otherwise recorded on another of two cores. */
  here?: true;
}

/** What one job took here. */
export interface Figure {
  job: string;
  /** Processor [s]; of several runs the middle one. */
  seconds: number;
  /** By the clock [s], where the goal asks for it. */
  clock?: number;
  /** The most that the process held up to the end of the job [MB]. */
  megabytes: number;
  peers: Peer[];
  /** What the project asks of itself: less than so many seconds of the processor or the clock, and megabytes. */
  goal?: { seconds: number; by: 'processor' | 'clock'; megabytes?: number };
  /** What keeps the comparison from being one of like with like. */
  unlike?: string;
}

const asJson = process.argv.includes('--json');

/** Words of the command line but for `--json`. */
export const words: readonly string[] = process.argv.slice(2).filter((word) => word !== '--json');

/** Prints a sentence, unless figures are asked for. */
export function say(sentence: string): void {
  if (!asJson) console.log(sentence);
}

/** Prints a figure, if figures are asked for. */
export function tell(figure: Figure): void {
  if (asJson) console.log(JSON.stringify(figure));
}

/** Seconds of processor since `start`. */
export function processorSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** The most memory that this process has held so far [MB]. */
export function mostMegabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** The middle of several values. */
export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}
