/** Users, roles and invitations as the pages of an administrator know them. */
import { z } from 'zod';
import { roles } from './roles.ts';
import { lang } from './session.ts';

const role = z.enum(roles);
const name = z.string().trim().min(1).max(200);
const login = z.string().trim().min(1).max(64);
const password = z.string().min(1).max(1024);

export const user = z.object({
  /** The name they sign in with. */
  id: z.string(),
  name: z.string(),
  lang,
  status: z.enum(['active', 'blocked']),
  /** ISO 8601, UTC. */
  created: z.string(),
  passwordSet: z.string().nullable(),
  /** Whether an OpenID provider vouches for them. */
  linked: z.boolean(),
  /** Role by site id; `*` for the whole dossier. */
  roles: z.record(z.string(), role),
});

export type User = z.infer<typeof user>;

export const users = z.array(user);

export const newUser = z.object({ login, name, lang, password, role, site: z.string().nullable() });

export type NewUser = z.infer<typeof newUser>;

export const userChange = z.object({ name, lang, status: z.enum(['active', 'blocked']) }).partial();

export const roleChange = z.object({ role });

export const newInvitation = z.object({ login, role });

export const invitation = z.object({
  id: z.string(),
  login: z.string(),
  kind: z.enum(['invitation', 'password']),
  /** `null` for the whole dossier. */
  site: z.string().nullable(),
  role: role.nullable(),
  /** Who invited. */
  by: z.string(),
  created: z.string(),
  expires: z.string(),
  used: z.string().nullable(),
});

export type Invitation = z.infer<typeof invitation>;

export const invitations = z.array(invitation);

/** What is told once: `path` opens the account; whoever has it is let in. */
export const invited = z.object({ invitation, path: z.string() });

export type Invited = z.infer<typeof invited>;

/** What whoever holds a link may know of it. */
export const openInvitation = z.object({
  login: z.string(),
  kind: z.enum(['invitation', 'password']),
  site: z.string().nullable(),
  siteName: z.record(z.string(), z.string()).nullable(),
  role: role.nullable(),
  expires: z.string(),
  /** Whether there is such a user already: then one signs in to accept. */
  known: z.boolean(),
});

export type OpenInvitation = z.infer<typeof openInvitation>;

/** Nothing for a user who is signed in, who only gets a further role. */
export const acceptance = z.object({ name: name.optional(), lang: lang.optional(), password: password.optional() });

export const settings = z.object({ visitors: z.enum(['none', 'read']) });

export type Settings = z.infer<typeof settings>;
