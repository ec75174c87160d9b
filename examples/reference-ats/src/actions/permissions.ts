import { newId } from '../ats.ts';
import { type Actions, writes } from './action.ts';

/** Teams are the platform's access lists, their members its assignees, and users are bound to seats of the recruiter app. */
export const permissionActions: Actions = {
  '/teams': writes(async (tx, _, form) => {
    await tx`insert into team values (${newId('T')}, ${form.needed('name')})`;
  }),

  '/teams/:/join': writes(async (tx, told, form, team) => {
    await tx`insert into team_staff values (${team}, ${form.needed('staffId')}) on conflict do nothing`;
    told.changed('entityAclAssignee', team);
  }),

  '/teams/:/:/leave': writes(async (tx, told, _, acl, user) => {
    await tx`delete from team_staff where team_id = ${acl} and staff_id = ${user}`;
    told.deleted('entityAclAssignee', { acl, user });
  }),

  '/staff': writes(async (tx, _, form) => {
    await tx`insert into staff values (${newId('U')}, ${form.needed('firstName')}, ${form.needed('lastName')}, ${form.needed('email')})`;
  }),

  '/staff/:/bind': ({ connector, customerId }, form, id) =>
    connector.customers.bindUser(customerId, id, form.needed('person')),
  '/staff/:/unbind': ({ connector, customerId }, _, id) => connector.customers.bindUser(customerId, id, null),
};
