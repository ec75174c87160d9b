import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import { profileQuery } from '../api/queries.ts';
import button from '../elements/button.module.css';
import { BackIcon } from '../elements/icons.tsx';
import { exportPersonOf } from '../export/export-person.ts';
import { openExport } from '../export/open-export.ts';
import { messages, terms } from '../messages.ts';
import { useSingleKey } from '../shell/single-key.ts';
import { BackToResults } from './back-to-results.tsx';
import { PersonView } from './person-view.tsx';
import css from './profile-page.module.css';

const route = getRouteApi('/shell/people/$id');

export function ProfilePage() {
  const { id } = route.useParams();
  const address = route.useSearch();
  const { me } = useRouteContext({ from: '/shell' });
  const { data: profile } = useQuery(profileQuery(id));
  useEffect(() => {
    document.title = `${profile?.name ?? messages.profile.tab} · ${terms.product}`;
  }, [profile?.name]);
  useSingleKey('e', () => {
    if (me.exportAtss.length > 0 && profile?.isExportable) openExport([exportPersonOf(profile)]);
  });
  return (
    <div className={css.page}>
      <BackToResults />
      <PersonView
        personId={id}
        address={address}
        level="h1"
        wayOut={
          <Link className={button.button} to="/search">
            <BackIcon />
            {messages.shell.toSearch}
          </Link>
        }
      />
    </div>
  );
}
