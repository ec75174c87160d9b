import type { PersonActivities } from '@carrick/protocol/recruiter';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { CheckIcon, CloseIcon } from '../elements/icons.tsx';
import { clockTime } from '../elements/moment.ts';
import { Time } from '../elements/time.tsx';
import { announce } from '../shell/announcer.tsx';
import css from './activities.module.css';
import { NoteCard } from './note-card.tsx';
import { NoteForm } from './note-form.tsx';
import { activitiesQuery, changeActivities } from './queries.ts';
import { useSaving } from './saving.ts';
import { TagForm } from './tag-form.tsx';
import { words } from './words.ts';

/** What the viewer's contract did with one person. */
export function ActivitiesTab({ personId }: { personId: string }) {
  const { data, error, isPending, dataUpdatedAt, refetch } = useQuery(activitiesQuery(personId));
  const isWaiting = useDelayed(isPending);
  if (error && !data) return <Failure title={words.tabFailed} error={error} retry={() => void refetch()} />;
  if (!data) return <div className={css.waiting} aria-busy="true" data-shown={isWaiting || undefined} />;
  return (
    <div className={css.tab}>
      {error && <Stale time={clockTime(dataUpdatedAt)} retry={() => void refetch()} />}
      {data.shares.length > 0 && <Shares personId={personId} activities={data} />}
      <Follow personId={personId} isOn={data.isFollowed} />
      <Tags personId={personId} activities={data} />
      <Notes personId={personId} activities={data} />
      <Section title={words.views(data.views.length)}>
        {data.views.length === 0 && <p className={css.muted}>{words.noViews}</p>}
        <ul className={css.plain}>
          {data.views.map(({ by, isOwn, at }) => (
            <li key={`${by} ${at}`}>
              <bdi>{words.viewed(isOwn ? words.you : by)}</bdi> <span className={css.muted}>·</span>{' '}
              <span className={css.muted}>
                <Time at={at} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <h2 id={id} className={css.title}>
        {title}
      </h2>
      {children}
    </section>
  );
}

function Follow({ personId, isOn }: { personId: string; isOn: boolean }) {
  const client = useQueryClient();
  const { problem, run } = useSaving();
  return (
    <div className={css.follow}>
      <button
        type="button"
        className={button.button}
        aria-pressed={isOn}
        onClick={() => run(() => changeActivities(client, personId, 'updates', { isOn: !isOn }))}
      >
        {isOn && <CheckIcon />}
        {words.updateMe}
      </button>
      <span className={css.muted}>{isOn ? words.updatesOn : words.updateHint}</span>
      {problem !== null && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

interface PartProps {
  personId: string;
  activities: PersonActivities;
}

function Tags({ personId, activities: { tags, knownTags } }: PartProps) {
  const client = useQueryClient();
  const { problem, run } = useSaving();
  const remove = async (tag: string) => {
    await changeActivities(client, personId, 'tags/delete', { tag });
    announce(words.tagRemoved(tag));
  };
  return (
    <Section title={words.tags}>
      {tags.length === 0 ? (
        <p className={css.muted}>{words.noTags}</p>
      ) : (
        <ul className={css.tags}>
          {tags.map(({ tag, by }) => (
            <li key={tag} className={css.tag} title={by}>
              <bdi>{tag}</bdi>
              <button
                type="button"
                className={css.remove}
                aria-label={words.removeTag(tag)}
                onClick={() => run(() => remove(tag))}
              >
                <CloseIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
      {problem !== null && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
      <TagForm
        known={knownTags}
        add={async (tag) => {
          await changeActivities(client, personId, 'tags', { tag });
          announce(words.tagged(tag));
        }}
      />
    </Section>
  );
}

function Notes({ personId, activities: { notes } }: PartProps) {
  const client = useQueryClient();
  return (
    <Section title={words.notes(notes.length)}>
      <NoteForm
        save={async (note) => {
          await changeActivities(client, personId, 'notes', note);
          announce(words.saved);
        }}
      />
      {notes.length === 0 && <p className={css.muted}>{words.noNotes}</p>}
      {notes.map((note) => (
        <NoteCard key={note.no} personId={personId} note={note} />
      ))}
    </Section>
  );
}

/** Who asked whom; the words of it stand there for the two of them. */
function Shares({ personId, activities: { shares } }: PartProps) {
  const client = useQueryClient();
  const { problem, run } = useSaving();
  const takeBack = async (no: number) => {
    await changeActivities(client, personId, `shares/${no}/delete`, {});
    announce(words.shareTakenBack);
  };
  return (
    <Section title={words.shares(shares.length)}>
      <ul className={css.plain} data-testid="shares">
        {shares.map(({ no, by, to, note, isOwn, isForMe, at }) => (
          <li key={no} className={css.card}>
            <p className={css.head}>
              <bdi>{words.sharedBy(isOwn ? null : by, isForMe ? null : to)}</bdi>{' '}
              <span className={css.muted}>
                · <Time at={at} />
              </span>
            </p>
            {note && (
              <p className={css.body} dir="auto">
                {note}
              </p>
            )}
            {isOwn && (
              <div>
                <button
                  type="button"
                  className={button.text}
                  aria-label={words.takeBack(to)}
                  onClick={() => run(() => takeBack(no))}
                >
                  {words.remove}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {problem !== null && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </Section>
  );
}
