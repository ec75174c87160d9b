import type { Profile } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouteContext } from '@tanstack/react-router';
import { openComposer } from '../conversations/open-composer.ts';
import { Avatar } from '../elements/avatar.tsx';
import button from '../elements/button.module.css';
import { CloseIcon, Knot, OutwardIcon } from '../elements/icons.tsx';
import { ExportedOn } from '../export/exported-on.tsx';
import { MaybeChip } from '../matches/maybe-chip.tsx';
import { messages, terms } from '../messages.ts';
import { ProjectLines } from '../projects/person-projects.tsx';
import { activeProjects, standingQuery } from '../projects/queries.ts';
import { words as projectWords } from '../projects/words.ts';
import { Degree } from '../search/degree.tsx';
import { dotted } from '../search/person-words.ts';
import { words as searchWords } from '../search/words.ts';
import { ProfileActions } from './profile-actions.tsx';
import type { ProfileAddress } from './profile-address.ts';
import css from './profile-header.module.css';

const words = messages.profile;

interface ProfileHeaderProps {
  profile: Profile;
  atsLabel: string;
  address: ProfileAddress;
}

export function ProfileHeader({ profile, atsLabel, address }: ProfileHeaderProps) {
  const { id, name, degree, headline, location, industry, connections, current, educations, inAts } = profile;
  const projects = activeProjects(useQuery(standingQuery(profile.onlyInAts ? [] : [id])).data?.people[id]);
  const employers = dotted(current[0]?.companyName, educations[0]?.school);
  return (
    <header className={css.header}>
      <div className={css.who}>
        <Avatar name={name} url={profile.pictureUrl} size="page" />
        <div className={css.words}>
          <h1 className={css.name}>
            <bdi>{name}</bdi> <Degree degree={degree} />
          </h1>
          {headline && <p dir="auto">{headline}</p>}
          {employers && (
            <p className={css.line} dir="auto">
              {employers}
            </p>
          )}
          <p className={css.place} dir="auto">
            {dotted(location, industry, connections > 0 && messages.person.connections(connections))}
          </p>
          {profile.contact && <Contact contact={profile.contact} />}
        </div>
        <div className={css.actions}>
          {!profile.onlyInAts && (
            <button
              type="button"
              className={`${button.button} ${button.primary}`}
              onClick={() => openComposer([profile])}
            >
              {terms.message}
            </button>
          )}
          <ProfileActions profile={profile} atsLabel={inAts.length > 0 ? atsLabel : null} address={address} />
        </div>
      </div>
      {(inAts.length > 0 || projects.length > 0) && (
        <Status profile={profile} atsLabel={atsLabel} projects={projects.length} />
      )}
      {projects.length > 0 && address.only !== 'ats' && <ProjectLines projects={projects} />}
      {profile.maybeInAts.length > 0 && (
        <p className={css.maybe}>
          <MaybeChip person={profile} atss={profile.maybeInAts} atsLabel={atsLabel} />
        </p>
      )}
      {profile.onlyInAts && <p className={css.line}>{searchWords.noProfile(atsLabel)}</p>}
      {address.only === 'ats' && !profile.onlyInAts && (
        <p className={css.only}>
          {words.onlyAtsOn(atsLabel)}
          <Link className={css.showAll} to="/people/$id" params={{ id }} search={{ tab: 'ats' }} replace>
            <CloseIcon size={12} />
            {words.showAll}
          </Link>
        </p>
      )}
    </header>
  );
}

/** What is known and done already, in one line; every figure is one this viewer may see. */
function Status({
  profile: { id, inAts, atsJobs, atsActiveJobs, atsUrl, onlyInAts },
  atsLabel,
  projects,
}: Pick<ProfileHeaderProps, 'profile' | 'atsLabel'> & { projects: number }) {
  const { me } = useRouteContext({ from: '/shell' });
  const isInAts = inAts.length > 0;
  return (
    <ul className={css.status} data-testid="ats-status">
      {projects > 0 && (
        <li>
          <Link to="/people/$id" params={{ id }} search={{ tab: 'projects' }} replace resetScroll={false}>
            {projectWords.person.active(projects)}
          </Link>
        </li>
      )}
      {isInAts && (
        <li className={css.inAts}>
          <Knot size={14} />
          {words.inAts(atsLabel)}
        </li>
      )}
      {isInAts && atsJobs > 0 && (
        <li>{atsActiveJobs > 0 ? words.activeJobs(atsActiveJobs) : words.pastJobs(atsJobs)}</li>
      )}
      {isInAts && atsUrl && (
        <li>
          <a className={css.outward} href={atsUrl} target="_blank" rel="noopener noreferrer">
            {messages.ats.profile(atsLabel)}
            <OutwardIcon />
            <span className="visually-hidden">({words.opensElsewhere})</span>
          </a>
        </li>
      )}
      {isInAts && !onlyInAts && me.exportAtss.length > 0 && <ExportedOn personId={id} />}
    </ul>
  );
}

/** What the person chose to share with this contract. Without that the lines are absent. */
function Contact({ contact: { email, phone } }: { contact: NonNullable<Profile['contact']> }) {
  return (
    <p className={css.line} data-testid="contact">
      <a href={`mailto:${email}`}>{email}</a> {words.primary}
      {phone !== null && (
        <>
          {' · '}
          <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>{phone}</a> {words.mobile}
        </>
      )}
    </p>
  );
}
