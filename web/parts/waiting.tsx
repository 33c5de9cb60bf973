/** Shown in place of what is not there yet, or cannot be had. */
import type { Resource } from '../resource.ts';
import { say } from '../words.ts';

export function Waiting({ resource }: { resource: Resource<unknown> }) {
  if (resource.refusal === null) return <p role="status">{say('web.loading')}</p>;
  return (
    <p class="finding error" role="alert">
      {say('web.failed', { why: resource.refusal.message })}{' '}
      <button type="button" onClick={resource.reload}>
        {say('web.retry')}
      </button>
    </p>
  );
}
