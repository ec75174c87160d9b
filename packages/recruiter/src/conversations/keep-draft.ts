import type { MessageVisibility } from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { request } from '../api/request.ts';
import { MESSAGES_KEY, personMessagesQuery } from './queries.ts';

const PAUSE_MS = 500;

interface Written {
  readonly subject: string;
  readonly body: string;
  readonly visibility: MessageVisibility;
}

/**
 * Keeps what is being written on the server, half a second after the last key and when the composer closes, so that neither a
 * closed window nor a crash loses more than that. `personId` null: nothing is kept.
 */
export function useDraft(
  personId: string | null,
  { subject, body, visibility }: Written,
  leave: { current: () => void },
): { readonly isKept: boolean; hold(): Promise<void>; resume(): void } {
  const queryClient = useQueryClient();
  const [isKept, setKept] = useState(false);
  const [resumed, setResumed] = useState(0);
  const started = useRef(`${subject}\n${body}\n${visibility}`);
  const pending = useRef<Promise<void>>(Promise.resolve());
  const isUnsaved = useRef(false);
  const isHeld = useRef(false);

  const save = useEffectEvent(() => {
    if (personId === null || isHeld.current || !isUnsaved.current) return;
    isUnsaved.current = false;
    const sent = { to: personId, subject, body, visibility };
    // One behind the other: an older text must not arrive last.
    pending.current = pending.current
      .then(() => request<void>('/app/api/message-drafts', { method: 'POST', body: sent }))
      .then(() => setKept(true))
      // What could not be kept stands in the form still; the next key tries again.
      .catch(() => {
        isUnsaved.current = true;
      });
  });

  useEffect(() => {
    const now = `${subject}\n${body}\n${visibility}`;
    if (started.current === now) return;
    started.current = now;
    isUnsaved.current = true;
    setKept(false);
    const timer = setTimeout(() => save(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [subject, body, visibility]);

  useEffect(() => {
    if (resumed > 0) save();
  }, [resumed]);

  useEffect(() => {
    leave.current = () => {
      save();
      void pending.current.then(() => {
        void queryClient.invalidateQueries({ queryKey: MESSAGES_KEY });
        if (personId !== null) void queryClient.invalidateQueries(personMessagesQuery(personId));
      });
    };
    const onHide = () => save();
    window.addEventListener('pagehide', onHide);
    return () => window.removeEventListener('pagehide', onHide);
  }, [leave, personId, queryClient]);

  return {
    isKept,
    /** Nothing more is kept, so that no draft comes back behind the message that was made of it. */
    hold() {
      isHeld.current = true;
      return pending.current;
    },
    resume() {
      isHeld.current = false;
      isUnsaved.current = true;
      setResumed((count) => count + 1);
    },
  };
}
