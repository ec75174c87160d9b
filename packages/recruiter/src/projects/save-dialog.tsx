import { Dialog } from '@base-ui/react/dialog';
import type { OutreachAnswer, PersonInProject, ProjectSummary } from '@carrick/protocol/recruiter';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import button from '../elements/button.module.css';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import { Failure } from '../elements/failure.tsx';
import { CheckIcon, WarningIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { SearchInput } from '../elements/search-input.tsx';
import { Time } from '../elements/time.tsx';
import { announce } from '../shell/announcer.tsx';
import { offerUndo, say } from '../shell/notice.ts';
import { closeSave, type Savable } from './open-save.ts';
import {
  activeProjects,
  createProject,
  outreachQuery,
  projectsQuery,
  refreshProjects,
  removeFromProject,
  saveToProject,
  standingQuery,
} from './queries.ts';
import css from './save-dialog.module.css';
import { words as all } from './words.ts';

const words = all.save;
const MOST_WARNINGS = 3;

/** Chooses the project, or makes one; tells first who else is in touch with these people. */
export function SaveDialog({ people }: { people: readonly Savable[] }) {
  const [text, setText] = useState('');
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(projectsQuery());
  const standing = useQuery(standingQuery(people.map(({ id }) => id))).data?.people;
  const outreach = useQuery(outreachQuery(people.map(({ id }) => id))).data?.people;
  const name = text.trim();
  const found = (data?.projects ?? []).filter(({ title }) =>
    title.toLowerCase().includes(name.toLowerCase()),
  );

  const save = async (projectId: string, title: string) => {
    const ids = people.map(({ id }) => id);
    const present = ids.filter((id) => standing?.[id]?.some((each) => each.projectId === projectId));
    const { saved } = await saveToProject(projectId, ids);
    closeSave();
    if (saved === 0) say(words.already(title));
    else
      offerUndo(
        words.done(
          people.map((person) => person.name),
          title,
        ),
        async () => {
          await removeFromProject(
            projectId,
            ids.filter((id) => !present.includes(id)),
          ).catch(() => say(all.move.undoFailed));
          await refreshProjects(client);
        },
      );
    await refreshProjects(client);
  };
  const doing = async (what: string, work: () => Promise<void>) => {
    if (busyWith !== null) return;
    setBusyWith(what);
    try {
      await work();
    } catch {
      setBusyWith(null);
      announce(words.failed);
      say(words.failed);
    }
  };
  const create = () =>
    doing('new', async () => {
      const { id } = await createProject({ title: name });
      await save(id, name);
    });

  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeSave()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={`${overlay.dialog} ${css.dialog}`} initialFocus={field}>
          <DialogHeading title={words.title(people.map((each) => each.name))} closeLabel={words.close} />
          <Warning people={people} standing={standing} outreach={outreach} />
          <SearchInput
            ref={field}
            label={words.search}
            hint={words.search}
            value={text}
            change={setText}
            maxLength={120}
          />
          <div className={css.results}>
            {error && !data && <Failure title={all.list.failed} error={error} retry={() => void refetch()} />}
            <ul className={css.list} aria-label={words.choose} aria-busy={!data && !error}>
              {found.map((project) => (
                <Choice
                  key={project.id}
                  project={project}
                  people={people}
                  standing={standing}
                  isBusy={busyWith === project.id}
                  save={() => void doing(project.id, () => save(project.id, project.title))}
                />
              ))}
            </ul>
            {data && found.length === 0 && (
              <p className={css.none}>{data.projects.length === 0 ? words.noneYet : words.none}</p>
            )}
          </div>
          <div className={css.foot}>
            <button
              type="button"
              className={button.button}
              aria-disabled={name === '' || busyWith !== null || undefined}
              onClick={() => (name === '' ? field.current?.focus() : void create())}
            >
              {name === '' ? words.create : words.createNamed(name)}
            </button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ChoiceProps {
  project: ProjectSummary;
  people: readonly Savable[];
  standing: Readonly<Record<string, readonly PersonInProject[]>> | undefined;
  isBusy: boolean;
  save(): void;
}

function Choice({ project, people, standing, isBusy, save }: ChoiceProps) {
  const { id, title, isPrivate, active } = project;
  const present = people.filter((person) =>
    activeProjects(standing?.[person.id]).some(({ projectId }) => projectId === id),
  ).length;
  return (
    <li className={css.choice}>
      <div className={css.words}>
        <p className={css.title} dir="auto">
          {title}
        </p>
        <p className={css.detail}>
          {all.bar.active(active)}
          {isPrivate && ` · ${all.list.private}`}
        </p>
      </div>
      {present > 0 && (
        <span className={css.present}>
          <CheckIcon />
          {words.isIn(present, people.length)}
        </span>
      )}
      {present < people.length && (
        <button
          type="button"
          className={button.button}
          aria-label={words.saveTo(title)}
          aria-disabled={isBusy || undefined}
          onClick={save}
        >
          {words.save}
        </button>
      )}
    </li>
  );
}

/** Which colleagues are in touch with somebody of these, by message or in an active project of theirs: who and when. */
function Warning({
  people,
  standing,
  outreach,
}: Pick<ChoiceProps, 'people' | 'standing'> & { outreach: OutreachAnswer['people'] | undefined }) {
  const lines = people.flatMap(({ id, name }) => {
    const written = outreach?.[id];
    return [
      ...(written ? [{ key: id, text: words.writtenLine(name, written.by), at: written.at }] : []),
      ...activeProjects(standing?.[id])
        .filter(({ isOwn }) => !isOwn)
        .map(({ projectId, by, title, stage, at }) => ({
          key: `${id} ${projectId}`,
          text: words.warningLine(name, by, title, stage),
          at,
        })),
    ];
  });
  if (lines.length === 0) return null;
  return (
    <div className={css.warning} role="status" data-testid="outreach-warning">
      <WarningIcon />
      <div className={css.words}>
        <p className={css.warningTitle}>{words.warning}</p>
        <ul>
          {lines.slice(0, MOST_WARNINGS).map(({ key, text, at }) => (
            <li key={key}>
              {text} · <Time at={at} />
            </li>
          ))}
          {lines.length > MOST_WARNINGS && <li>{words.moreWarnings(lines.length - MOST_WARNINGS)}</li>}
        </ul>
      </div>
    </div>
  );
}
