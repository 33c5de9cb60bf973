/**
 * What was written without a connection: kept here, sent in order when there is one, and never lost or sent twice. A page opts in
 * with a few words: `write('post', base, body, { offline: { title: say('records-page.add') } })`.
 */
import { computed, signal } from '@preact/signals';
import { LOST, later, newKey, online, Refusal, read, type Unsent, write, writes } from './api.ts';
import { sendDrafts } from './outbox-drafts.ts';
import { changeUnsent, forgetUnsent, keepUnsent, listUnsent, type Waiting } from './outbox-store.ts';
import { session } from './session.ts';

/** Of whoever is there, in order. */
export const unsent = signal<readonly Waiting[]>([]);

/** Between attempts to reach the server again [ms]. */
const AGAIN = 15_000;

/** After something could not be sent [ms]. */
const SOON = 2_000;

/** Other windows of the same browser. */
const others = 'BroadcastChannel' in globalThis ? new BroadcastChannel('outbox') : null;

const owner = computed(() => {
  const known = session.value;
  return known?.user == null ? null : `${known.user.id} ${known.dossier}`;
});

/** Reads what waits, sends it, and goes on trying; called once at the start. */
export function watchOutbox(): void {
  owner.subscribe(() => void refresh().then(sendUnsent).then(sendDrafts));
  if (others !== null) others.onmessage = () => void refresh();
  addEventListener('online', () => void reach());
  addEventListener('offline', () => {
    online.value = false;
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void reach();
  });
  setInterval(() => void reach(), AGAIN);
}

later.keep = async (write: Unsent) => {
  const whose = owner.peek();
  if (whose === null || write.body instanceof Blob) return false;
  try {
    const before = (await listUnsent(whose)).find((one) => one.path === write.path && one.state === 'waiting');
    // two changes of the same while nothing could be sent are one
    if (before !== undefined && write.method !== 'post') await changeUnsent({ ...before, ...write, version: before.version });
    else await keepUnsent({ ...write, ...NOTHING_YET, owner: whose, when: now(), page: location.pathname });
  } catch {
    return false; // no room, or storing is forbidden: whoever writes is told that it could not be sent
  }
  await changed();
  setTimeout(() => void reach(), SOON); // most losses are short
  return true;
};

const NOTHING_YET = { state: 'waiting', why: '', faults: [], stored: null } as const;

let sending: Promise<void> | null = null;

/** Sends what waits, in order, until there is no connection. Only one window does at a time. */
export function sendUnsent(): Promise<void> {
  sending ??= alone(async () => {
    const whose = owner.peek();
    if (whose === null) return;
    for (const one of await listUnsent(whose)) {
      if (one.state !== 'waiting') continue;
      const goesOn = await send(one);
      await changed();
      if (!goesOn) return;
    }
  }).finally(() => {
    sending = null;
  });
  return sending;
}

/** Returns whether there is a connection. */
async function send(one: Waiting): Promise<boolean> {
  try {
    await write(one.method, one.path, one.body, { version: one.version, key: one.key });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, message: why, fields: faults, stored } = error;
    if (LOST.includes(status) || status === 401 || status === 429 || error.code === 'csrf-wrong') return false;
    const isGone = status === 404 && (one.method === 'put' || one.method === 'delete');
    if (isGone && one.method === 'delete') await forgetUnsent(one.id);
    else if (stored !== null || isGone)
      await changeUnsent({ ...one, state: 'conflict', why, faults, stored: stored ?? { value: null, version: null } });
    else await changeUnsent({ ...one, state: 'refused', why, faults });
    return true;
  }
  await forgetUnsent(one.id);
  return true;
}

/** Sends it again, as it is or with another body, and knowingly in place of what somebody else stored. */
export async function sendAgain(one: Waiting, body: unknown = one.body): Promise<void> {
  const next = { ...one, ...NOTHING_YET, body, key: newKey(), version: one.stored?.version ?? one.version };
  const anew = one.offline.anew;
  const isGone = one.state === 'conflict' && one.stored?.value === null;
  if (isGone && anew !== undefined) await changeUnsent({ ...next, method: 'post', path: anew, version: null });
  else await changeUnsent(next);
  await changed();
  await sendUnsent();
}

/** What somebody else stored stands; or it is given up. */
export async function throwAway(one: Waiting): Promise<void> {
  await forgetUnsent(one.id);
  writes.value += 1;
  await changed();
}

/** Asks whether the server is there again, and sends what waits. */
async function reach(): Promise<void> {
  if (!online.value) await read('/api/session').catch(() => null);
  if (!online.value) return;
  await sendDrafts();
  if (unsent.value.some(({ state }) => state === 'waiting')) await sendUnsent();
}

// with the connection everything shown is read anew
let was = true;
online.subscribe((is) => {
  if (is && !was) {
    queueMicrotask(() => {
      writes.value += 1;
    });
  }
  was = is;
});

async function changed(): Promise<void> {
  others?.postMessage('changed');
  await refresh();
}

async function refresh(): Promise<void> {
  const whose = owner.peek();
  unsent.value = whose === null ? [] : await listUnsent(whose).catch(() => []);
}

function now(): string {
  return new Date().toISOString();
}

/** Windows take turns where the browser can have them do so; elsewhere keys and versions keep what is sent twice from being done twice. */
async function alone(work: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request('outbox', work);
  else await work();
}
