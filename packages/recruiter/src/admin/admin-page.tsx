import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouteContext } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { locale, terms } from '../messages.ts';
import { NotFound } from '../shell/dead-ends.tsx';
import css from './admin-page.module.css';
import { AtsIntegration } from './ats-integration.tsx';
import { AuditLog } from './audit-log.tsx';
import { Deliveries } from './deliveries.tsx';
import { Erasures } from './erasures.tsx';
import { Errors } from './errors.tsx';
import { Exports } from './exports.tsx';
import { People } from './people.tsx';
import { Preview } from './preview.tsx';
import { administratorsQuery } from './queries.ts';
import { SyncHealth } from './sync-health.tsx';
import { SECTIONS, type Section, words } from './words.ts';

const route = getRouteApi('/shell/admin/$section');
const lists = new Intl.ListFormat(locale, { type: 'disjunction' });

/** What an administrator sees and decides; everybody else is told whom to ask. */
export function AdminPage() {
  const { section: given } = route.useParams();
  const { seat } = route.useSearch();
  const { me } = useRouteContext({ from: '/shell' });
  const section = SECTIONS.find((known) => known === given);
  useEffect(() => {
    document.title = `${section ? words.sections[section] : words.title} · ${terms.product}`;
  }, [section]);
  if (!me.isAdmin) return <Forbidden />;
  if (!section) return <NotFound />;
  return (
    <div className={css.page}>
      <nav className={css.panel} aria-label={words.panel}>
        <p className={css.panelTitle} aria-hidden="true">
          {words.title}
        </p>
        <ul className={css.sections}>
          {SECTIONS.map((each) => (
            <li key={each}>
              <Link to="/admin/$section" params={{ section: each }} search={{}} className={css.section}>
                {words.sections[each]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={css.content}>
        <header>
          <h1 className={css.title}>{words.sections[section]}</h1>
          <p className={css.muted}>{words.leads[section]}</p>
        </header>
        {contentOf(section, seat)}
      </div>
    </div>
  );
}

function contentOf(section: Section, seat: string | undefined): ReactNode {
  switch (section) {
    case 'ats':
      return <AtsIntegration />;
    case 'people':
      return <People />;
    case 'preview':
      return <Preview seat={seat} />;
    case 'sync':
      return <SyncHealth />;
    case 'errors':
      return <Errors />;
    case 'exports':
      return <Exports />;
    case 'deliveries':
      return <Deliveries />;
    case 'erasure':
      return <Erasures />;
    case 'audit':
      return <AuditLog />;
  }
}

function Forbidden() {
  const { data } = useQuery(administratorsQuery);
  return (
    <div className={css.forbidden}>
      <p className={css.code} aria-hidden="true">
        403
      </p>
      <h1 className={css.title}>{words.forbidden}</h1>
      {data && (
        <p className={css.muted}>
          {data.names.length > 0 ? words.forbiddenAsk(lists.format(data.names)) : words.forbiddenNobody}
        </p>
      )}
      <Link to="/search">{terms.product}</Link>
    </div>
  );
}
