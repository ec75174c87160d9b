import { useQuery } from '@tanstack/react-query';
import { useRouteContext } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { profileQuery } from '../api/queries.ts';
import { RequestFailure } from '../api/request.ts';
import { nameAts } from '../ats-card/name-ats.ts';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { clockTime } from '../elements/moment.ts';
import { ExportNotices } from '../export/export-notices.tsx';
import { messages } from '../messages.ts';
import { AtsHistory } from './ats-history.tsx';
import css from './person-view.module.css';
import type { ProfileAddress } from './profile-address.ts';
import { ProfileHeader } from './profile-header.tsx';
import { ProfileSections } from './profile-sections.tsx';

const words = messages.profile;

interface PersonViewProps {
  personId: string;
  address: ProfileAddress;
  /** Of the person's name. */
  level: 'h1' | 'h2';
  /** Where to go from who is not there. */
  wayOut: ReactNode;
}

/** All that is known of a person: header and tabs, on a page of their own or beside a list. */
export function PersonView({ personId, address, level, wayOut }: PersonViewProps) {
  const { me } = useRouteContext({ from: '/shell' });
  const { data: profile, error, isPending, dataUpdatedAt, refetch } = useQuery(profileQuery(personId));
  const isWaiting = useDelayed(isPending);
  if (error instanceof RequestFailure && error.status === 404) return <Gone level={level}>{wayOut}</Gone>;
  const atsLabel = profile && profile.inAts.length > 0 ? nameAts(profile.inAts, me.atsLabel) : me.atsLabel;
  return (
    <div className={css.person} aria-busy={isPending}>
      {error && !profile && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
      {error && profile && <Stale time={clockTime(dataUpdatedAt)} retry={() => void refetch()} />}
      {isPending && isWaiting && <Skeleton />}
      {profile && (
        <>
          <ProfileHeader profile={profile} atsLabel={atsLabel} address={address} level={level} />
          {profile.onlyInAts ? (
            <AtsHistory personId={profile.id} name={profile.name} atsLabel={atsLabel} isOnlyInAts />
          ) : (
            <>
              {me.exportAtss.length > 0 && <ExportNotices personId={profile.id} isAdmin={me.isAdmin} />}
              <ProfileSections
                profile={profile}
                atsLabel={atsLabel}
                hasAts={me.atss.length > 0}
                address={address}
              />
            </>
          )}
        </>
      )}
    </div>
  );
}

function Gone({ level: Heading, children }: { level: 'h1' | 'h2'; children: ReactNode }) {
  return (
    <div className={css.gone}>
      <Heading className={css.goneTitle}>{words.gone}</Heading>
      <p className={css.goneHint}>{words.goneHint}</p>
      {children}
    </div>
  );
}

function Skeleton() {
  return (
    <div className={css.skeleton} aria-hidden="true" data-testid="skeleton">
      <span className={css.disc} />
      <div className={css.bars}>
        <span />
        <span />
        <span />
      </div>
    </div>
  );
}
