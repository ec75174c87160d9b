import { AtsChip } from '../ats-card/ats-chip.tsx';
import { Avatar } from '../elements/avatar.tsx';
import { MaybeChip } from '../matches/maybe-chip.tsx';
import { messages } from '../messages.ts';
import { Degree } from './degree.tsx';
import type { PeopleProps, RowProps } from './person-cards.tsx';
import { PersonLink } from './person-link.tsx';
import css from './person-table.module.css';
import { describePosition } from './person-words.ts';
import { RowMenu } from './row-menu.tsx';
import { SelectBox } from './selection.tsx';

const words = messages.person;

/** Twice the people on a screen, for who scans more than reads. */
export function PersonTable({ people, me, selection }: PeopleProps) {
  return (
    <div className={css.frame}>
      <table className={css.table} data-testid="results">
        <thead>
          <tr>
            <th scope="col">{words.person}</th>
            <th scope="col">{words.current}</th>
            {me.atss.length > 0 && (
              <th scope="col" className={css.ats}>
                {me.atsLabel}
              </th>
            )}
            <th scope="col" className={css.spotlights}>
              {words.spotlights}
            </th>
            <th scope="col" className={css.actions}>
              <span className="visually-hidden">{messages.profile.more}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row key={person.id} person={person} me={me} selection={selection} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ person, me, selection }: RowProps) {
  const { id, name, degree, headline, current, spotlights } = person;
  const position = current[0] ? describePosition(current[0]) : (headline ?? '');
  const signs = spotlights.map((each) => messages.search.spotlightNames[each]).join(', ');
  return (
    <tr className={css.row} data-row>
      <th scope="row" className={css.person}>
        <span className={css.who}>
          {!person.onlyInAts && <SelectBox person={person} selection={selection} />}
          <Avatar name={name} url={person.pictureUrl} size="line" />
          <PersonLink person={person} className={css.name} />
          <Degree degree={degree} />
        </span>
      </th>
      <td title={position} dir="auto">
        {position}
      </td>
      {me.atss.length > 0 && (
        <td className={css.ats}>
          <AtsChip personId={id} name={name} atss={person.inAts} atsLabel={me.atsLabel} />
          <MaybeChip person={person} atss={person.maybeInAts} atsLabel={me.atsLabel} />
        </td>
      )}
      <td className={css.spotlights} title={signs}>
        {signs}
      </td>
      <td className={css.actions}>{!person.onlyInAts && <RowMenu person={person} />}</td>
    </tr>
  );
}
