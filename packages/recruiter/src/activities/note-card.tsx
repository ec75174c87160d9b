import type { RecruiterNote } from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { Time } from '../elements/time.tsx';
import { announce } from '../shell/announcer.tsx';
import css from './activities.module.css';
import { NoteForm } from './note-form.tsx';
import { changeActivities } from './queries.ts';
import { useSaving } from './saving.ts';
import { words } from './words.ts';

export function NoteCard({ personId, note }: { personId: string; note: RecruiterNote }) {
  const { no, body, visibility, author, isOwn, createdAt, modifiedAt } = note;
  const client = useQueryClient();
  const [isEdited, setEdited] = useState(false);
  const { problem, run } = useSaving();
  const remove = async () => {
    await changeActivities(client, personId, `notes/${no}/delete`, {});
    announce(words.deleted);
  };
  if (isEdited)
    return (
      <div className={css.card}>
        <NoteForm
          initial={{ body, visibility }}
          isFocused
          cancel={() => setEdited(false)}
          save={async (changed) => {
            await changeActivities(client, personId, `notes/${no}`, changed);
            announce(words.saved);
            setEdited(false);
          }}
        />
      </div>
    );
  return (
    <article className={css.card} data-testid="note">
      <p className={css.head}>
        <bdi>{isOwn ? words.you : author}</bdi> <span className={css.muted}>·</span>{' '}
        <span className={css.muted}>
          <Time at={createdAt} />
          {modifiedAt > createdAt && ` (${words.changed})`}
        </span>
        {visibility === 'PRIVATE' && <span className={css.mark}>{words.onlyMe}</span>}
      </p>
      <p className={css.body} dir="auto">
        {body}
      </p>
      {isOwn && (
        <div className={css.actions}>
          <button type="button" className={button.text} onClick={() => setEdited(true)}>
            {words.edit}
          </button>
          <button type="button" className={button.text} onClick={() => run(remove)}>
            {words.remove}
          </button>
        </div>
      )}
      {problem !== null && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </article>
  );
}
