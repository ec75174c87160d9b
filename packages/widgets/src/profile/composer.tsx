import type { MessageVisibility, WidgetComposer, WidgetDraft, WidgetMember } from '@carrick/protocol';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isDeliberate } from '../frame/settled.ts';
import type { Desk } from './desk.ts';
import { momentText, Panel } from './elements.tsx';

/** Nobody types that slowly in the middle of a word. */
const PAUSE_MS = 700;

/**
 * Keeps what is written once its writer pauses, and what is not kept yet when the composer goes. A draft that could not be kept is
 * tried again with the next letter: the text itself stays in the fields.
 */
function useDraft(
  draft: WidgetDraft,
  store: (draft: WidgetDraft) => Promise<unknown>,
): {
  /** While a message is under way, and for good once it is sent, nothing is kept. */
  hold(isHeld: boolean): void;
} {
  const kept = useRef(JSON.stringify(draft));
  const isHeld = useRef(false);
  const flush = useRef(() => {});
  flush.current = () => {
    const text = JSON.stringify(draft);
    if (isHeld.current || text === kept.current) return;
    const former = kept.current;
    kept.current = text;
    store(draft).catch(() => {
      kept.current = former;
    });
  };
  const { subject, body, visibility } = draft;
  useEffect(() => {
    const timer = setTimeout(() => flush.current(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [subject, body, visibility]);
  useEffect(() => () => flush.current(), []);
  return {
    hold(held) {
      isHeld.current = held;
    },
  };
}

const VISIBILITIES = ['ORGANISATION', 'PRIVATE'] as const satisfies readonly MessageVisibility[];

/** A message is written and sent without leaving the page. What was written stays when sending is refused. */
export function Composer({ person, desk, close }: { person: WidgetMember; desk: Desk; close(): void }) {
  const { words, frame, say, reload, attempt } = desk;
  const { id: personId, name } = person;
  const [known, setKnown] = useState<WidgetComposer | null>(null);
  const [subject, setSubject] = useState('');
  const [body, setBody] = useState('');
  const [visibility, setVisibility] = useState<(typeof VISIBILITIES)[number]>('ORGANISATION');
  const [isTold, setTold] = useState(false);
  const [isSending, setSending] = useState(false);
  const [requestKey] = useState(() => crypto.randomUUID());
  const keep = useDraft({ subject, body, visibility }, (draft) =>
    frame.api.post('profile/draft', { personId, ...draft }),
  );
  useEffect(() => {
    void attempt(async () => {
      const found = await frame.api.post<WidgetComposer>('profile/composer', { personId });
      const { draft } = found;
      if (draft) {
        setSubject((now) => now || draft.subject);
        setBody((now) => now || draft.body);
        setVisibility(VISIBILITIES.find((each) => each === draft.visibility) ?? 'PRIVATE');
      }
      setKnown(found);
    });
  }, [frame, personId, attempt]);

  const send = async (event: Event) => {
    setTold(true);
    if (subject.trim() === '' || body.trim() === '' || !isDeliberate(event)) return;
    setSending(true);
    keep.hold(true);
    const isDone = await attempt(async () => {
      await frame.api.post('profile/send', { personId, subject, body, visibility, requestKey });
      say({ text: words.sent(name) });
      await reload();
    });
    setSending(false);
    keep.hold(isDone);
    if (isDone) close();
  };

  const missing = (text: string, message: string, id: string) =>
    isTold && text.trim() === '' ? (
      <span class="bad" id={id}>
        {message}
      </span>
    ) : null;
  const isBlocked = known?.blocked != null;
  return (
    <Panel id="panel-send" title={words.sendTitle(name)} close={close}>
      {known?.blocked && <p class="bad">{known.blocked}</p>}
      {known?.recentOutreach && (
        <p class="warning">
          {words.recent(known.recentOutreach.by, momentText(known.recentOutreach.at, frame.lang, 'day'))}
        </p>
      )}
      <div class="fields">
        {known && known.templates.length > 0 && (
          <label class="field">
            {words.template}
            <select
              onChange={({ currentTarget: { value } }) => {
                const chosen = known.templates.find(({ no }) => String(no) === value);
                if (!chosen) return;
                setSubject(chosen.subject || subject);
                setBody(chosen.body);
              }}
            >
              <option value="">{words.noTemplate}</option>
              {known.templates.map(({ no, name: title }) => (
                <option key={no} value={no}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="field">
          {words.subject}
          <input
            value={subject}
            maxLength={200}
            aria-invalid={isTold && subject.trim() === ''}
            aria-describedby={isTold ? 'no-subject' : undefined}
            onInput={({ currentTarget }) => setSubject(currentTarget.value)}
          />
          {missing(subject, words.needSubject, 'no-subject')}
        </label>
        <label class="field">
          {words.text}
          <textarea
            rows={6}
            value={body}
            maxLength={20_000}
            aria-invalid={isTold && body.trim() === ''}
            aria-describedby={isTold ? 'no-body' : undefined}
            onInput={({ currentTarget }) => setBody(currentTarget.value)}
          />
          {missing(body, words.needText, 'no-body')}
        </label>
        <label class="field">
          {words.visibility}
          <select
            value={visibility}
            onChange={({ currentTarget: { value } }) =>
              setVisibility(VISIBILITIES.find((each) => each === value) ?? 'PRIVATE')
            }
          >
            {VISIBILITIES.map((each) => (
              <option key={each} value={each}>
                {words.visibilities[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="actions">
        <button
          type="button"
          class="button primary"
          disabled={isSending || isBlocked || known === null}
          onClick={(event) => void send(event)}
        >
          {isSending ? words.sending : words.sendIt}
        </button>
        <button type="button" class="button" onClick={close}>
          {words.cancel}
        </button>
        {known && <span class="muted">{words.creditsLeft(known.creditsLeft)}</span>}
      </div>
    </Panel>
  );
}
