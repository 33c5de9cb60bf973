/** The session as the pages know it: who is there, in which language, and what they may do where. */
import { z } from 'zod';
import { roles } from './roles.ts';

export const lang = z.enum(['kk', 'ru', 'en', 'tr']);

export const session = z.object({
  /** `local`: one user on this machine, who needs no account; `accounts`: several, who sign in. */
  mode: z.enum(['local', 'accounts']),
  /** `null` for a visitor who has not signed in. */
  user: z.object({ id: z.string(), name: z.string() }).nullable(),
  lang,
  /** Role by site id; `*` for the whole dossier. */
  roles: z.record(z.string(), z.enum(roles)),
  /** Goes back with every write in the header `x-csrf-token`. */
  csrf: z.string(),
  /** Whether one may sign in through an OpenID provider, too. */
  provider: z.boolean(),
  /** Name of the dossier's file. */
  dossier: z.string(),
  version: z.string(),
  /** The day that deadlines are reckoned from, ISO 8601. */
  today: z.string(),
});

export type Session = z.infer<typeof session>;

const password = z.string().min(1).max(1024);

export const signIn = z.object({ login: z.string().min(1).max(200), password });

export const passwordChange = z.object({ old: password, new: password });

export const accountChange = z.object({ name: z.string().trim().min(1).max(200), lang }).partial();

/** One's own sessions: on which days one signed in and was last there. */
export const ownSessions = z.array(
  z.object({ id: z.string(), created: z.string(), seen: z.string(), expires: z.string(), current: z.boolean() }),
);

export type OwnSessions = z.infer<typeof ownSessions>;
