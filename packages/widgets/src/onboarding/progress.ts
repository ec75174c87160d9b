import type { OnboardingAnswer, OnboardingHelp } from '@carrick/protocol/widget';
import { useEffect, useState } from 'preact/hooks';
import { ApiFailure } from '../frame/api.ts';
import type { Frame } from '../frame/start.tsx';

/** What the vendor and the switch in the app change shows here within this time. */
const ASK_EVERY_MS = 3_000;

export interface Progress {
  readonly answer: OnboardingAnswer | OnboardingHelp | null;
  /** Asks now, after a change of one's own. */
  refresh(): Promise<void>;
}

/** How far each bundle is, asked for again while somebody looks. What was shown stays while an answer fails to come. */
export function useProgress(frame: Frame): Progress {
  const [answer, setAnswer] = useState<Progress['answer']>(null);
  const refresh = async () => {
    setAnswer(await frame.api.get<OnboardingAnswer | OnboardingHelp>('onboarding'));
    frame.ready();
  };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    let hasAnswer = false;
    const ask = async () => {
      if (!hasAnswer || !document.hidden) {
        try {
          await refresh();
          hasAnswer = true;
        } catch (error) {
          if (!hasAnswer || !(error instanceof ApiFailure)) return frame.fail(error);
        }
      }
      if (!isOver) timer = setTimeout(ask, ASK_EVERY_MS);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return { answer, refresh };
}
