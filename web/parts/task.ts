/**
 * Something that a form sends: whether it is under way, and what was refused.
 *
 *     const save = useTask(async () => { await write('put', path, body); });
 *     <form onSubmit={save.submit}> … <Told task={save} done={say('account.saved')} />
 */
import { useState } from 'preact/hooks';
import { Refusal } from '../api.ts';

export interface Task {
  /** Under way. */
  busy: boolean;
  /** Whether it has been done, and nothing sent since. */
  done: boolean;
  refusal: Refusal | null;
  run(): Promise<void>;
  /** For `onSubmit`: the page stays. */
  submit(event: Event): void;
}

export function useTask(work: () => Promise<void>): Task {
  const [state, setState] = useState<Pick<Task, 'busy' | 'done' | 'refusal'>>({ busy: false, done: false, refusal: null });
  const run = async (): Promise<void> => {
    setState({ busy: true, done: false, refusal: null });
    try {
      await work();
      setState({ busy: false, done: true, refusal: null });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setState({ busy: false, done: false, refusal: error });
    }
  };
  return {
    ...state,
    run,
    submit(event) {
      event.preventDefault();
      if (!state.busy) void run();
    },
  };
}
