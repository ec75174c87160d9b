import { CSPProvider } from '@base-ui/react/csp-provider';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { ActivityHost } from '../activities/activity-host.tsx';
import { meQuery } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { ComposerHost } from '../conversations/composer-host.tsx';
import { ExportHost } from '../export/export-host.tsx';
import { useLive } from '../live/use-live.ts';
import { messages } from '../messages.ts';
import { SaveHost } from '../projects/save-host.tsx';
import { sessionRenewed } from '../session/renewal.ts';
import { SignInAgain } from '../session/sign-in-again.tsx';
import { Announcer } from './announcer.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { NoticeBar } from './notice-bar.tsx';
import css from './shell.module.css';
import { TopBar } from './top-bar.tsx';

const route = getRouteApi('/shell');

/** What surrounds every page of a signed-in person. */
export function Shell() {
  const { me: entered } = route.useRouteContext();
  const me = useQuery(meQuery).data ?? entered;
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const main = useRef<HTMLElement>(null);
  useLive();
  useFocusOnNewPage(main);

  const signOut = async () => {
    // The session may have ended already; the way out is the same.
    await request('/app/api/sign-out', { method: 'POST', isAnonymous: true }).catch(() => undefined);
    await navigate({ to: '/signin' });
    queryClient.clear();
    sessionRenewed();
  };

  return (
    <CSPProvider disableStyleElements>
      <a className={css.skip} href="#main">
        {messages.shell.skip}
      </a>
      <TopBar me={me} signOut={() => void signOut()} />
      <main ref={main} id="main" className={css.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Announcer />
      <NoticeBar />
      <KeyboardHelp />
      <ExportHost />
      <ComposerHost />
      <ActivityHost />
      <SaveHost />
      <SignInAgain me={me} leave={() => void signOut()} />
    </CSPProvider>
  );
}

/** A new page begins at its top for the keyboard and for screen readers too; a changed filter is no new page. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>): void {
  // The page that is shown, not the one that is on its way.
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const shown = useRef(pathname);
  useEffect(() => {
    const isFirst = shown.current === undefined;
    if (shown.current === pathname) return;
    shown.current = pathname;
    if (!isFirst && !main.current?.contains(document.activeElement))
      main.current?.focus({ preventScroll: true });
  }, [pathname, main]);
}
