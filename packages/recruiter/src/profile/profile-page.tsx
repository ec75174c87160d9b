import { useIsFetching, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate, useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import { personKey, profileQuery } from '../api/queries.ts';
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
  usePrinting(id, address.print === 'yes' && profile !== undefined);
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

/** Prints once, when nothing about the person is on its way any more. */
function usePrinting(personId: string, isWanted: boolean): void {
  const navigate = useNavigate();
  const isReady = useIsFetching({ queryKey: personKey(personId) }) === 0 && isWanted;
  useEffect(() => {
    if (!isReady) return;
    // Loaded again, the page does not print again.
    void navigate({ to: '.', search: ({ print: _, ...rest }) => rest, replace: true }).then(() =>
      window.print(),
    );
  }, [isReady, navigate]);
}
