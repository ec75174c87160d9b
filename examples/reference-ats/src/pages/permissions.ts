import type { SeatSuggestion } from '@carrick/connector';
import type { Ats } from '../ats.ts';
import { type Html, html } from '../html.ts';
import { action, choice, field, page, table } from './layout.ts';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Who sees which jobs, and which seat of the recruiter app each user is. */
export async function permissionsPage(ats: Ats, seats: readonly SeatSuggestion[]): Promise<Html> {
  const staff = await ats.sql<Person[]>`
    select id, first_name || ' ' || last_name as name, email from staff order by last_name, id`;
  const teams = await ats.sql<{ id: string; name: string; jobs: number }[]>`
    select t.id, t.name, (select count(*)::int from job j where j.team_id = t.id) as jobs from team t order by name`;
  const members = await ats.sql<{ team_id: string; staff_id: string; name: string }[]>`
    select m.*, s.first_name || ' ' || s.last_name as name from team_staff m join staff s on s.id = m.staff_id order by s.last_name`;
  const seatOf = (id: string) => seats.find(({ user }) => user === id);
  return page(
    ats.name,
    '/permissions',
    'Users & permissions',
    html`<h2>Teams</h2><p class="soft">A job that belongs to a team is seen by its members only, here and in the recruiter app.</p>
${teams.map(
  (
    team,
  ) => html`<section class="box"><strong>${team.name}</strong> <span class="soft">${team.id}, ${team.jobs} ${team.jobs === 1 ? 'job' : 'jobs'}</span>
<ul>${members
    .filter(({ team_id }) => team_id === team.id)
    .map(
      ({ staff_id, name }) =>
        html`<li>${name} ${action(`/teams/${team.id}/${staff_id}/leave`, 'Remove')}</li>`,
    )}</ul>
<form method="post" action="/teams/${team.id}/join">${choice(
    'staffId',
    'Add',
    staff.map(({ id, name }) => [id, name] as const),
  )}<button class="quiet">Add to team</button></form></section>`,
)}
<form class="box" method="post" action="/teams">${field('name', 'New team', '', html` required`)}<button>Make team</button></form>
<h2>Users</h2>${table(
      ['User', 'Seat in the recruiter app', ''],
      staff.map(({ id, name, email }) => {
        const seat = seatOf(id);
        return html`<tr><td>${name}<br><span class="soft">${email}</span></td>
<td>${seat?.bound ? html`<span class="tag">Bound</span> <code>${seat.bound}</code>` : seat?.person ? html`Probably ${seat.seatName}` : html`<span class="soft">No seat has this address.</span>`}</td>
<td>${
          seat?.bound
            ? action(`/staff/${id}/unbind`, 'Unbind')
            : seat?.person &&
              html`<form class="inline" method="post" action="/staff/${id}/bind"><input type="hidden" name="person" value="${seat.person}"><button class="quiet">That is right</button></form>`
        }</td></tr>`;
      }),
      'No users yet.',
    )}
<form class="box" method="post" action="/staff">${field('firstName', 'First name', '', html` required`)}${field('lastName', 'Last name', '', html` required`)}${field('email', 'E-mail', '', html` type="email" required`)}<button>Add user</button></form>`,
  );
}
