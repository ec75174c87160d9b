import type { Me } from '@carrick/protocol/recruiter';
import { Link, useRouterState } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';
import { Knot } from '../elements/icons.tsx';
import { words as jobs } from '../jobs/words.ts';
import { messages, terms } from '../messages.ts';
import { Bell } from '../notices/bell.tsx';
import { words as projects } from '../projects/words.ts';
import { words as reports } from '../reports/words.ts';
import { words as account } from '../session/account-words.ts';
import { ProfileMenu, reviewsMatches } from './profile-menu.tsx';
import { SearchField } from './search-field.tsx';
import css from './top-bar.module.css';

export function TopBar({ me, signOut }: { me: Me; signOut(): void }) {
  const navigation = useRef<HTMLElement>(null);
  useShownPlace(navigation);
  return (
    <header className={css.bar}>
      <div className={css.inner}>
        <Link to="/home" className={css.product} aria-label={terms.product}>
          <Knot />
          <span className={css.name}>{terms.product}</span>
        </Link>
        <nav ref={navigation} className={css.navigation} aria-label={messages.shell.navigation}>
          <Link to="/home" className={css.link}>
            {messages.shell.home}
          </Link>
          <Link to="/search" className={css.link} activeOptions={{ includeSearch: false }}>
            {messages.shell.search}
          </Link>
          <Link to="/projects" className={css.link} activeOptions={{ includeSearch: false }}>
            {projects.nav}
          </Link>
          <Link to="/jobs" className={css.link} activeOptions={{ includeSearch: false }}>
            {jobs.nav}
          </Link>
          {reviewsMatches(me) && (
            <Link to="/matches" className={css.link} activeOptions={{ includeSearch: false }}>
              {messages.shell.matches}
            </Link>
          )}
          <Link to="/messages" className={css.link} activeOptions={{ includeSearch: false }}>
            {messages.shell.messages}
          </Link>
          <Link to="/reports" className={css.link}>
            {reports.nav}
          </Link>
        </nav>
        <SearchField />
        <Bell />
        <Link to="/help" className={css.help} aria-label={account.help}>
          ?
        </Link>
        <ProfileMenu me={me} signOut={signOut} />
      </div>
    </header>
  );
}

/** On a narrow screen the row of places is longer than the screen: where one is stays in sight. */
function useShownPlace(navigation: RefObject<HTMLElement | null>): void {
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is another link that is current
  useEffect(() => {
    const row = navigation.current;
    const current = row?.querySelector<HTMLElement>('[aria-current]');
    if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }, [pathname, navigation]);
}
