import type { AccessGroup, AdminSeat, PeopleAnswer } from '@carrick/protocol/administration';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import button from '../elements/button.module.css';
import css from './admin-page.module.css';
import { Invite } from './invite.tsx';
import { peopleQuery, useChange } from './queries.ts';
import { Region } from './region.tsx';
import { words } from './words.ts';

export function People() {
  const query = useQuery(peopleQuery);
  return (
    <Region query={query}>
      {(answer) => (
        <>
          <Seats seats={answer.seats} />
          <Invite />
          <Rules answer={answer} />
        </>
      )}
    </Region>
  );
}

function Seats({ seats }: { seats: readonly AdminSeat[] }) {
  const head = words.seatColumns;
  return (
    <section className={css.card} aria-labelledby="seats">
      <div className={css.cardHead}>
        <h2 className={css.cardTitle} id="seats">
          {words.seats(seats.length)}
        </h2>
      </div>
      <table className={`${css.table} ${css.stacked}`} aria-labelledby="seats" data-testid="seats">
        <thead>
          <tr>
            <th scope="col">{head.name}</th>
            <th scope="col">{head.email}</th>
            <th scope="col">{head.role}</th>
            <th scope="col">{head.consented}</th>
            <th scope="col">{head.rules}</th>
            <th scope="col">{head.change}</th>
          </tr>
        </thead>
        <tbody>
          {seats.map((seat) => (
            <tr key={seat.seatId}>
              <th scope="row">
                <bdi>{seat.name}</bdi>
              </th>
              <td>{seat.email}</td>
              <td>
                {seat.isAdmin ? words.admin : words.recruiter}
                {!seat.isActive && ` · ${words.inactive}`}
              </td>
              <td data-label={head.consented}>
                {seat.hasConsented ? words.consented.yes : words.consented.no}
              </td>
              <td data-label={head.rules}>
                {words.ruleCount(seat.assignees)} ·{' '}
                <Link to="/admin/$section" params={{ section: 'preview' }} search={{ seat: seat.seatId }}>
                  {words.previewOf(seat.name)}
                </Link>
              </td>
              <td>{seat.isOwn ? words.ownSeat : <SeatActions seat={seat} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Every change can be taken back where it was made, by the button that takes its place. */
function SeatActions({ seat: { seatId, name, isActive, isAdmin, decidesMatches } }: { seat: AdminSeat }) {
  const { change, isBusy } = useChange();
  const { off, on, makeAdmin, endAdmin, letDecide, endDecide } = words.seatActions;
  const actions = [
    {
      label: isActive ? off : on,
      body: { seatId, isActive: !isActive },
      done: isActive ? words.seatOff(name) : words.seatOn(name),
    },
    {
      label: isAdmin ? endAdmin : makeAdmin,
      body: { seatId, isAdmin: !isAdmin },
      done: isAdmin ? words.seatRecruiter(name) : words.seatAdmin(name),
    },
    // An administrator always may.
    ...(isAdmin
      ? []
      : [
          {
            label: decidesMatches ? endDecide : letDecide,
            body: { seatId, decidesMatches: !decidesMatches },
            done: decidesMatches ? words.seatDecidesNot(name) : words.seatDecides(name),
          },
        ]),
  ];
  return (
    <div className={css.actions}>
      {actions.map(({ label, body, done }) => (
        <button
          key={label}
          type="button"
          className={button.text}
          aria-label={words.seatAction(label, name)}
          aria-disabled={isBusy || undefined}
          onClick={() => void change('admin/seats', body, done)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function Rules({ answer: { groups, moreGroups } }: { answer: PeopleAnswer }) {
  const [by, setBy] = useState<'group' | 'person'>('group');
  return (
    <section className={css.card} aria-labelledby="rules">
      <div className={css.cardHead}>
        <h2 className={css.cardTitle} id="rules">
          {words.rules}
        </h2>
        <div className={css.filters}>
          <label>
            {words.direction}
            <select
              className={css.select}
              value={by}
              onChange={(event) => setBy(event.target.value === 'person' ? 'person' : 'group')}
            >
              <option value="group">{words.byGroup}</option>
              <option value="person">{words.byPerson}</option>
            </select>
          </label>
        </div>
      </div>
      {groups.length === 0 && <p className={css.empty}>{words.noRules}</p>}
      <ul className={css.list} data-testid={`rules-by-${by}`}>
        {by === 'group'
          ? groups.map((group) => <Group key={`${group.atsNo} ${group.aclId}`} group={group} />)
          : peopleOf(groups).map(([name, own]) => (
              <li key={name} className={css.line}>
                <div className={css.words}>
                  <p className={css.name}>
                    <bdi>{name}</bdi>
                  </p>
                  {own.map((group) => (
                    <p key={`${group.atsNo} ${group.aclId}`} className={css.meta}>
                      {group.aclId}: {jobsOf(group)}
                    </p>
                  ))}
                </div>
              </li>
            ))}
      </ul>
      {moreGroups > 0 && <p className={css.line}>{words.moreGroups(moreGroups)}</p>}
    </section>
  );
}

function Group({ group }: { group: AccessGroup }) {
  const names = group.people.map(({ name, seatId }) =>
    seatId === null ? `${name} (${words.noSeat})` : name,
  );
  return (
    <li className={css.line}>
      <div className={css.words}>
        <p className={css.name}>
          {group.isEveryone ? words.everyone : group.aclId} <span className={css.meta}>{group.ats}</span>
        </p>
        <p>
          <span className={css.meta}>{words.jobsOf}:</span> {jobsOf(group)}
        </p>
        <p>
          <span className={css.meta}>{words.peopleOf}:</span>{' '}
          {group.isEveryone ? words.everyone : shortened(names, group.personCount)}
        </p>
      </div>
    </li>
  );
}

function jobsOf({ jobs, jobCount }: AccessGroup): string {
  return shortened(
    jobs.map(({ id, title }) => (title ? `${title} – ${id}` : id)),
    jobCount,
  );
}

function shortened(names: readonly string[], count: number): string {
  const rest = count - names.length;
  return [...names, ...(rest > 0 ? [words.more(rest)] : [])].join(', ') || words.ruleCount(0);
}

/** The rules from the other side: each person with the groups that name them. */
function peopleOf(groups: readonly AccessGroup[]): [string, AccessGroup[]][] {
  const byPerson = new Map<string, AccessGroup[]>();
  for (const group of groups)
    for (const { name } of group.people) byPerson.set(name, [...(byPerson.get(name) ?? []), group]);
  return [...byPerson].sort(([one], [other]) => one.localeCompare(other));
}
