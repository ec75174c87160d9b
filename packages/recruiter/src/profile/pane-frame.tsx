import { Dialog } from '@base-ui/react/dialog';
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import css from './person-pane.module.css';

interface PaneFrameProps {
  personId: string;
  /** Their name. */
  label: string;
  close(): void;
  opener(): HTMLElement | null;
  children: ReactNode;
}

/** Beside the list, which stays in use: Tab leads back to it, and Escape closes the pane from there too. */
export function WidePane({ personId, label, close, children }: PaneFrameProps) {
  const frame = useRef<HTMLElement>(null);
  useTopOf(frame, personId);
  useEffect(() => {
    frame.current?.focus({ preventScroll: true });
  }, []);
  const onEscape = useEffectEvent(close);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !isForAnother(event)) onEscape();
    };
    // Before what lies on top closes itself and is not there any more to be asked.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
  return (
    <section
      ref={frame}
      className={`${css.pane} ${css.wide}`}
      aria-label={label}
      tabIndex={-1}
      data-testid="person-pane"
    >
      {children}
    </section>
  );
}

/** Over the whole screen: there is no list to see, so nothing leads to it but closing. */
export function NarrowPane({ personId, label, close, opener, children }: PaneFrameProps) {
  const frame = useRef<HTMLDivElement>(null);
  useTopOf(frame, personId);
  return (
    <Dialog.Root
      open
      onOpenChange={(_, details) => {
        if (details.reason === 'escape-key' && isTyping(details.event.target)) details.cancel();
        else close();
      }}
    >
      <Dialog.Portal>
        <Dialog.Popup
          ref={frame}
          className={`${css.pane} ${css.narrow}`}
          aria-label={label}
          initialFocus={frame}
          finalFocus={opener}
          data-testid="person-pane"
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The next person begins at the top. */
function useTopOf(frame: RefObject<HTMLElement | null>, personId: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever somebody else is shown
  useEffect(() => {
    frame.current?.scrollTo(0, 0);
  }, [frame, personId]);
}

/** One Escape closes what lies on top, and never what somebody is writing. */
function isForAnother({ target }: KeyboardEvent): boolean {
  return (
    isTyping(target) ||
    document.querySelector('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=checkbox], [type=radio]), textarea, select') !== null
  );
}
