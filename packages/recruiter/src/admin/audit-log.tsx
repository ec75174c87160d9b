import { AUDIT_ACTIONS, type AuditAction, type AuditEntry } from '@carrick/protocol/administration';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { exactTime } from '../elements/moment.ts';
import css from './admin-page.module.css';
import { subjectOf } from './codes.ts';
import { ListFilter } from './list-filter.tsx';
import { Paging } from './paging.tsx';
import { auditQuery } from './queries.ts';
import { Region } from './region.tsx';
import { words } from './words.ts';

export function AuditLog() {
  const [action, setAction] = useState<AuditAction | null>(null);
  const [before, setBefore] = useState<number | null>(null);
  const query = useQuery(auditQuery(action, before));
  return (
    <>
      <ListFilter
        label={words.filter}
        all={words.anyAction}
        names={words.action}
        codes={AUDIT_ACTIONS}
        chosen={action}
        choose={(code) => {
          setAction(code);
          setBefore(null);
        }}
        file={`/app/api/admin/audit.csv${action ? `?action=${action}` : ''}`}
      />
      <Region query={query}>
        {({ entries, next }) => (
          <>
            <section className={css.card} aria-label={words.sections.audit}>
              {entries.length === 0 ? (
                <p className={css.empty}>{words.noEntries}</p>
              ) : (
                <ul className={css.list} data-testid="audit">
                  {entries.map((entry) => (
                    <Entry key={entry.entryNo} entry={entry} />
                  ))}
                </ul>
              )}
            </section>
            <Paging isFirst={before === null} next={next} goTo={setBefore} />
          </>
        )}
      </Region>
    </>
  );
}

function Entry({ entry: { at, by, contract, action, ats, subject } }: { entry: AuditEntry }) {
  return (
    <li className={css.line}>
      <div className={css.words}>
        <p>
          <span className={css.name}>{words.action[action]}</span> {subjectOf(subject)}
        </p>
        <p className={css.meta}>{[by, contract, ats, exactTime(at)].filter(Boolean).join(' · ')}</p>
      </div>
    </li>
  );
}
