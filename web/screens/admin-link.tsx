/** A link that lets somebody in: shown once, to be copied. */
import { useState } from 'preact/hooks';
import type { Invited } from '../../src/api/accounts.ts';
import { day, say } from '../words.ts';

export function LinkOnce({ invited: { invitation, path } }: { invited: Invited }) {
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}${path}`;
  return (
    <div class="finding info" role="status">
      <p>
        <strong>{say('admin.link-for', { user: invitation.login })}</strong>
      </p>
      <p class="link">
        <code>{link}</code>
      </p>
      <p class="row">
        {navigator.clipboard === undefined ? null : (
          <button
            type="button"
            onClick={() => {
              void navigator.clipboard.writeText(link).then(() => setCopied(true));
            }}
          >
            {say(copied ? 'admin.copied' : 'admin.copy')}
          </button>
        )}
        <span>
          {say('admin.link-note')} {say('account.invited-until', { day: day(invitation.expires) })}
        </span>
      </p>
    </div>
  );
}
