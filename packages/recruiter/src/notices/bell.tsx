import { Popover } from '@base-ui/react/popover';
import type { Notice, NoticesAnswer } from '@carrick/protocol/notices';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import button from '../elements/button.module.css';
import { Failure } from '../elements/failure.tsx';
import { BellIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { Time } from '../elements/time.tsx';
import { messages } from '../messages.ts';
import { upTo } from '../numbers.ts';
import { say } from '../shell/notice.ts';
import css from './bell.module.css';
import { setNoticesOpen, useNoticesOpen } from './open-notices.ts';
import { markSeen, noticesQuery } from './queries.ts';
import { words } from './words.ts';

/** Two figures fit; what is more is more. */
const MOST_SHOWN = 9;

/** What happened to this seat's work, newest first, with the number of those not yet seen. */
export function Bell() {
  const isOpen = useNoticesOpen();
  const { data, error, refetch } = useQuery(noticesQuery);
  // In the banner, not at the end of the page: that is the landmark it belongs to.
  const [banner, setBanner] = useState<HTMLElement | null>(null);
  const unread = data?.unread ?? 0;
  return (
    <div className={css.place} ref={setBanner}>
      <Popover.Root open={isOpen} onOpenChange={setNoticesOpen}>
        <Popover.Trigger className={css.bell} aria-label={words.bell(unread)}>
          <BellIcon />
          {unread > 0 && (
            <span className={css.count} aria-hidden="true">
              {upTo(MOST_SHOWN, unread)}
            </span>
          )}
        </Popover.Trigger>
        <Popover.Portal container={banner}>
          <Popover.Positioner className={overlay.layer} align="end" sideOffset={6} collisionPadding={8}>
            <Popover.Popup className={`${overlay.card} ${css.popup}`} data-testid="notices">
              <div className={css.head}>
                <Popover.Title className={css.title}>{words.title}</Popover.Title>
                {data && unread > 0 && <MarkRead seenUntil={data.answeredAt} />}
              </div>
              {!data && !error && (
                <p className={css.none} aria-busy="true">
                  {messages.states.loading}
                </p>
              )}
              {error && !data && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
              {data && <Notices answer={data} />}
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}

function MarkRead({ seenUntil }: { seenUntil: number }) {
  const client = useQueryClient();
  const mark = async () => {
    try {
      await markSeen(seenUntil);
    } catch {
      say(words.markFailed);
    }
    await client.invalidateQueries({ queryKey: noticesQuery.queryKey });
  };
  return (
    <button type="button" className={button.text} onClick={() => void mark()}>
      {words.markRead}
    </button>
  );
}

function Notices({ answer: { notices, seenUntil } }: { answer: NoticesAnswer }) {
  if (notices.length === 0) return <p className={css.none}>{words.none}</p>;
  return (
    <ul className={css.notices}>
      {notices.map((notice) => (
        <li key={keyOf(notice)} className={css.notice} data-unread={notice.at > seenUntil || undefined}>
          <Destination notice={notice}>{textOf(notice)}</Destination>
          <span className={css.when}>
            {notice.at > seenUntil && <span className={css.new}>{words.unread}</span>} <Time at={notice.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function keyOf(notice: Notice): string {
  const what = 'person' in notice ? notice.person.id : '';
  return `${notice.kind} ${notice.at} ${what}`;
}

function textOf(notice: Notice): ReactNode {
  switch (notice.kind) {
    case 'export-complete':
    case 'export-failed':
      return (
        <>
          <bdi className={css.name}>{notice.person.name}</bdi> {words[notice.kind](notice.job)}
        </>
      );
    case 'reply':
      return (
        <>
          <bdi className={css.name}>{notice.person.name}</bdi> {words.reply}
        </>
      );
    case 'shared':
      return (
        <>
          <bdi className={css.name}>{notice.person.name}</bdi> {words.shared(notice.by)}
          {notice.note && (
            <span className={css.note} dir="auto">
              {notice.note}
            </span>
          )}
        </>
      );
    case 'matches':
      return words.matches(notice.count);
    case 'integration':
      return (
        <>
          <bdi className={css.name}>{notice.ats}</bdi> {words.actions[notice.action](notice.by)}
        </>
      );
  }
}

function Destination({ notice, children }: { notice: Notice; children: ReactNode }) {
  const close = () => setNoticesOpen(false);
  switch (notice.kind) {
    case 'export-complete':
    case 'export-failed':
      return (
        <Link
          to="/people/$id"
          params={{ id: notice.person.id }}
          search={{ tab: 'ats' }}
          className={css.link}
          onClick={close}
        >
          {children}
        </Link>
      );
    case 'shared':
      return (
        <Link
          to="/people/$id"
          params={{ id: notice.person.id }}
          search={{ tab: 'activities' }}
          className={css.link}
          onClick={close}
        >
          {children}
        </Link>
      );
    case 'reply':
      return (
        <Link to="/messages" search={{ id: notice.conversationId }} className={css.link} onClick={close}>
          {children}
        </Link>
      );
    case 'matches':
      return (
        <Link to="/matches" className={css.link} onClick={close}>
          {children}
        </Link>
      );
    case 'integration':
      return (
        <Link
          to="/admin/$section"
          params={{ section: 'ats' }}
          search={{}}
          className={css.link}
          onClick={close}
        >
          {children}
        </Link>
      );
  }
}
