import type {
  WidgetComposer,
  WidgetDecided,
  WidgetDecideRequest,
  WidgetProjects,
  WidgetSaved,
  WidgetSaveRequest,
} from '@carrick/protocol';
import { loadViewer } from '../../access/index.ts';
import type { Context } from '../../kernel/context.ts';
import { memberIdOf, readPersonMessages } from '../../messages/index.ts';
import {
  createProject,
  type Projects,
  readProjects,
  readStanding,
  savePeople,
} from '../../projects/index.ts';
import { type Deciding, decide } from '../../review/index.ts';
import { Refusal, type Session } from '../../session/index.ts';
import type { WidgetViewer } from '../viewer.ts';
import { personUrn } from './read-member.ts';

/** What a seat does from inside the ATS: the app's own doors, with the one person of the record. */

/** @throws Refusal MAY_NOT_DECIDE; NOT_FOUND for a candidate or person that is not there, alike for both */
export async function decideHere(
  deciding: Deciding,
  { session, atsNo, applicationId, candidateId }: WidgetViewer & { readonly candidateId: string },
  { personId, verdict }: WidgetDecideRequest,
): Promise<WidgetDecided> {
  const { ctx } = deciding;
  const { decisionNo } = await decide(deciding, session, { atsNo, candidateId, personId, verdict });
  return { decisionNo, urn: personUrn(ctx, applicationId, memberIdOf(ctx, session, personId)) };
}

export async function listProjects(
  ctx: Context,
  session: Session,
  personId: string,
): Promise<WidgetProjects> {
  const memberId = memberIdOf(ctx, session, personId);
  return ctx.db.read(session.tenantId, async (tx) => {
    const viewer = await loadViewer(tx, session, 'widget');
    const [{ projects }, standing] = await Promise.all([
      readProjects(tx, viewer, { sort: 'used', isArchived: false }),
      readStanding(tx, viewer, [memberId]),
    ]);
    return {
      projects: projects.map(({ id, title, isPrivate }) => ({ id, title, isPrivate })),
      savedIn: (standing.get(memberId) ?? [])
        .filter((each) => each.isActive)
        .map(({ projectId }) => projectId),
    };
  });
}

/** @throws Refusal NO_SUCH_PROJECT, NOT_FOUND */
export async function saveTo(
  projects: Projects,
  session: Session,
  { personId, project }: WidgetSaveRequest,
): Promise<WidgetSaved> {
  const { ctx } = projects;
  const id =
    'id' in project ? project.id : (await createProject(projects, session, { title: project.title })).id;
  const { already } = await savePeople(projects, session, projectIdOf(id), { personIds: [personId] });
  const [row] = await ctx.db.read(
    session.tenantId,
    async (tx) =>
      tx<{
        title: string;
      }>`select title from project where tenant_id = ${session.tenantId} and project_id = ${projectIdOf(id)}`,
  );
  return { projectId: id, title: row?.title ?? '', isAlready: already > 0 };
}

function projectIdOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Refusal('NO_SUCH_PROJECT');
  return Number(text);
}

export async function readComposer(
  ctx: Context,
  session: Session,
  personId: string,
): Promise<WidgetComposer> {
  const { blocked, creditsLeft, recentOutreach, draft, templates } = await readPersonMessages(
    ctx,
    session,
    personId,
  );
  return {
    blocked: blocked?.message ?? null,
    creditsLeft,
    recentOutreach,
    draft: draft && { subject: draft.subject, body: draft.body, visibility: draft.visibility },
    templates: templates.map(({ no, name, subject, body }) => ({ no, name, subject, body })),
  };
}
