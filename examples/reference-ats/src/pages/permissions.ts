import type { Ats } from '../ats.ts';
import type { Named } from '../database.ts';
import { type Html, html } from '../html.ts';
import { action, choice, field, page, table } from './layout.ts';

/** Who sees which jobs, and which seat of the recruiter app each user is. */
export async function permissionsPage(ats: Ats): Promise<Html> {
  const { sql } = ats;
  const staff = await sql<(Named & { email: string })[]>`
    select id, first_name || ' ' || last_name as name, email from staff order by last_name, id`;
  const teams = await sql<(Named & { jobs: number })[]>`
    select t.id, t.name, (select count(*)::int from job j where j.team_id = t.id) as jobs from team t order by name`;
  const members = await sql<(Named & { team_id: string })[]>`
    select m.team_id, s.id, s.first_name || ' ' || s.last_name as name from team_staff m join staff s on s.id = m.staff_id order by s.last_name`;
  const seats = await suggestSeats(ats, staff);

  const boxes = teams.map(({ id, name, jobs }) => {
    const people = members
      .filter(({ team_id }) => team_id === id)
      .map((each) => html`<li>${each.name} ${action(`/teams/${id}/${each.id}/leave`, 'Remove')}</li>`);
    return html`<section class="box"><strong>${name}</strong> <span class="soft">${id}, ${jobs} ${jobs === 1 ? 'job' : 'jobs'}</span>
<ul>${people}</ul><form method="post" action="/teams/${id}/join">${choice('staffId', 'Add', staff)}<button class="quiet">Add to team</button></form></section>`;
  });
  const users = staff.map(({ id, name, email }) => {
    const seat = seats.find(({ user }) => user === id);
    const [found, button] = seat?.bound
      ? [
          html`<span class="tag">Bound</span> <code>${seat.bound}</code>`,
          action(`/staff/${id}/unbind`, 'Unbind'),
        ]
      : seat?.person
        ? [
            html`Probably ${seat.seatName}`,
            html`<form class="inline" method="post" action="/staff/${id}/bind"><input type="hidden" name="person" value="${seat.person}"><button class="quiet">That is right</button></form>`,
          ]
        : [html`<span class="soft">No seat has this address.</span>`, null];
    return html`<tr><td>${name}<br><span class="soft">${email}</span></td><td>${found}</td><td>${button}</td></tr>`;
  });
  const body = html`<h2>Teams</h2><p class="soft">A job that belongs to a team is seen by its members only, here and in the recruiter app.</p>
${boxes}<form class="box" method="post" action="/teams">${field('name', 'New team', '', html` required`)}<button>Make team</button></form>
<h2>Users</h2>${table(['User', 'Seat in the recruiter app', ''], users, 'No users yet.')}
<form class="box" method="post" action="/staff">${field('firstName', 'First name', '', html` required`)}${field('lastName', 'Last name', '', html` required`)}${field('email', 'E-mail', '', html` type="email" required`)}<button>Add user</button></form>`;
  return page(ats.name, '/permissions', 'Users & permissions', body);
}

/** Seats can be asked for once the contract is switched on. */
async function suggestSeats(
  { connector, customerId }: Ats,
  users: readonly { readonly id: string; readonly email: string }[],
) {
  const customer = await connector.customers.get(customerId);
  const isOpen = customer?.integrations.some(
    ({ integrationType, status }) => integrationType === 'CSA_API' && status === 'ENABLED',
  );
  return isOpen ? connector.customers.suggestSeats(customerId, users) : [];
}
