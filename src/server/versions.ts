/**
 * Versions of what can be edited, so that two editors never overwrite one another. RFC 9110, 8.8.3 and 13.1.1.
 *
 *     handle: ({ context, params }) => versioned(loadAnswer(context.db, params.id))            // GET: header `etag`
 *     handle: ({ context, params, request, body, visitor }) => {                                // PUT, DELETE
 *       expectVersion(request, loadAnswer(context.db, params.id));
 *       saveAnswer(context.db, visitor.id, params.id, body);
 *       return versioned(loadAnswer(context.db, params.id));
 *     }
 */
import { createHash } from 'node:crypto';
import { Problem } from '../problems.ts';

/** Somebody else wrote first; carries what is stored now, for the caller to compare. */
export class ChangedMeanwhile extends Problem {
  /** `null` where it was removed. */
  readonly stored: unknown;

  constructor(stored: unknown) {
    super('changed-meanwhile');
    this.stored = stored;
  }
}

/** The version of `value`: 16 hexadecimal digits, the same for the same value whatever the order of its fields. */
export function versionOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value, sorted) ?? 'null')
    .digest('hex')
    .slice(0, 16);
}

/** `value` as JSON with its version in the header `etag`. */
export function versioned(value: unknown, { status = 200 }: { status?: number } = {}): Response {
  return Response.json(value, { status, headers: { etag: `"${versionOf(value)}"`, 'cache-control': 'no-cache' } });
}

/**
 * Refuses a write whose caller saw something else than what is stored now; call it and the write without an `await` between.
 * @param current what a GET would send now; `null` or `undefined` where nothing is stored
 * @throws ChangedMeanwhile when `if-match` names another version (`*`: any that exists), or when `if-none-match: *` asks for a new
 *   one and there is one. Without either header the caller does not mind.
 */
export function expectVersion(request: Request, current: unknown): void {
  const stored = current ?? null;
  const [match, none] = [request.headers.get('if-match'), request.headers.get('if-none-match')];
  if (none === '*' && stored !== null) throw new ChangedMeanwhile(stored);
  if (match === null) return;
  // a proxy that compresses marks our versions as weak; they are digests of the value and stay what they were
  const seen = match.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (stored !== null && (seen.includes('*') || seen.includes(`"${versionOf(stored)}"`))) return;
  throw new ChangedMeanwhile(stored);
}

function sorted(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
