import type { SearchAnswer } from '@carrick/protocol/recruiter';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { personKey } from '../api/queries.ts';
import { followEvents } from './event-stream.ts';

const POLL_MS = 5000;
/** Many people change at once while an ATS is first synced; the results are asked for once in this time. */
const SEARCH_PAUSE_MS = 1000;

/** Keeps what is on the screen current: by the event stream, or by asking every five seconds while it is down. */
export function useLive(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const ending = new AbortController();
    const searches = paced(() => {
      void queryClient.invalidateQueries({ queryKey: ['search'] });
      void queryClient.invalidateQueries({ queryKey: ['review'] });
      void queryClient.invalidateQueries({ queryKey: ['jobs'] });
    }, SEARCH_PAUSE_MS);
    let isUp = false;
    const poll = setInterval(() => {
      if (!isUp && document.visibilityState === 'visible') refresh(queryClient);
    }, POLL_MS);
    followEvents(
      '/app/api/events',
      {
        event({ person, search, project }) {
          if (person !== undefined) refreshPerson(queryClient, person);
          if (search) searches.run();
          // Of one's own change the page reads everything anew by itself; this is for everybody else's.
          if (project !== undefined) void queryClient.invalidateQueries({ queryKey: ['projects'] });
        },
        state(nowUp) {
          // What happened while nobody listened was not told.
          if (nowUp && !isUp) refresh(queryClient);
          isUp = nowUp;
        },
      },
      ending.signal,
    );
    return () => {
      ending.abort();
      clearInterval(poll);
      searches.stop();
    };
  }, [queryClient]);
}

/** Their own data, and the results that show them. */
function refreshPerson(queryClient: QueryClient, id: string): void {
  void queryClient.invalidateQueries({ queryKey: personKey(id) });
  void queryClient.invalidateQueries({ queryKey: ['messages'] });
  void queryClient.invalidateQueries({ queryKey: ['notices'] });
  void queryClient.invalidateQueries({ queryKey: ['worth-doing'] });
  for (const [queryKey, answer] of queryClient.getQueriesData<SearchAnswer>({ queryKey: ['search'] })) {
    if (answer?.people.some((person) => person.id === id))
      void queryClient.invalidateQueries({ queryKey, exact: true });
  }
}

function refresh(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: ['search'] });
  void queryClient.invalidateQueries({ queryKey: ['person'] });
  void queryClient.invalidateQueries({ queryKey: ['jobs'] });
  void queryClient.invalidateQueries({ queryKey: ['projects'] });
  void queryClient.invalidateQueries({ queryKey: ['review'] });
  void queryClient.invalidateQueries({ queryKey: ['messages'] });
  void queryClient.invalidateQueries({ queryKey: ['notices'] });
  void queryClient.invalidateQueries({ queryKey: ['worth-doing'] });
}

/** Runs at once, then at most once per pause; a call during the pause runs at its end. */
function paced(action: () => void, pauseMs: number): { run(): void; stop(): void } {
  let pause: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  const run = () => {
    if (pause !== undefined) {
      isWanted = true;
      return;
    }
    action();
    pause = setTimeout(() => {
      pause = undefined;
      if (isWanted) {
        isWanted = false;
        run();
      }
    }, pauseMs);
  };
  return { run, stop: () => clearTimeout(pause) };
}
