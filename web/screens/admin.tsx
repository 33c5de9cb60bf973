/** What administrators do: users and roles, invitations, the audit, and the dossier itself. */
import type { Overview } from '../../src/api/sites.ts';
import { useResource } from '../resource.ts';
import { may, session } from '../session.ts';
import { named, say } from '../words.ts';
import './admin.css';
import { Audit } from './admin-audit.tsx';
import { DossierPart } from './admin-dossier.tsx';
import { Invitations } from './admin-invitations.tsx';
import type { Place } from './admin-places.ts';
import { Users } from './admin-users.tsx';

const PARTS = ['users', 'invitations', 'audit', 'dossier'] as const;

export function Admin({ part = 'users' }: Record<string, string>) {
  const overview = useResource<Overview>('/api/sites');
  document.title = `${say('admin.title')} · Saryarka`;
  const everywhere = may('administrator', null);
  const own = (overview.value?.sites ?? []).filter(({ id }) => may('administrator', id));
  const places: Place[] = [
    ...(everywhere ? [{ value: '*', text: say('account.everywhere') }] : []),
    ...own.map(({ id, name }) => ({ value: id, text: named(name) || id })),
  ];
  if (!everywhere && !Object.values(session.value?.roles ?? {}).includes('administrator'))
    return <p>{say('admin.not-allowed')}</p>;
  const parts = PARTS.filter((one) => one !== 'dossier' || everywhere);
  const shown = parts.find((one) => one === part) ?? 'users';
  return (
    <>
      <h1>{say('admin.title')}</h1>
      <nav class="parts" aria-label={say('admin.parts')}>
        {parts.map((one) => (
          <a key={one} href={`/admin/${one}`} aria-current={one === shown ? 'page' : undefined}>
            {say(`admin.${one}`)}
          </a>
        ))}
      </nav>
      {shown === 'users' ? <Users places={places} everywhere={everywhere} /> : null}
      {shown === 'invitations' ? <Invitations places={places} /> : null}
      {shown === 'audit' ? <Audit places={places} everywhere={everywhere} /> : null}
      {shown === 'dossier' ? <DossierPart /> : null}
    </>
  );
}
