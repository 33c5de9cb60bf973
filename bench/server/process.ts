/** The real server as a process of its own, for the bench: started, watched, stopped and killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Served {
  child: ChildProcess;
  port: number;
  /** Resolves with the code and the signal it ended by. */
  ended: Promise<{ code: number | null; signal: string | null }>;
  /** What it wrote to stderr. */
  told(): string;
}

const BIN = fileURLToPath(new URL('../../bin/saryarka.js', import.meta.url));

/** Starts `saryarka serve` and waits until it listens. @param node arguments of Node itself, such as `--cpu-prof` */
export function start(dossier: string, { node = [] }: { node?: string[] } = {}): Promise<Served> {
  const child = spawn(process.execPath, [...node, BIN, 'serve', dossier, '--port', String(freePort())], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (chunk) => {
    told = (told + chunk).slice(-10_000);
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const port = /http:\/\/[^:]+:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve({ child, port: Number(port), ended, told: () => told });
    });
    void ended.then(({ code }) => reject(new Error(`the server ended by itself: ${code}\n${told}`)));
  });
}

let last = 8300 + (process.pid % 500);

function freePort(): number {
  last += 1;
  return last;
}

/** Memory that a process holds [MB], as Linux tells it; `NaN` elsewhere. */
export function memoryOf({ child }: Served): number {
  try {
    const pages = Number(readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')[1]);
    return (pages * 4096) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** Time that the thread which answers has had a core, and that all threads together had [s]; `NaN` where there is no Linux. */
export function coresOf({ child }: Served): { answering: number; all: number } {
  const ticks = (path: string): number => {
    try {
      const fields = readFileSync(path, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    } catch {
      return Number.NaN;
    }
  };
  return { answering: ticks(`/proc/${child.pid}/task/${child.pid}/stat`), all: ticks(`/proc/${child.pid}/stat`) };
}
