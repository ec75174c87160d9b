import type { WidgetProfileAnswer } from '@carrick/protocol';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Frame } from '../frame/start.tsx';

/** What is known, and what became of the last attempt to know more. Both null: nothing yet. */
export interface Load {
  readonly answer: WidgetProfileAnswer | null;
  readonly failure: unknown;
}

/** The ATS may send the person any moment. */
const LOOK_AGAIN_MS = 10_000;

/** The record's person as of now: asked for again when the page is looked at again, or the network is back. */
export function useAnswer(frame: Frame): Load & { reload(): Promise<void> } {
  const [load, setLoad] = useState<Load>({ answer: null, failure: null });
  const isHere = useRef(true);
  const reload = useCallback(async () => {
    try {
      const answer = await frame.api.get<WidgetProfileAnswer>('profile');
      if (isHere.current) setLoad({ answer, failure: null });
    } catch (failure) {
      if (isHere.current) setLoad(({ answer }) => ({ answer, failure }));
    }
  }, [frame]);

  useEffect(() => {
    isHere.current = true;
    const again = () => {
      if (document.visibilityState === 'visible') void reload();
    };
    addEventListener('online', again);
    document.addEventListener('visibilitychange', again);
    void reload();
    return () => {
      isHere.current = false;
      removeEventListener('online', again);
      document.removeEventListener('visibilitychange', again);
    };
  }, [reload]);

  const isWaiting = load.answer?.state === 'not-synced';
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => void reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isWaiting, reload]);

  return { ...load, reload };
}
