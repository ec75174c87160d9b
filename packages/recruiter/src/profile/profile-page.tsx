import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import { profileQuery } from '../api/queries.ts';
import { RequestFailure } from '../api/request.ts';
import { nameAts } from '../ats-card/name-ats.ts';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { BackIcon } from '../elements/icons.tsx';
import { clockTime } from '../elements/moment.ts';
import { ExportNotices } from '../export/export-notices.tsx';
import { exportPersonOf } from '../export/export-person.ts';
import { openExport } from '../export/open-export.ts';
import { messages, terms } from '../messages.ts';
import { useSingleKey } from '../shell/single-key.ts';
import { AtsHistory } from './ats-history.tsx';
import { BackToResults } from './back-to-results.tsx';
import { ProfileHeader } from './profile-header.tsx';
import css from './profile-page.module.css';
import { ProfileSections } from './profile-sections.tsx';

const route = getRouteApi('/shell/people/$id');
const words = messages.profile;

export function ProfilePage() {
  const { id } = route.useParams();
  const address = route.useSearch();
  const { me } = useRouteContext({ from: '/shell' });
  const { data: profile, error, isPending, dataUpdatedAt, refetch } = useQuery(profileQuery(id));
  const isWaiting = useDelayed(isPending);
  useEffect(() => {
    document.title = `${profile?.name ?? words.tab} · ${terms.product}`;
  }, [profile?.name]);

  const mayExport = me.exportAtss.length > 0 && profile?.isExportable === true;
  useSingleKey('e', () => {
    if (mayExport && profile) openExport([exportPersonOf(profile)]);
  });

  if (error instanceof RequestFailure && error.status === 404) return <Gone />;
  const atsLabel = profile && profile.inAts.length > 0 ? nameAts(profile.inAts, me.atsLabel) : me.atsLabel;
  return (
    <div className={css.page} aria-busy={isPending}>
      <BackToResults />
      {error && !profile && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
      {error && profile && <Stale time={clockTime(dataUpdatedAt)} retry={() => void refetch()} />}
      {isPending && isWaiting && <Skeleton />}
      {profile && (
        <>
          <ProfileHeader profile={profile} atsLabel={atsLabel} address={address} />
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

function Gone() {
  return (
    <div className={css.gone}>
      <h1 className={css.goneTitle}>{words.gone}</h1>
      <p className={css.goneHint}>{words.goneHint}</p>
      <Link className={button.button} to="/search">
        <BackIcon />
        {messages.shell.toSearch}
      </Link>
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
