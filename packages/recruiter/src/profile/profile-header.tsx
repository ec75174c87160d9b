import type { Profile } from '@carrick/protocol/recruiter';
import { Link, useRouteContext } from '@tanstack/react-router';
import { openComposer } from '../conversations/open-composer.ts';
import { Avatar } from '../elements/avatar.tsx';
import button from '../elements/button.module.css';
import { CloseIcon, Knot, OutwardIcon } from '../elements/icons.tsx';
import { ExportedOn } from '../export/exported-on.tsx';
import { MaybeChip } from '../matches/maybe-chip.tsx';
import { messages, terms } from '../messages.ts';
import type { ProfileAddress } from '../router.tsx';
import { Degree } from '../search/degree.tsx';
import { dotted } from '../search/person-words.ts';
import { ProfileActions } from './profile-actions.tsx';
import css from './profile-header.module.css';

const words = messages.profile;

interface ProfileHeaderProps {
  profile: Profile;
  atsLabel: string;
  address: ProfileAddress;
}

export function ProfileHeader({ profile, atsLabel, address }: ProfileHeaderProps) {
  const { id, name, degree, headline, location, industry, connections, current, educations, inAts } = profile;
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
          <button
            type="button"
            className={`${button.button} ${button.primary}`}
            onClick={() => openComposer([profile])}
          >
            {terms.message}
          </button>
          <ProfileActions profile={profile} atsLabel={inAts.length > 0 ? atsLabel : null} address={address} />
        </div>
      </div>
      {inAts.length > 0 && <AtsStatus profile={profile} atsLabel={atsLabel} />}
      {profile.maybeInAts.length > 0 && (
        <p className={css.maybe}>
          <MaybeChip person={profile} atss={profile.maybeInAts} atsLabel={atsLabel} />
        </p>
      )}
      {address.only === 'ats' && (
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

/** What the ATS knows, in one line; every figure is one this viewer may see. */
function AtsStatus({
  profile: { id, atsJobs, atsActiveJobs, atsUrl },
  atsLabel,
}: Pick<ProfileHeaderProps, 'profile' | 'atsLabel'>) {
  const { me } = useRouteContext({ from: '/shell' });
  return (
    <ul className={css.status} data-testid="ats-status">
      <li className={css.inAts}>
        <Knot size={14} />
        {words.inAts(atsLabel)}
      </li>
      {atsJobs > 0 && (
        <li>{atsActiveJobs > 0 ? words.activeJobs(atsActiveJobs) : words.pastJobs(atsJobs)}</li>
      )}
      {atsUrl && (
        <li>
          <a className={css.outward} href={atsUrl} target="_blank" rel="noopener noreferrer">
            {messages.ats.profile(atsLabel)}
            <OutwardIcon />
            <span className="visually-hidden">({words.opensElsewhere})</span>
          </a>
        </li>
      )}
      {me.exportAtss.length > 0 && <ExportedOn personId={id} />}
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
