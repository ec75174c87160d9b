import type { Me, PersonRow } from '@carrick/protocol/recruiter';
import { Link } from '@tanstack/react-router';
import { AtsChip } from '../ats-card/ats-chip.tsx';
import { Avatar } from '../elements/avatar.tsx';
import { messages } from '../messages.ts';
import { Degree } from './degree.tsx';
import css from './person-table.module.css';
import { describePosition } from './person-words.ts';
import { ROW_LINK } from './row-keys.ts';

const words = messages.person;

/** Twice the people on a screen, for who scans more than reads. */
export function PersonTable({ people, me }: { people: readonly PersonRow[]; me: Me }) {
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
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row key={person.id} person={person} me={me} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ person, me }: { person: PersonRow; me: Me }) {
  const { id, name, degree, headline, current, spotlights } = person;
  const position = current[0] ? describePosition(current[0]) : (headline ?? '');
  const signs = spotlights.map((each) => messages.search.spotlightNames[each]).join(', ');
  return (
    <tr className={css.row} data-row>
      <th scope="row" className={css.person}>
        <span className={css.who}>
          <Avatar name={name} url={person.pictureUrl} size="line" />
          <Link className={css.name} to="/people/$id" params={{ id }} {...{ [ROW_LINK]: '' }}>
            <bdi>{name}</bdi>
          </Link>
          <Degree degree={degree} />
        </span>
      </th>
      <td title={position} dir="auto">
        {position}
      </td>
      {me.atss.length > 0 && (
        <td className={css.ats}>
          <AtsChip personId={id} name={name} atss={person.inAts} atsLabel={me.atsLabel} />
        </td>
      )}
      <td className={css.spotlights} title={signs}>
        {signs}
      </td>
    </tr>
  );
}
