import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import button from '../elements/button.module.css';
import { CloseIcon } from '../elements/icons.tsx';
import { messages } from '../messages.ts';
import { currentNotice, dismissNotice, type Notice, subscribeNotice, undoLatest } from './notice.ts';
import css from './notice-bar.module.css';

const LASTS_MS = 10_000;

/** Read out by the announcer. Never takes the focus, and stays while the pointer or the focus is on it. */
export function NoticeBar() {
  const notice = useSyncExternalStore(subscribeNotice, currentNotice);
  return (
    notice && (
      <section className={css.place} aria-label={messages.notice.label}>
        <Bar key={notice.no} notice={notice} />
      </section>
    )
  );
}

function Bar({ notice }: { notice: Notice }) {
  const [isHeld, setHeld] = useState(false);
  const left = useRef(LASTS_MS);
  useEffect(() => {
    if (isHeld) return;
    const since = performance.now();
    const timer = setTimeout(dismissNotice, left.current);
    return () => {
      clearTimeout(timer);
      left.current = Math.max(1000, left.current - (performance.now() - since));
    };
  }, [isHeld]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: time stands still while pointer or focus are on it; what can be done are the buttons in it
    <div
      className={css.bar}
      data-held={isHeld || undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p className={css.text}>{notice.text}</p>
      {notice.undo && (
        <button type="button" className={css.undo} onClick={undoLatest}>
          {messages.notice.undo}
        </button>
      )}
      <button
        type="button"
        className={`${button.button} ${button.quiet} ${button.icon} ${css.close}`}
        aria-label={messages.notice.close}
        onClick={dismissNotice}
      >
        <CloseIcon />
      </button>
      {notice.undo && <span className={css.time} aria-hidden="true" />}
    </div>
  );
}
