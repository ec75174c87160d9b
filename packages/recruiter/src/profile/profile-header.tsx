import type { ExportSummary } from '@carrick/protocol/exports';
import type { Profile } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouteContext } from '@tanstack/react-router';
import { Fragment } from 'react';
import { openComposer } from '../conversations/open-composer.ts';
import { Avatar } from '../elements/avatar.tsx';
import button from '../elements/button.module.css';
import { CloseIcon, Knot, MailIcon, OutwardIcon, PhoneIcon } from '../elements/icons.tsx';
import { day } from '../elements/moment.ts';
import { labelOf } from '../export/job-label.ts';
import { personExportsQuery } from '../export/queries.ts';
import { MaybeChip } from '../matches/maybe-chip.tsx';
import { messages } from '../messages.ts';
import { activeProjects, standingQuery } from '../projects/queries.ts';
import { words as projectWords } from '../projects/words.ts';
import { Degree } from '../search/degree.tsx';
import { words as searchWords } from '../search/words.ts';
import { ProfileActions } from './profile-actions.tsx';
import { type ProfileAddress, showing } from './profile-address.ts';
import css from './profile-header.module.css';
import { StandingLines } from './standing-lines.tsx';

const words = messages.profile;

interface ProfileHeaderProps {
  profile: Profile;
  atsLabel: string;
  address: ProfileAddress;
  /** The name's level: a pane lies on a page that has its own first heading. */
  level: 'h1' | 'h2';
}

export function ProfileHeader({ profile, atsLabel, address, level: Heading }: ProfileHeaderProps) {
  const { id, name, degree, headline, location, industry, connections, current, educations, inAts } = profile;
  const projects = activeProjects(useQuery(standingQuery(profile.onlyInAts ? [] : [id])).data?.people[id]);
  return (
    <header className={css.header}>
      <div className={css.who}>
        <Avatar name={name} url={profile.pictureUrl} size="page" />
        <div className={css.words}>
          <Heading className={css.name}>
            <bdi>{name}</bdi> <Degree degree={degree} />
          </Heading>
          {headline && <p dir="auto">{headline}</p>}
          <p className={css.line}>
            <Dotted parts={[current[0]?.companyName, educations[0]?.school]} />
          </p>
          <p className={css.place}>
            <Dotted
              parts={[location, industry, connections > 0 ? messages.person.connections(connections) : null]}
            />
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
              {messages.person.message}
            </button>
          )}
          <ProfileActions profile={profile} atsLabel={inAts.length > 0 ? atsLabel : null} address={address} />
        </div>
      </div>
      <Status profile={profile} atsLabel={atsLabel} projects={projects.length} />
      <StandingLines
        projects={address.only === 'ats' ? [] : projects}
        entries={profile.onlyInAts ? [] : profile.atsEntries}
      />
      {profile.maybeInAts.length > 0 && (
        <p className={css.maybe}>
          <MaybeChip person={profile} atss={profile.maybeInAts} atsLabel={atsLabel} />
        </p>
      )}
      {profile.onlyInAts && <p className={css.unknown}>{searchWords.noProfile(atsLabel)}</p>}
      {address.only === 'ats' && !profile.onlyInAts && (
        <p className={css.only}>
          {words.onlyAtsOn(atsLabel)}
          <Link className={css.showAll} {...showing({ tab: 'ats' })}>
            <CloseIcon size={12} />
            {words.showAll}
          </Link>
        </p>
      )}
    </header>
  );
}

/** Each part in its own direction, and the line in the page's. */
function Dotted({ parts }: { parts: readonly (string | null | undefined)[] }) {
  return parts
    .filter((part) => !!part)
    .map((part, index) => (
      <Fragment key={part}>
        {index > 0 && ' · '}
        <bdi>{part}</bdi>
      </Fragment>
    ));
}

/** What is known and done already, in one line that leads to where it stands; every figure is one this viewer may see. */
function Status({
  profile: { id, inAts, atsJobs, atsActiveJobs, atsUrl, onlyInAts },
  atsLabel,
  projects,
}: Pick<ProfileHeaderProps, 'profile' | 'atsLabel'> & { projects: number }) {
  const { me } = useRouteContext({ from: '/shell' });
  const { data } = useQuery({
    ...personExportsQuery(id),
    enabled: !onlyInAts && me.exportAtss.length > 0,
  });
  const exported = data?.exports.find(({ state }) => state === 'complete');
  const isInAts = inAts.length > 0;
  if (!isInAts && projects === 0 && !exported) return null;
  const jobs = atsActiveJobs > 0 ? words.activeJobs(atsActiveJobs) : words.pastJobs(atsJobs);
  return (
    <ul className={css.status} data-testid="ats-status">
      {projects > 0 && (
        <li>
          <Link {...showing({ tab: 'projects' })}>{projectWords.person.active(projects)}</Link>
        </li>
      )}
      {isInAts && (
        <li className={css.inAts}>
          <Knot size={14} />
          {onlyInAts ? (
            words.inAts(atsLabel)
          ) : (
            <Link {...showing({ tab: 'ats' })}>{words.inAts(atsLabel)}</Link>
          )}
        </li>
      )}
      {isInAts && atsJobs > 0 && <li>{jobs}</li>}
      {isInAts && (
        <li>
          {atsUrl ? (
            <a className={css.outward} href={atsUrl} target="_blank" rel="noopener noreferrer">
              {messages.ats.profile(atsLabel)}
              <OutwardIcon />
              <span className="visually-hidden">({words.opensElsewhere})</span>
            </a>
          ) : (
            messages.ats.profile(atsLabel)
          )}
        </li>
      )}
      {exported && <Exported each={exported} />}
    </ul>
  );
}

/** The newest success of anybody on the contract; by whom and for which job in the export summary, to which it leads. */
function Exported({ each: { exporter, job, fetchedAt, exportedAt } }: { each: ExportSummary }) {
  return (
    <li title={messages.export.exportedBy(exporter, labelOf(job))} data-testid="exported-on">
      <Link {...showing({ tab: 'ats' })}>{messages.export.exported(day(fetchedAt ?? exportedAt))}</Link>
    </li>
  );
}

/** What the person chose to share with this contract. Without that the lines are absent. */
function Contact({ contact: { email, phone } }: { contact: NonNullable<Profile['contact']> }) {
  return (
    <p className={css.contact} data-testid="contact">
      <span>
        <MailIcon />
        <a href={`mailto:${email}`}>{email}</a> {words.primary}
      </span>
      {phone !== null && (
        <span>
          <PhoneIcon />
          <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>{phone}</a> {words.mobile}
        </span>
      )}
    </p>
  );
}
