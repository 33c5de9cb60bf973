/**
 * How often somebody may try to get in: after some failures each further try has to wait, longer and longer.
 *
 *     const attempt = limits.enter(['login aigerim', 'address 192.0.2.7'], now);   // throws TooManyRequests
 *     if (right) attempt.succeeded();
 *
 * A try counts as failed from its beginning, so that many at once are no way around. What is remembered is bounded.
 */
import { Problem } from '../problems.ts';

/** Failures without a delay, by what the key begins with: many people share an address, few a name. */
const FREE: Record<string, number> = { login: 5, address: 20 };

/** The delay after the first failure too many [ms]; it doubles with each further one. */
const FIRST_DELAY = 1000;

/** The longest delay [ms]: nobody can lock somebody else out for longer. */
const LONGEST_DELAY = 15 * 60_000;

/** After so long without a failure all is forgotten [ms]. */
const MEMORY = 60 * 60_000;

/** Names and addresses remembered at once; the oldest give way. */
const MOST = 10_000;

export class TooManyRequests extends Problem {
  /** Until the next try [s], for the header `retry-after`. */
  readonly seconds: number;

  constructor(seconds: number) {
    super('too-many-requests', { expected: seconds });
    this.seconds = seconds;
  }
}

export interface Attempt {
  /** Forgets the failures of the name; those of the address stay, but for this one. */
  succeeded(): void;
}

export interface Limits {
  /** @throws TooManyRequests */
  enter(keys: readonly string[], now: Date): Attempt;
  /** How many names and addresses are remembered. */
  size(): number;
}

interface Tries {
  failures: number;
  /** When the next may come, and when the last came [ms]. */
  next: number;
  last: number;
}

export function attemptLimits({ most = MOST }: { most?: number } = {}): Limits {
  const tries = new Map<string, Tries>();
  const known = (key: string, at: number): Tries => {
    const found = tries.get(key);
    return found === undefined || at - found.last > MEMORY ? { failures: 0, next: 0, last: at } : found;
  };
  const remember = (key: string, state: Tries): void => {
    tries.delete(key); // the latest stand last
    tries.set(key, state);
    for (const oldest of tries.keys()) {
      if (tries.size <= most) break;
      tries.delete(oldest);
    }
  };
  return {
    enter(keys, now) {
      const at = now.getTime();
      const wait = Math.max(0, ...keys.map((key) => known(key, at).next - at));
      if (wait > 0) throw new TooManyRequests(Math.ceil(wait / 1000));
      for (const key of keys) {
        const failures = known(key, at).failures + 1;
        remember(key, { failures, next: at + delayAfter(key, failures), last: at });
      }
      return {
        succeeded() {
          for (const key of keys) {
            const state = tries.get(key);
            if (state === undefined) continue;
            if (key.startsWith('login ')) tries.delete(key);
            else tries.set(key, { ...state, failures: state.failures - 1, next: at + delayAfter(key, state.failures - 1) });
          }
        },
      };
    },
    size: () => tries.size,
  };
}

function delayAfter(key: string, failures: number): number {
  const over = failures - (FREE[key.split(' ')[0] ?? ''] ?? 0);
  return over < 0 ? 0 : Math.min(FIRST_DELAY * 2 ** Math.min(over, 20), LONGEST_DELAY);
}

/** An address as it is counted: of IPv6 the network of 64 bits, which one household or office has to itself. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return `address ${plain}`;
  const [head = '', tail = ''] = plain.toLowerCase().split('::');
  const [first, last] = [head, tail].map((part) => part.split(':').filter((group) => group !== '')) as [string[], string[]];
  const zeros = plain.includes('::') ? Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0') : [];
  return `address ${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`;
}
