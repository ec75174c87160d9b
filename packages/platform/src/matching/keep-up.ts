import { countGenericIdentifiers } from './generic-identifiers.ts';
import type { Matcher } from './matcher.ts';
import { fillForms } from './member-forms.ts';
import { modelKeeping } from './publish.ts';

/** What nobody asks for and must be done now and then. */
export async function keepMatching(matcher: Matcher, signal: AbortSignal): Promise<void> {
  const { ctx } = matcher;
  await countGenericIdentifiers(matcher);
  await forgetEvents(matcher);
  await fillForms(matcher, signal);
  const models = modelKeeping(matcher);
  const current = await models.current();
  if (current.isOfThisForm) return;
  // No model at all, or keys of a form that the program no longer looks for: nothing to compare with in the shadow.
  const [row] = await ctx.db.lookup<{
    exists: boolean;
  }>`select exists (select from member where not is_closed)`;
  if (!row?.exists) return;
  const modelNo = await models.make(signal);
  await models.publish(modelNo);
  ctx.log.info({ modelNo }, 'a first matching model was made of the members and published');
}

/** Of candidates who were deleted the log of links keeps a hash of the id, and that for a while. */
async function forgetEvents({ ctx }: Matcher): Promise<void> {
  const tenants = await ctx.db.lookup<{ id: number }>`select id from tenant_ids() as id`;
  for (const { id } of tenants)
    await ctx.db.pipeline(id, (tx) => [
      tx`delete from match_event where tenant_id = ${id} and forget_at < ${ctx.clock.now()}`,
    ]);
}
