import { CSPProvider } from '@base-ui/react/csp-provider';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import button from '../elements/button.module.css';
import { Failure } from '../elements/failure.tsx';
import { Knot } from '../elements/icons.tsx';
import { terms } from '../messages.ts';
import { Announcer } from '../shell/announcer.tsx';
import { NoticeBar } from '../shell/notice-bar.tsx';
import shell from '../shell/shell.module.css';
import bar from '../shell/top-bar.module.css';
import { words as auditWords } from './audit-words.ts';
import css from './partner-page.module.css';
import { PartnerSignIn } from './partner-sign-in.tsx';
import { ask, partnerMeQuery } from './queries.ts';
import { words } from './words.ts';

/** What surrounds every page of a vendor's console; without a session, the way in. */
export function PartnerPage() {
  const me = useQuery(partnerMeQuery);
  const client = useQueryClient();
  useEffect(() => {
    document.title = `${words.title} · ${terms.product}`;
  }, []);
  if (me.data === undefined)
    return me.error ? (
      <main className={shell.main}>
        <h1 className={css.hidden}>{words.title}</h1>
        <Failure title={words.failed} error={me.error} retry={() => void me.refetch()} />
      </main>
    ) : null;
  if (me.data === null) return <PartnerSignIn />;

  const signOut = async () => {
    // The session may have ended already; the way out is the same.
    await ask('sign-out', { method: 'POST' }).catch(() => undefined);
    client.removeQueries({ queryKey: ['partner', 'customers'] });
    client.removeQueries({ queryKey: ['partner', 'requests'] });
    client.removeQueries({ queryKey: ['partner', 'audit'] });
    client.setQueryData(partnerMeQuery.queryKey, null);
  };
  return (
    <CSPProvider disableStyleElements>
      <a className={shell.skip} href="#main">
        {words.skip}
      </a>
      <header className={bar.bar}>
        <div className={bar.inner}>
          <Link to="/partner" className={bar.product} aria-label={words.title}>
            <Knot size={24} />
            <span className={bar.name}>{words.title}</span>
          </Link>
          <nav className={css.navigation} aria-label={words.navigation}>
            <Link to="/partner" className={bar.link} activeOptions={{ exact: true }}>
              {words.customers}
            </Link>
            <Link to="/partner/log" className={bar.link}>
              {words.log}
            </Link>
            <Link to="/partner/audit" className={bar.link}>
              {auditWords.title}
            </Link>
          </nav>
          <p className={css.who}>
            <bdi>{me.data.partner}</bdi>
          </p>
          <button type="button" className={`${button.button} ${button.quiet}`} onClick={() => void signOut()}>
            {words.signOut}
          </button>
        </div>
      </header>
      <main id="main" className={shell.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Announcer />
      <NoticeBar />
    </CSPProvider>
  );
}
