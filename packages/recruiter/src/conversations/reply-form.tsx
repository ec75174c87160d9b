import { MESSAGE_LIMITS } from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { makeKey } from '../api/make-key.ts';
import { personKey } from '../api/queries.ts';
import { RequestFailure, request } from '../api/request.ts';
import button from '../elements/button.module.css';
import field from '../elements/field.module.css';
import { messages } from '../messages.ts';
import { announce } from '../shell/announcer.tsx';
import css from './conversations.module.css';
import { MESSAGES_KEY } from './queries.ts';
import { words } from './words.ts';

/** Writes again in a conversation. What was refused stays in the field, with the reason. */
export function ReplyForm({ conversationId, personId }: { conversationId: string; personId: string }) {
  const queryClient = useQueryClient();
  const id = useId();
  const [body, setBody] = useState('');
  const [requestKey, setRequestKey] = useState(makeKey);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const send = async () => {
    if (isBusy) return;
    if (body.trim() === '') {
      setProblem(words.bodyMissing);
      document.getElementById(`${id}-reply`)?.focus();
      return;
    }
    setBusy(true);
    try {
      await request(`/app/api/messages/${conversationId}/reply`, {
        method: 'POST',
        body: { body, requestKey },
      });
      setBody('');
      setRequestKey(makeKey());
      setProblem(null);
      announce(words.replySent);
      void queryClient.invalidateQueries({ queryKey: MESSAGES_KEY });
      void queryClient.invalidateQueries({ queryKey: personKey(personId) });
    } catch (error) {
      const isKnown = error instanceof RequestFailure && error.status > 0 && error.status < 500;
      setProblem(isKnown ? error.message : messages.states.offline);
    }
    setBusy(false);
  };

  return (
    <form
      className={css.reply}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label className={field.label} htmlFor={`${id}-reply`}>
        {words.reply}
      </label>
      <textarea
        id={`${id}-reply`}
        className={`${field.input} ${css.replyText}`}
        rows={3}
        dir="auto"
        maxLength={MESSAGE_LIMITS.body}
        value={body}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => setBody(event.target.value)}
      />
      {problem && (
        <p id={`${id}-problem`} className={css.problem} role="alert">
          {problem}
        </p>
      )}
      <button
        type="submit"
        className={`${button.button} ${button.primary}`}
        aria-disabled={isBusy || undefined}
      >
        {isBusy ? words.sending : words.sendReply}
      </button>
    </form>
  );
}
