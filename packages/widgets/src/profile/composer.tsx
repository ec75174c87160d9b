import type { MessageVisibility, WidgetComposer, WidgetMember } from '@carrick/protocol';
import { useEffect, useState } from 'preact/hooks';
import { isDeliberate } from '../frame/settled.ts';
import type { Desk } from './desk.ts';
import { momentText, Panel } from './elements.tsx';

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
  useEffect(() => {
    void attempt(async () =>
      setKnown(await frame.api.post<WidgetComposer>('profile/composer', { personId })),
    );
  }, [frame, personId, attempt]);

  const send = async (event: Event) => {
    setTold(true);
    if (subject.trim() === '' || body.trim() === '' || !isDeliberate(event)) return;
    setSending(true);
    const isDone = await attempt(async () => {
      await frame.api.post('profile/send', { personId, subject, body, visibility, requestKey });
      say({ text: words.sent(name) });
      await reload();
    });
    setSending(false);
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
