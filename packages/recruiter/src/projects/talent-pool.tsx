import type { PersonInProject, PersonRow, ProjectPage } from '@carrick/protocol/recruiter';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';
import { searchQuery } from '../api/queries.ts';
import { AtsChip } from '../ats-card/ats-chip.tsx';
import { Avatar } from '../elements/avatar.tsx';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { Failure } from '../elements/failure.tsx';
import { CheckIcon } from '../elements/icons.tsx';
import { usePaused } from '../matches/find-dialog.tsx';
import { messages } from '../messages.ts';
import { PersonLink } from '../search/person-link.tsx';
import { describePosition, dotted } from '../search/person-words.ts';
import { offerUndo, say } from '../shell/notice.ts';
import list from './pipeline.module.css';
import { ProjectSearch } from './project-search.tsx';
import { refreshProjects, removeFromProject, saveToProject, standingQuery } from './queries.ts';
import { words as all } from './words.ts';

const words = all.pool;

/** People found by the project's title at first, and who of them is in the pipeline already. */
export function TalentPool({ project }: { project: ProjectPage }) {
  const [text, setText] = useState(project.title);
  const q = usePaused(text);
  const { me } = useRouteContext({ from: '/shell' });
  const { data, error, isPending, refetch } = useQuery(searchQuery(q ? { q } : {}));
  // A project holds members.
  const people = (data?.people ?? []).filter((person) => !person.onlyInAts);
  const standing = useQuery(standingQuery(people.map(({ id }) => id))).data?.people;
  const isWaiting = useDelayed(isPending);
  return (
    <section className={list.pool} aria-busy={isPending} aria-label={all.project.pool}>
      <p className={list.lead}>{words.lead}</p>
      <ProjectSearch label={words.label} hint={words.hint} text={text} setText={setText} />
      {error && !data && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
      {isPending && isWaiting && <span className={list.bone} aria-hidden="true" data-testid="skeleton" />}
      {data && people.length === 0 && (
        <div className={list.empty}>
          <h2 className={list.emptyTitle}>{words.empty}</h2>
          <p>{words.emptyHint}</p>
        </div>
      )}
      {people.length > 0 && (
        <>
          <p className={list.total} role="status">
            {messages.search.people(data?.total ?? 0)}
          </p>
          <ul className={list.people} data-testid="pool">
            {people.map((person) => (
              <li key={person.id} className={list.row} data-row>
                <Avatar name={person.name} url={person.pictureUrl} size="line" />
                <div className={list.who}>
                  <PersonLink person={person} className={list.name} />
                  <p className={list.detail} dir="auto">
                    {dotted(person.current[0] && describePosition(person.current[0]), person.location)}
                  </p>
                </div>
                <AtsChip personId={person.id} name={person.name} atss={person.inAts} atsLabel={me.atsLabel} />
                <Save
                  project={project}
                  person={person}
                  present={standing?.[person.id]?.find(({ projectId }) => projectId === project.id)}
                />
              </li>
            ))}
          </ul>
          {(data?.total ?? 0) > people.length && (
            <Link to="/search" search={q ? { q } : {}}>
              {words.more}
            </Link>
          )}
        </>
      )}
    </section>
  );
}

function Save({
  project: { id, title, archivedAt },
  person,
  present,
}: {
  project: ProjectPage;
  person: PersonRow;
  present: PersonInProject | undefined;
}) {
  const client = useQueryClient();
  if (present && (present.isActive || archivedAt !== null))
    return (
      <span className={list.present}>
        <CheckIcon />
        {words.inIt(present.stage)}
      </span>
    );
  const save = async () => {
    try {
      await saveToProject(id, [person.id]);
      offerUndo(all.save.done([person.name], title), async () => {
        await removeFromProject(id, [person.id]).catch(() => say(all.move.undoFailed));
        await refreshProjects(client);
      });
    } catch {
      say(all.save.failed);
    }
    await refreshProjects(client);
  };
  return (
    <button
      type="button"
      className={button.button}
      aria-label={words.saveFor(person.name)}
      onClick={() => void save()}
    >
      {words.save}
    </button>
  );
}
