import {
  MESSAGE_LIMITS,
  type MessageVisibility,
  type PersonMessages,
  type SendAnswer,
} from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { personKey } from '../api/queries.ts';
import { RequestFailure, request } from '../api/request.ts';
import button from '../elements/button.module.css';
import field from '../elements/field.module.css';
import { WarningIcon } from '../elements/icons.tsx';
import { Time } from '../elements/time.tsx';
import { explainRefusal } from '../language.ts';
import { messages } from '../messages.ts';
import { announce } from '../shell/announcer.tsx';
import css from './composer.module.css';
import { useDraft } from './keep-draft.ts';
import { closeComposer, type OpenedComposer } from './open-composer.ts';
import { MESSAGES_KEY } from './queries.ts';
import { Templates } from './templates.tsx';
import { words } from './words.ts';

interface ComposerFormProps {
  opened: OpenedComposer;
  /** Null: for several people at once. */
  known: PersonMessages | null;
  leave: { current: () => void };
}

type Problem = 'subject' | 'body' | 'sendAt';

export function ComposerForm({ opened, known, leave }: ComposerFormProps) {
  const { people, key } = opened;
  const queryClient = useQueryClient();
  const id = useId();
  const [subject, setSubject] = useState(known?.draft?.subject ?? '');
  const [body, setBody] = useState(known?.draft?.body ?? '');
  const [visibility, setVisibility] = useState<MessageVisibility>(known?.draft?.visibility ?? 'ORGANISATION');
  const [isLater, setLater] = useState(false);
  const [sendAt, setSendAt] = useState('');
  const [problems, setProblems] = useState<Readonly<Partial<Record<Problem, string>>>>({});
  const [refusal, setRefusal] = useState<readonly { name: string; reason: string }[] | null>(null);
  const [isBusy, setBusy] = useState(false);
  const draft = useDraft(known?.person.id ?? null, { subject, body, visibility }, leave);

  // The form comes when the draft is there, after the dialog has put the focus somewhere.
  useEffect(() => document.getElementById(`${id}-subject`)?.focus(), [id]);

  const at = isLater ? new Date(sendAt).getTime() : null;
  const findProblems = (): Partial<Record<Problem, string>> => ({
    ...(subject.trim() === '' && { subject: words.subjectMissing }),
    ...(body.trim() === '' && { body: words.bodyMissing }),
    ...(body.length > MESSAGE_LIMITS.body && { body: words.tooLong(MESSAGE_LIMITS.body) }),
    // Whether it lies ahead is for the server's clock to say.
    ...(at !== null && Number.isNaN(at) && { sendAt: words.sendAtMissing }),
  });

  const send = async () => {
    if (isBusy) return;
    const found = findProblems();
    setProblems(found);
    const [wrong] = Object.keys(found);
    if (wrong !== undefined) {
      document.getElementById(`${id}-${wrong}`)?.focus();
      return;
    }
    setBusy(true);
    setRefusal(null);
    try {
      await draft.hold();
      const answer = await request<SendAnswer>('/app/api/messages', {
        method: 'POST',
        body: {
          to: people.map((person) => person.id),
          subject,
          body,
          visibility,
          requestKey: key,
          sendAt: at,
        },
      });
      void queryClient.invalidateQueries({ queryKey: MESSAGES_KEY });
      for (const person of people) void queryClient.invalidateQueries({ queryKey: personKey(person.id) });
      if (answer.refused.length === 0) {
        announce(at === null ? words.sent : words.scheduled);
        closeComposer();
        return;
      }
      setRefusal(
        answer.refused.map(({ personId, ...said }) => ({
          name: people.find((person) => person.id === personId)?.name ?? '',
          reason: explainRefusal(said),
        })),
      );
    } catch (error) {
      const isKnown = error instanceof RequestFailure && error.status > 0 && error.status < 500;
      setRefusal([{ name: '', reason: isKnown ? error.message : messages.states.offline }]);
    }
    setBusy(false);
    draft.resume();
  };

  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {known?.blocked && (
        <p className={css.blocked} role="alert">
          <WarningIcon />
          {explainRefusal(known.blocked)}
        </p>
      )}
      {known?.recentOutreach && (
        <p className={css.notice} data-testid="outreach">
          <WarningIcon />
          <span>
            <bdi>{words.outreach(known.recentOutreach.by)}</bdi> <Time at={known.recentOutreach.at} />.{' '}
            {words.outreachHint}
          </span>
        </p>
      )}
      {people.length > 1 && (
        <p className={css.to}>
          <span className={field.label}>{words.to}</span> {people.map((person) => person.name).join(', ')}
        </p>
      )}
      <Templates
        templates={known?.templates ?? []}
        written={{ subject, body }}
        personId={known?.person.id ?? null}
        use={(template) => {
          setSubject(template.subject || subject);
          setBody(template.body);
        }}
      />
      <div className={field.field}>
        <label className={field.label} htmlFor={`${id}-subject`}>
          {words.subject}
        </label>
        <input
          id={`${id}-subject`}
          className={field.input}
          value={subject}
          maxLength={MESSAGE_LIMITS.subject}
          dir="auto"
          aria-invalid={problems.subject ? true : undefined}
          aria-describedby={problems.subject ? `${id}-subject-problem` : undefined}
          onChange={(event) => setSubject(event.target.value)}
        />
        {problems.subject && <Problem id={`${id}-subject-problem`} text={problems.subject} />}
      </div>
      <div className={field.field}>
        <label className={field.label} htmlFor={`${id}-body`}>
          {words.body}
        </label>
        <textarea
          id={`${id}-body`}
          className={`${field.input} ${css.text}`}
          value={body}
          rows={9}
          dir="auto"
          aria-invalid={problems.body ? true : undefined}
          aria-describedby={problems.body ? `${id}-body-problem` : undefined}
          onChange={(event) => setBody(event.target.value)}
        />
        {problems.body && <Problem id={`${id}-body-problem`} text={problems.body} />}
      </div>
      <div className={css.choices}>
        <div className={field.field}>
          <label className={field.label} htmlFor={`${id}-visibility`}>
            {words.visibility}
          </label>
          <select
            id={`${id}-visibility`}
            className={`${field.input} ${css.select}`}
            value={visibility}
            aria-describedby={`${id}-visibility-hint`}
            onChange={(event) => setVisibility(event.target.value === 'PRIVATE' ? 'PRIVATE' : 'ORGANISATION')}
          >
            <option value="ORGANISATION">{words.visibilities.ORGANISATION}</option>
            <option value="PRIVATE">{words.visibilities.PRIVATE}</option>
          </select>
          <p id={`${id}-visibility-hint`} className={css.hint}>
            {words.visibilityHint}
          </p>
        </div>
        <div className={field.field}>
          <label className={css.check}>
            <input type="checkbox" checked={isLater} onChange={(event) => setLater(event.target.checked)} />
            {words.later}
          </label>
          {isLater && (
            <>
              <input
                id={`${id}-sendAt`}
                type="datetime-local"
                className={field.input}
                aria-label={words.sendAt}
                value={sendAt}
                aria-invalid={problems.sendAt ? true : undefined}
                aria-describedby={problems.sendAt ? `${id}-sendAt-problem` : undefined}
                onChange={(event) => setSendAt(event.target.value)}
              />
              {problems.sendAt && <Problem id={`${id}-sendAt-problem`} text={problems.sendAt} />}
            </>
          )}
        </div>
      </div>
      {refusal && (
        <div className={css.blocked} role="alert">
          <WarningIcon />
          <div>
            {people.length > 1 && <p>{words.refusedSome(refusal.length)}</p>}
            {refusal.map(({ name, reason }) => (
              <p key={`${name} ${reason}`}>
                {people.length > 1 && name && <bdi>{name}: </bdi>}
                {reason}
              </p>
            ))}
            {people.length === 1 && <p>{words.notSent}</p>}
          </div>
        </div>
      )}
      <div className={css.foot}>
        <button
          type="submit"
          className={`${button.button} ${button.primary}`}
          aria-disabled={isBusy || undefined}
          disabled={known?.blocked != null}
        >
          {isBusy ? words.sending : isLater ? words.schedule : words.send}
        </button>
        {known && <span className={css.hint}>{words.credits(known.creditsLeft)}</span>}
        {draft.isKept && <span className={css.hint}>{words.draftKept}</span>}
      </div>
    </form>
  );
}

function Problem({ id, text }: { id: string; text: string }) {
  return (
    <p id={id} className={css.problem}>
      {text}
    </p>
  );
}
