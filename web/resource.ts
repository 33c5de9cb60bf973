/**
 * What a component shows of the server: read once, and again after every write of ours.
 *
 *     const sites = useResource<Overview>('/api/sites');
 *     if (sites.value === null) return <Waiting resource={sites} />;
 */
import { useEffect, useState } from 'preact/hooks';
import { Refusal, read, writes } from './api.ts';
import { lang } from './words.ts';

export interface Resource<Value> {
  /** `null` until it is there. */
  value: Value | null;
  refusal: Refusal | null;
  reload(): void;
}

/** @param path `null` where nothing is to be read yet */
export function useResource<Value>(path: string | null): Resource<Value> {
  const [state, setState] = useState<{ path: string | null; value: Value | null; refusal: Refusal | null }>({
    path: null,
    value: null,
    refusal: null,
  });
  const [asked, setAsked] = useState(0);
  const [written, spoken] = [writes.value, lang.value];
  // read again after a write, in another language, or when asked to
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    read<Value>(path, { signal: stop.signal }).then(
      (value) => setState({ path, value, refusal: null }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        if (!(error instanceof Refusal)) throw error;
        setState((known) => ({ path, value: known.path === path ? known.value : null, refusal: error }));
      },
    );
    return () => stop.abort();
  }, [path, asked, written, spoken]);
  const fresh = state.path === path;
  return {
    value: fresh ? state.value : null,
    refusal: fresh ? state.refusal : null,
    reload: () => setAsked((n) => n + 1),
  };
}
