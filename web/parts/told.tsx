/** How a task ended, told where it was begun. */
import type { Task } from './task.ts';

export function Told({ task, done }: { task: Task; done?: string }) {
  if (task.refusal !== null) {
    return (
      <p class="finding error" role="alert">
        {task.refusal.message}
      </p>
    );
  }
  return <p role="status">{task.done ? (done ?? '') : ''}</p>;
}
