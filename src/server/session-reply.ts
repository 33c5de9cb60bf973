/** The session as the pages know it. */
import type { Session } from '../api/session.ts';
import { softwareVersion } from '../formats/source-node.ts';
import type { Lang } from '../types.ts';
import { modeOf } from './access.ts';
import type { ServerContext } from './context.ts';
import type { Visitor } from './visitor.ts';

export function sessionOfVisitor(context: ServerContext, visitor: Visitor, lang: Lang): Session {
  const mode = modeOf(context);
  return {
    mode,
    user: visitor.signedIn ? { id: visitor.id, name: visitor.name } : null,
    lang,
    roles: visitor.roles,
    csrf: visitor.session?.csrf ?? (mode === 'local' ? context.access.csrf : ''),
    provider: context.access.provider !== null,
    dossier: visitor.maySomewhere('reader') ? (context.file.split(/[\\/]/).at(-1) ?? '') : '',
    version: softwareVersion(),
    today: context.today(),
  };
}
