import type { PipelinePerson, ProjectPage } from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { offerUndo, say } from '../shell/notice.ts';
import { archiveInProject, moveInProject, refreshProjects } from './queries.ts';
import { words } from './words.ts';

/** What moves people within one project: tells what became of it, offers the way back, and reads everything anew. */
export function useChangePerson({ id, stages }: ProjectPage) {
  const client = useQueryClient();
  const stageName = (no: number) => stages.find((stage) => stage.no === no)?.name ?? '';

  const attempt = async (work: () => Promise<void>, failure: string) => {
    try {
      await work();
    } catch {
      say(failure);
    }
    await refreshProjects(client);
  };

  const moveTo = async (
    { person, stageNo: from, version }: Pick<PipelinePerson, 'person' | 'stageNo' | 'version'>,
    stageNo: number,
    isUndo: boolean,
  ): Promise<void> => {
    const moved = await moveInProject(id, { personId: person.id, stageNo, version });
    if (moved.status === 'overtaken') {
      say(words.move.overtaken(moved.by, stageName(moved.stageNo)));
      return;
    }
    const text = words.move.done(person.name, stageName(stageNo));
    if (isUndo) say(text);
    else
      offerUndo(text, () =>
        attempt(() => moveTo({ person, stageNo, version: moved.version }, from, true), words.move.undoFailed),
      );
  };

  return {
    move: (entry: PipelinePerson, stageNo: number) =>
      entry.stageNo === stageNo
        ? Promise.resolve()
        : attempt(() => moveTo(entry, stageNo, false), words.move.failed),
    archive: ({ person }: PipelinePerson, reason: string) =>
      attempt(async () => {
        await archiveInProject(id, { personIds: [person.id], isArchived: true, ...(reason && { reason }) });
        offerUndo(words.archive.done(person.name), () =>
          attempt(
            () => archiveInProject(id, { personIds: [person.id], isArchived: false }),
            words.move.undoFailed,
          ),
        );
      }, words.move.failed),
    restore: ({ person }: PipelinePerson) =>
      attempt(async () => {
        await archiveInProject(id, { personIds: [person.id], isArchived: false });
        say(words.archive.restored(person.name));
      }, words.move.failed),
  };
}

export type ChangePerson = ReturnType<typeof useChangePerson>;
