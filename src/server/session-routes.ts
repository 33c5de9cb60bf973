/** Who is there. */
import { session } from '../api/session.ts';
import { softwareVersion } from '../formats/source-node.ts';
import { route } from './route.ts';

export const sessionRoutes = [
  route({
    method: 'get',
    path: '/api/session',
    rule: 'anyone',
    summary: 'Who is calling, in which language, and what they may do where',
    reply: session,
    handle: ({ context, visitor, lang }) => ({
      mode: 'local',
      user: visitor.signedIn ? { id: visitor.id, name: visitor.name } : null,
      lang,
      roles: visitor.roles,
      csrf: '',
      dossier: context.file.split(/[\\/]/).at(-1) ?? '',
      version: softwareVersion(),
      today: context.today(),
    }),
  }),
];
