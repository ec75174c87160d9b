import type { TeamActivity, TeamMessage, WidgetMember } from '@carrick/protocol';
import { useState } from 'preact/hooks';
import type { Desk } from './desk.ts';
import { Block, Moment } from './elements.tsx';

function did({ kind, by, isOwn, project, reason, times }: TeamActivity, words: Desk['words']): string {
  const who = isOwn ? words.you : by;
  switch (kind) {
    case 'viewed':
      return words.viewedBy(who, times);
    case 'saved':
      return words.savedBy(who, project ?? '');
    case 'archived':
      return words.archivedBy(project ?? '', reason ?? '');
  }
}

/** The tab "Recruiting activities": what the team did with the person. */
export function Activities({ person, desk }: { person: WidgetMember; desk: Desk }) {
  const { words, frame } = desk;
  const { activities, messages, notes } = person;
  return (
    <>
      <Block title={words.activities} empty={activities.length === 0 && words.noActivities}>
        <ul class="entries">
          {activities.map((done) => (
            <li key={`${done.kind} ${done.by} ${done.project} ${done.at}`}>
              {did(done, words)}
              <div class="muted">
                <Moment at={done.at} lang={frame.lang} to="minute" />
              </div>
            </li>
          ))}
        </ul>
      </Block>
      <Block title={words.messages} empty={messages.length === 0 && words.noMessages}>
        <table class="messages">
          <thead>
            <tr>
              <th scope="col" class="to">
                {words.messageColumns.to}
              </th>
              <th scope="col">{words.messageColumns.from}</th>
              <th scope="col">{words.messageColumns.subject}</th>
              <th scope="col">{words.messageColumns.date}</th>
            </tr>
          </thead>
          {messages.map((message) => (
            <Message key={message.conversationId} message={message} to={person.name} desk={desk} />
          ))}
        </table>
      </Block>
      <Block title={words.notes} empty={notes.length === 0 && words.noNotes}>
        <ul class="entries">
          {notes.map((note) => (
            <li key={note.no}>
              <strong>{note.author}</strong>{' '}
              <span class="muted">
                <Moment at={note.modifiedAt} lang={frame.lang} to="minute" />
                {note.visibility === 'PRIVATE' && ` · ${words.privateNote}`}
              </span>
              <p class="written">{note.body}</p>
            </li>
          ))}
        </ul>
      </Block>
    </>
  );
}

/** One's own opens; of a colleague's there is nothing to open, and it says so. */
function Message({ message, to, desk }: { message: TeamMessage; to: string; desk: Desk }) {
  const { words, frame } = desk;
  const [isOpen, setOpen] = useState(false);
  const { conversationId, by, isOwn, at, subject, text, state } = message;
  return (
    <tbody>
      <tr>
        <td class="to">{to}</td>
        <td>{isOwn ? words.you : by}</td>
        <td>
          {text === null ? (
            <>
              {subject ?? words.hiddenSubject}
              {!isOwn && <div class="muted">{words.hiddenText}</div>}
            </>
          ) : (
            <button
              type="button"
              class="button-text"
              aria-expanded={isOpen}
              aria-controls={isOpen ? `message-${conversationId}` : undefined}
              onClick={() => setOpen(!isOpen)}
            >
              {subject}
            </button>
          )}
          {words.states[state] && <div class="muted">{words.states[state]}</div>}
        </td>
        <td>
          <Moment at={at} lang={frame.lang} to="day" />
        </td>
      </tr>
      {isOpen && (
        <tr id={`message-${conversationId}`}>
          <td colSpan={4} class="written">
            {text}
          </td>
        </tr>
      )}
    </tbody>
  );
}
