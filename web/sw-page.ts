/** The page's side of the service worker: it is begun where browsers allow one, told what to keep, and its successor is announced. */
import { signal } from '@preact/signals';

/** Whether a new version of the pages is there and waits for a reload. */
export const isOutdated = signal(false);

/** How long a worker may take to say nothing, when it is asked whether it is of this page's build [ms]. */
const SILENCE = 1000;

let isTaking = false;

/** Only over https and on this machine: elsewhere browsers know of no service worker. */
export async function beginWorker(): Promise<void> {
  if (!isSecureContext || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  let isFirst = serviceWorker.controller === null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (isFirst) keepWhatWasRead();
    else if (isTaking) location.reload();
    else void isGone().then((gone) => (isOutdated.value = gone));
    isFirst = false;
  });
  const registration = await serviceWorker.register('/sw.js').catch(() => null); // storing is forbidden: all works but this
  if (registration === null) return;
  if (!isFirst) meet(registration.waiting);
  registration.addEventListener('updatefound', () => {
    if (!isFirst) meet(registration.installing);
  });
}

/** Takes the new version. */
export async function takeNewVersion(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  const next = registration?.waiting ?? null;
  isTaking = next !== null;
  if (next === null) location.reload();
  else next.postMessage({ type: 'take-over' });
}

/** A new worker: one of this very build takes over unseen, another waits until the user wants it. */
function meet(worker: ServiceWorker | null): void {
  if (worker === null) return;
  const ready = (): void => {
    if (worker.state !== 'installed') return;
    worker.postMessage({ type: 'take-over', of: ownFile() });
    setTimeout(() => {
      if (worker.state === 'installed') isOutdated.value = true;
    }, SILENCE);
  };
  worker.addEventListener('statechange', ready);
  ready();
}

/** The file that this page began with; its name changes with every file of the build. */
function ownFile(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type=module][src]');
  return script === null ? '' : new URL(script.src).pathname;
}

/** Whether the worker that took over is of another build: what this page has not fetched yet may be gone. */
async function isGone(): Promise<boolean> {
  return (await caches.match(ownFile())) === undefined;
}

/** Has the worker ask once more for what this page read without it, before and while it took over. */
function keepWhatWasRead(): void {
  const observer = new PerformanceObserver((list) => {
    const entries = list.getEntries() as PerformanceResourceTiming[];
    const addresses = entries.filter(({ workerStart }) => workerStart === 0).map(({ name }) => name);
    const own = addresses.filter((name) => name.startsWith(`${location.origin}/`));
    if (own.length > 0) navigator.serviceWorker.controller?.postMessage({ type: 'keep', addresses: own });
  });
  observer.observe({ type: 'resource', buffered: true });
}
