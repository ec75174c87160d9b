import { Dialog } from '@base-ui/react/dialog';
import { type ReactNode, useDeferredValue, useEffect, useRef, useState } from 'react';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import overlay from '../elements/overlay.module.css';
import { SearchInput } from '../elements/search-input.tsx';
import { messages } from '../messages.ts';
import { announce } from '../shell/announcer.tsx';
import css from './find-dialog.module.css';

const PAUSE_MS = 250;

export interface FindDialogProps {
  title: string;
  hint: string;
  searchLabel: string;
  searchHint: string;
  /** What is searched for at first. */
  start: string;
  close(): void;
  children(query: string): ReactNode;
}

/** A search in a dialog, for the other side of a link. */
export function FindDialog({
  title,
  hint,
  searchLabel,
  searchHint,
  start,
  close,
  children,
}: FindDialogProps) {
  const [text, setText] = useState(start);
  const query = usePaused(text);
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={`${overlay.dialog} ${css.dialog}`} initialFocus={field}>
          <DialogHeading title={title} closeLabel={messages.keys.close} />
          <Dialog.Description className={css.hint}>{hint}</Dialog.Description>
          <div className={css.search}>
            <SearchInput ref={field} label={searchLabel} hint={searchHint} value={text} change={setText} />
          </div>
          <div className={css.results}>{children(query)}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The text once nothing was typed for a moment. */
export function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useDeferredValue(paused);
}

/** Tells the number of results as they change. */
export function useAnnouncedCount(text: string | null): void {
  useEffect(() => {
    if (text !== null) announce(text);
  }, [text]);
}
