import type { Me, PersonRow } from '@carrick/protocol/recruiter';
import { AtsChip } from '../ats-card/ats-chip.tsx';
import { nameAts } from '../ats-card/name-ats.ts';
import { Avatar } from '../elements/avatar.tsx';
import button from '../elements/button.module.css';
import { NotesIcon, ViewsIcon } from '../elements/icons.tsx';
import { Time } from '../elements/time.tsx';
import { MaybeChip } from '../matches/maybe-chip.tsx';
import { messages } from '../messages.ts';
import { openSave } from '../projects/open-save.ts';
import { words as projects } from '../projects/words.ts';
import { Degree } from './degree.tsx';
import css from './person-cards.module.css';
import { PersonLink } from './person-link.tsx';
import { describeEducation, describePosition, dotted } from './person-words.ts';
import { RowMenu } from './row-menu.tsx';
import { SelectBox, type Selection } from './selection.tsx';
import { words as own } from './words.ts';

const words = messages.person;

export interface PeopleProps {
  people: readonly PersonRow[];
  me: Me;
  selection: Selection;
}
export type RowProps = Omit<PeopleProps, 'people'> & { person: PersonRow };

export function PersonCards({ people, me, selection }: PeopleProps) {
  return (
    <ol className={css.list} data-testid="results">
      {people.map((person) => (
        <PersonCard key={person.id} person={person} me={me} selection={selection} />
      ))}
    </ol>
  );
}

function PersonCard({ person, me, selection }: RowProps) {
  const { id, name, degree, headline, location, industry, pictureUrl } = person;
  return (
    <li className={css.row} data-row>
      <Avatar name={name} url={pictureUrl} size="row" />
      <div className={css.who}>
        <h2 className={css.nameLine}>
          <PersonLink person={person} className={css.name} />
          <Degree degree={degree} />
        </h2>
        {headline && (
          <p className={css.headline} dir="auto">
            {headline}
          </p>
        )}
        <p className={css.place} dir="auto">
          {dotted(location, industry)}
        </p>
        <div className={css.signs}>
          <AtsChip personId={id} name={name} atss={person.inAts} atsLabel={me.atsLabel} />
          <MaybeChip person={person} atss={person.maybeInAts} atsLabel={me.atsLabel} />
          <Activity {...person.activity} />
        </div>
        <OnlyInAts person={person} atsLabel={me.atsLabel} />
      </div>
      <Background person={person} />
      {/* A project holds members. */}
      {!person.onlyInAts && (
        <div className={css.actions}>
          <SelectBox person={person} selection={selection} />
          <SaveButton person={person} />
          <RowMenu person={person} />
        </div>
      )}
    </li>
  );
}

function SaveButton({ person }: { person: PersonRow }) {
  return (
    <button
      type="button"
      className={`${button.button} ${css.save}`}
      aria-label={projects.save.actionFor(person.name)}
      onClick={() => openSave([person])}
    >
      {projects.save.action}
    </button>
  );
}

/** Somebody without a member's profile: says so, and when they applied last. */
function OnlyInAts({ person: { onlyInAts, inAts }, atsLabel }: { person: PersonRow; atsLabel: string }) {
  if (!onlyInAts) return null;
  const { lastAppliedAt } = onlyInAts;
  return (
    <p className={css.place} data-testid="only-in-ats">
      {own.onlyInAts(nameAts(inAts, atsLabel))}
      {lastAppliedAt !== null && (
        <>
          {' · '}
          {own.lastApplied} <Time at={lastAppliedAt} />
        </>
      )}
    </p>
  );
}

/** Where the person worked and learned, and what stands out: one line each. */
function Background({ person }: { person: PersonRow }) {
  const lines: [string, string[]][] = [
    [words.current, person.current.map(describePosition)],
    [words.past, person.past.map(describePosition)],
    [words.education, person.educations.map(describeEducation)],
  ];
  const spotlights = person.spotlights.map((each) => messages.search.spotlightNames[each]).join(', ');
  return (
    <dl className={css.background}>
      {lines.map(([term, entries]) => {
        const [first, ...others] = entries.filter(Boolean);
        if (first === undefined) return null;
        return (
          <div key={term} className={css.line}>
            <dt className={css.term}>{term}</dt>
            <dd className={css.fact} title={entries.join('\n')} dir="auto">
              {first}
              {others.length > 0 && <span className={css.more}> {words.andMore(others.length)}</span>}
            </dd>
          </div>
        );
      })}
      {spotlights && (
        <div className={css.line}>
          <dt className={css.term}>{words.spotlights}</dt>
          <dd className={css.fact} title={spotlights}>
            {spotlights}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** What the viewer's team did here; a zero says nothing and is left out. */
function Activity({ views, notes }: PersonRow['activity']) {
  if (views + notes === 0) return null;
  return (
    <ul className={css.activity}>
      {views > 0 && (
        <li className={css.figure}>
          <ViewsIcon />
          {words.views(views)}
        </li>
      )}
      {notes > 0 && (
        <li className={css.figure}>
          <NotesIcon />
          {words.notes(notes)}
        </li>
      )}
    </ul>
  );
}

/** The geometry of the list that is on its way. */
export function PersonCardSkeletons() {
  return (
    <div className={css.list} aria-hidden="true" data-testid="skeleton">
      {Array.from({ length: 7 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={index} className={`${css.row} ${css.skeleton}`}>
          <span className={css.disc} />
          <div className={css.who}>
            <span className={css.bar} />
            <span className={css.bar} />
            <span className={css.bar} />
          </div>
          <div className={css.background}>
            <span className={css.bar} />
            <span className={css.bar} />
            <span className={css.bar} />
          </div>
        </div>
      ))}
    </div>
  );
}
