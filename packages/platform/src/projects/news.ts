import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import type { Outbox } from '../kernel/outbox.ts';
import type { Session } from '../session/index.ts';
import type { ProjectRow, ProjectViewer } from './visible.ts';

export const PROJECTS_LANE = 'projects';
const KEPT_MS = 3_600_000;

/** A project changed; open pages read it again. */
export interface ProjectNews {
  readonly projectId: string;
  readonly contractId: number;
  /** Set: the project is private, and only this seat may hear of it. Who lost sight of it learns so with its next reading. */
  readonly onlySeat: number | null;
}

export function tellOfProject(
  tx: Tx,
  outbox: Outbox,
  { contractId }: Session,
  { project_id, is_private, owner_seat }: Omit<ProjectRow, 'archived_at'>,
): Statement {
  const news: ProjectNews = {
    projectId: String(project_id),
    contractId,
    onlySeat: is_private ? owner_seat : null,
  };
  return outbox.append(tx, PROJECTS_LANE, news);
}

export function mayHear({ contractId, seatId }: ProjectViewer, news: ProjectNews): boolean {
  return news.contractId === contractId && (news.onlySeat === null || news.onlySeat === seatId);
}

/** News of yesterday is in every page that was opened since. */
export async function forgetProjectNews(ctx: Context, outbox: Outbox): Promise<void> {
  const tenants = await ctx.db.lookup<{ tenant_id: number }>`select tenant_ids() as tenant_id`;
  for (const { tenant_id } of tenants)
    await ctx.db.pipeline(tenant_id, (tx) => [outbox.purge(tx, PROJECTS_LANE, ctx.clock.now() - KEPT_MS)]);
}
