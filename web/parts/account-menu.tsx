/** Who is there, and the way to what only they or administrators need. */
import { may, session } from '../session.ts';
import { say } from '../words.ts';

export function AccountMenu({ path }: { path: string }) {
  const known = session.value;
  if (known === null) return null;
  const here = (href: string) => (path === href || path.startsWith(`${href}/`) ? 'page' : undefined);
  const administers = may('administrator', null) || Object.values(known.roles).includes('administrator');
  return (
    <nav class="account" aria-label={say('account.menu')}>
      {administers ? (
        <a href="/admin" aria-current={here('/admin')}>
          {say('admin.title')}
        </a>
      ) : null}
      {known.mode === 'local' ? null : known.user === null ? (
        <a href="/sign-in" aria-current={here('/sign-in')}>
          {say('account.sign-in')}
        </a>
      ) : (
        <a href="/account" aria-current={here('/account')}>
          {known.user.name}
        </a>
      )}
    </nav>
  );
}
