/** Users, roles, invitations and settings of a dossier that several people share. */
import { z } from 'zod';
import {
  invitations,
  invited,
  newInvitation,
  newUser,
  roleChange,
  settings,
  userChange,
  user as userShape,
  users as usersShape,
} from '../api/accounts.ts';
import { Problem } from '../problems.ts';
import { getInvitation, invite, invitePassword, listInvitations, withdrawInvitation } from '../store/invitations.ts';
import { putRole, removeRole, setVisitors, visitorsMay } from '../store/roles.ts';
import { loginOf } from '../store/users.ts';
import { addUserWithRole, changeUserAs, inviteReply, seenUser, seenUsers } from './administration.ts';
import { route } from './route.ts';
import { expectVersion, versioned } from './versions.ts';

const nothing = { media: 'text/plain' };

export const adminRoutes = [
  route({
    method: 'get',
    path: '/api/users',
    rule: 'administrator somewhere',
    summary: 'The users and their roles: all, or those with a role at the sites that the caller administers',
    reply: usersShape,
    handle: ({ context, visitor }) => seenUsers(context.db, visitor),
  }),
  route({
    method: 'post',
    path: '/api/users',
    rule: 'administrator everywhere',
    summary: 'Adds a user with a password and a role; the first one has to be an administrator of everything',
    body: newUser,
    reply: userShape,
    handle: async ({ context, visitor, body }) => {
      await addUserWithRole(context, visitor.id, body);
      return versioned(seenUser(context.db, loginOf(body.login)), { status: 201 });
    },
  }),
  route({
    method: 'get',
    path: '/api/users/:user',
    rule: 'administrator everywhere',
    summary: 'One user',
    reply: userShape,
    handle: ({ context, params }) => versioned(seenUser(context.db, params.user ?? '')),
  }),
  route({
    method: 'put',
    path: '/api/users/:user',
    rule: 'administrator everywhere',
    summary: 'Changes the name of a user, blocks them, or lets them in again',
    body: userChange,
    reply: userShape,
    handle: ({ context, visitor, params, body, request }) => {
      const id = params.user ?? '';
      expectVersion(request, seenUser(context.db, id));
      changeUserAs(context.db, visitor.id, id, body);
      return versioned(seenUser(context.db, id));
    },
  }),
  route({
    method: 'post',
    path: '/api/users/:user/password',
    rule: 'administrator everywhere',
    summary: 'A link by which a user sets a new password',
    reply: invited,
    handle: ({ context, visitor, params }) =>
      inviteReply(invitePassword(context.db, visitor.id, params.user ?? '', context.access.now())),
  }),
  route({
    method: 'put',
    path: '/api/users/:user/role',
    rule: 'administrator everywhere',
    summary: 'Gives a user a role in the whole dossier',
    body: roleChange,
    reply: nothing,
    handle: ({ context, visitor, params, body }) =>
      putRole(context.db, visitor.id, { user: params.user ?? '', site: null, role: body.role }),
  }),
  route({
    method: 'delete',
    path: '/api/users/:user/role',
    rule: 'administrator everywhere',
    summary: 'Takes the role in the whole dossier from a user',
    reply: nothing,
    handle: ({ context, visitor, params }) => void removeRole(context.db, visitor.id, params.user ?? '', null),
  }),
  route({
    method: 'put',
    path: '/api/sites/:site/roles/:user',
    rule: 'administrator here',
    summary: 'Gives a user a role at a site',
    body: roleChange,
    reply: nothing,
    handle: ({ context, visitor, params: { user = '', site = '' }, body }) =>
      putRole(context.db, visitor.id, { user, site, role: body.role }),
  }),
  route({
    method: 'delete',
    path: '/api/sites/:site/roles/:user',
    rule: 'administrator here',
    summary: 'Takes the role at a site from a user',
    reply: nothing,
    handle: ({ context, visitor, params: { user = '', site = '' } }) => void removeRole(context.db, visitor.id, user, site),
  }),
  route({
    method: 'get',
    path: '/api/invitations',
    rule: 'administrator somewhere',
    summary: 'The invitations to what the caller administers, the latest first; without their links',
    reply: invitations,
    handle: ({ context, visitor }) => listInvitations(context.db).filter(({ site }) => visitor.may('administrator', site)),
  }),
  route({
    method: 'post',
    path: '/api/invitations',
    rule: 'administrator everywhere',
    summary: 'Invites somebody to the whole dossier; the link is told once',
    body: newInvitation,
    reply: invited,
    handle: ({ context, visitor, body: { login, role } }) =>
      inviteReply(invite(context.db, visitor.id, { login: loginOf(login), site: null, role }, context.access.now())),
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/invitations',
    rule: 'administrator here',
    summary: 'Invites somebody to a site; the link is told once',
    body: newInvitation,
    reply: invited,
    handle: ({ context, visitor, params, body: { login, role } }) =>
      inviteReply(invite(context.db, visitor.id, { login: loginOf(login), site: params.site ?? '', role }, context.access.now())),
  }),
  route({
    method: 'delete',
    path: '/api/invitations/:id',
    rule: 'administrator somewhere',
    summary: 'Withdraws an invitation to what the caller administers',
    reply: nothing,
    handle: ({ context, visitor, params: { id = '' } }) => {
      const found = getInvitation(context.db, id);
      if (found === null) throw new Problem('not-found');
      if (!visitor.may('administrator', found.site)) throw new Problem('not-allowed');
      withdrawInvitation(context.db, visitor.id, id);
    },
  }),
  route({
    method: 'get',
    path: '/api/settings',
    rule: 'administrator everywhere',
    summary: 'What visitors may who have not signed in',
    query: z.looseObject({}),
    reply: settings,
    handle: ({ context }) => versioned({ visitors: visitorsMay(context.db) }),
  }),
  route({
    method: 'put',
    path: '/api/settings',
    rule: 'administrator everywhere',
    summary: 'Changes what visitors may who have not signed in',
    body: settings,
    reply: settings,
    handle: ({ context, visitor, body, request }) => {
      expectVersion(request, { visitors: visitorsMay(context.db) });
      setVisitors(context.db, visitor.id, body.visitors);
      return versioned({ visitors: visitorsMay(context.db) });
    },
  }),
];
