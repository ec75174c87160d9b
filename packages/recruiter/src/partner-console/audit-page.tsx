import type { PartnerAuditEntry } from '@carrick/protocol/partner-console';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import admin from '../admin/admin-page.module.css';
import { Paging } from '../admin/paging.tsx';
import { Region } from '../admin/region.tsx';
import button from '../elements/button.module.css';
import { exactTime } from '../elements/moment.ts';
import { words } from './audit-words.ts';
import css from './partner-page.module.css';
import { auditQuery } from './queries.ts';

const HOUR_MS = 3_600_000;

/** Who made a customer, rotated a secret, changed origins, sent a test event; newest first. */
export function AuditPage() {
  const [before, setBefore] = useState<number | null>(null);
  const query = useQuery(auditQuery(before));
  return (
    <div className={css.page}>
      <div className={css.blockHead}>
        <div>
          <h1 className={admin.title}>{words.title}</h1>
          <p className={admin.meta}>{words.lead}</p>
        </div>
        <a className={button.button} href="/app/api/partner/audit.csv" download>
          {words.csv}
        </a>
      </div>
      <Region query={query}>
        {({ entries, next }) => (
          <>
            <section className={admin.card} aria-label={words.title}>
              {entries.length === 0 ? (
                <p className={admin.empty}>{words.empty}</p>
              ) : (
                <ul className={admin.list} data-testid="partner-audit">
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
    </div>
  );
}

function Entry({ entry: { at, by, action, customer, detail } }: { entry: PartnerAuditEntry }) {
  return (
    <li className={admin.line}>
      <div className={admin.words}>
        <p>
          <span className={admin.name}>{words.actions[action]}</span>{' '}
          {action === 'own-secret-rotated' ? '' : <bdi>{customer ?? words.own}</bdi>}
        </p>
        <p className={admin.meta}>{[...detailWords(detail), by, exactTime(at)].join(' · ')}</p>
      </div>
    </li>
  );
}

function detailWords(detail: PartnerAuditEntry['detail']): string[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    if (Array.isArray(value)) {
      if (value.length === 0) return [];
      const addresses = value.join(', ');
      return [name === 'added' ? words.added(addresses) : words.removed(addresses)];
    }
    switch (name) {
      case 'overlapMs':
        return [words.overlap(Math.round(Number(value) / HOUR_MS))];
      case 'foreignId':
        return [words.foreignId(String(value))];
      default:
        return [words.outcome(String(value))];
    }
  });
}
