/**
 * A text that is sent by itself while somebody types it, and never lost: what the server has not acknowledged is kept here, and
 * where somebody else was faster, nothing is overwritten.
 *
 *     const editor = autosave({ stored, draft: null, keep, forget, send, look });
 *     editor.edit('The lake has shrunk.');   // sent a moment later
 */
import { type ReadonlySignal, signal } from '@preact/signals';

/** What the server has. */
export interface Stored {
  text: string;
  confidential: boolean;
  version: string;
  /** Who wrote it and when, in words; empty where there is nothing. */
  by: string;
}

/**
 * `same`: as the server has it; `typed`: kept here, soon to be sent; `sending`; `waiting`: no connection, tried again;
 * `conflict`: somebody else was faster; `refused`: the server will not have it.
 */
export type SaveState = 'same' | 'typed' | 'sending' | 'waiting' | 'conflict' | 'refused';

export interface Typed {
  text: string;
  confidential: boolean;
}

/** Why a text could not be sent. */
export interface Failure {
  code: string;
  status: number;
  message: string;
}

export interface AutosaveOptions {
  stored: Stored;
  /** What was typed before and not acknowledged. */
  draft: (Typed & { version: string; conflict: boolean }) | null;
  /** Keeps what is typed on this machine; returns whether there was room. */
  keep(typed: Typed & { version: string; conflict: boolean }): boolean;
  forget(): void;
  /** @throws Failure */
  send(typed: Typed, version: string): Promise<Stored>;
  /** What the server has now. @throws Failure */
  look(): Promise<Stored>;
  /** Pause in the typing after which it is sent [ms]. */
  pause?: number;
  /** No oftener than this, each text being kept for good by the audit [ms]. */
  every?: number;
}

export interface Autosave {
  text: ReadonlySignal<string>;
  confidential: ReadonlySignal<boolean>;
  state: ReadonlySignal<SaveState>;
  failure: ReadonlySignal<Failure | null>;
  /** What the server has that is newer; only in `conflict`. */
  theirs: ReadonlySignal<Stored | null>;
  /** Whether what is typed could be kept on this machine. */
  kept: ReadonlySignal<boolean>;
  edit(text: string): void;
  setConfidential(confidential: boolean): void;
  /** Sends at once what there is to send. */
  flush(): Promise<void>;
  /** Takes over what the server has, unless something was typed. */
  refresh(): Promise<void>;
  takeTheirs(): void;
  /** Sends `text` in place of theirs, knowingly. */
  takeInstead(text: string): Promise<void>;
  dispose(): void;
}

const PAUSE = 2_000;
const EVERY = 12_000;
/** Between attempts without a connection [ms]. */
const AGAIN = 15_000;

export function autosave(options: AutosaveOptions): Autosave {
  const { keep, forget, send, look, pause = PAUSE, every = EVERY } = options;
  const text = signal(options.draft?.text ?? options.stored.text);
  const confidential = signal(options.draft?.confidential ?? options.stored.confidential);
  const state = signal<SaveState>('same');
  const failure = signal<Failure | null>(null);
  const theirs = signal<Stored | null>(null);
  const kept = signal(true);
  let stored = options.stored;
  let version = options.draft?.version ?? stored.version;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;
  let over = false;
  /** What was sent without an answer: it may have arrived. */
  let unheard: string | null = null;

  const typed = (): Typed => ({ text: text.value, confidential: confidential.value });
  const isSame = (): boolean => text.value.trim() === stored.text.trim() && confidential.value === stored.confidential;
  const later = (wait: number): void => {
    clearTimeout(timer);
    if (!over) timer = setTimeout(() => void flush(), wait);
  };
  const remember = (): void => {
    kept.value = keep({ ...typed(), version, conflict: state.value === 'conflict' });
  };

  /** Somebody was faster – or we were ourselves, and never heard that it had arrived. */
  const conflict = async (): Promise<void> => {
    const now = await look();
    if (unheard !== null && now.text.trim() === unheard.trim()) {
      stored = now;
      version = now.version;
      failure.value = null;
      settle(unheard);
      return;
    }
    theirs.value = now;
    state.value = 'conflict';
    remember();
  };
  /** After `arrived` is known to be stored: what was typed since goes next. */
  const settle = (arrived: string): void => {
    unheard = null;
    if (text.value === arrived && confidential.value === stored.confidential) {
      forget();
      state.value = 'same';
    } else {
      state.value = 'typed';
      remember();
      later(every);
    }
  };
  const attempt = async (): Promise<void> => {
    const own = typed();
    state.value = 'sending';
    sent = performance.now();
    try {
      stored = await send(own, version);
      version = stored.version;
      failure.value = null;
      settle(own.text);
    } catch (error) {
      await failed(error as Failure, own.text);
    }
  };
  const failed = async (error: Failure, tried: string): Promise<void> => {
    failure.value = error;
    if (error.code === 'changed-meanwhile') {
      await conflict().catch((again: Failure) => failed(again, tried));
    } else if (error.status === 0 || error.status === 429 || error.status >= 500) {
      if (error.status !== 429) unheard = tried;
      state.value = 'waiting';
      later(AGAIN);
    } else state.value = 'refused';
  };
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    if (running !== null) await running;
    if (state.value === 'conflict' || state.value === 'same') return;
    if (isSame() && version === stored.version) {
      forget();
      state.value = 'same';
      return;
    }
    running = attempt().finally(() => {
      running = null;
    });
    await running;
  };
  const touched = (): void => {
    if (state.value !== 'sending' && state.value !== 'conflict') state.value = 'typed';
    remember();
    if (state.value === 'typed') later(Math.max(pause, every - (performance.now() - sent)));
  };

  if (options.draft !== null) {
    if (isSame()) forget();
    else if (version === stored.version) {
      state.value = 'typed';
      later(0);
    } else {
      state.value = 'conflict';
      theirs.value = stored;
    }
  }

  return {
    text,
    confidential,
    state,
    failure,
    theirs,
    kept,
    edit(next) {
      text.value = next;
      touched();
    },
    setConfidential(next) {
      confidential.value = next;
      touched();
    },
    flush,
    async refresh() {
      if (state.value !== 'same') return;
      const now = await look();
      if (state.value !== 'same') return;
      stored = now;
      version = now.version;
      text.value = now.text;
      confidential.value = now.confidential;
    },
    takeTheirs() {
      if (theirs.value === null) return;
      stored = theirs.value;
      version = stored.version;
      text.value = stored.text;
      confidential.value = stored.confidential;
      theirs.value = null;
      failure.value = null;
      forget();
      state.value = 'same';
    },
    async takeInstead(next) {
      if (theirs.value === null) return;
      stored = theirs.value;
      version = stored.version;
      theirs.value = null;
      text.value = next;
      state.value = 'typed';
      remember();
      await flush();
    },
    dispose() {
      over = true;
      clearTimeout(timer);
      void flush();
    },
  };
}
