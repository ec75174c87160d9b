import type { LiveEvent } from '@carrick/protocol';
import type { Context } from '../../packages/platform/src/kernel/context.ts';
import { applyBatch, type RecordStore } from '../../packages/platform/src/records/index.ts';
import { personIdOf } from '../../packages/platform/src/search/index.ts';
import type { Tenant } from './fill.ts';
import { percentile } from './timing.ts';

interface Screen {
  readonly baseUrl: string;
  readonly cookie: string;
}

/**
 * From the moment an ATS's note is handed in until an open page has read it: stored, told by the event stream, fetched again. One note
 * after the other, each about somebody else.
 */
export async function measureNotes(
  ctx: Context,
  records: RecordStore,
  { tenantId, atsNo }: Tenant,
  { baseUrl, cookie }: Screen,
  notes: number,
): Promise<{ readonly notes: number; readonly p50: number; readonly p95: number }> {
  const people = await ctx.db.read(
    tenantId,
    async (tx) => tx<{ member_id: number; application_id: string }>`
      select p.member_id, a.id as application_id
      from applicant p
      join application a on a.tenant_id = p.tenant_id and a.ats_no = p.ats_no and a.candidate_id = p.candidate_id
      where p.tenant_id = ${tenantId} and not exists (
        select from entity_acl s where s.tenant_id = p.tenant_id and s.ats_no = p.ats_no and s.entity_id = p.job_id
      )
      order by p.member_id limit ${notes}`,
  );
  const ending = new AbortController();
  const told = await listen(baseUrl, cookie, ending.signal);
  const taken: number[] = [];
  for (const [index, { member_id, application_id }] of people.entries()) {
    const id = personIdOf(ctx, tenantId, member_id);
    const note = `Note ${index}`;
    const start = performance.now();
    const heard = told(id);
    await applyBatch(records, { tenantId, atsNo }, 'applicationNote', 'upsert', [
      { key: [application_id, note], record: { note } },
    ]);
    await heard;
    const tab = await fetch(`${baseUrl}/app/api/people/${id}/ats`, { headers: { cookie } });
    if (!(await tab.text()).includes(note)) throw new Error(`${note} was told and is not there`);
    taken.push(performance.now() - start);
  }
  ending.abort();
  return { notes: taken.length, p50: percentile(taken, 0.5), p95: percentile(taken, 0.95) };
}

/** @returns a promise of the next event about a person */
async function listen(
  baseUrl: string,
  cookie: string,
  signal: AbortSignal,
): Promise<(id: string) => Promise<void>> {
  const waiting = new Map<string, () => void>();
  const response = await fetch(`${baseUrl}/app/api/events`, { headers: { cookie }, signal });
  const read = async () => {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const messages = `${text}${chunk}`.split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages.filter((each) => each.startsWith('data: '))) {
        const { person } = JSON.parse(message.slice(6)) as LiveEvent; // the platform's own
        if (person !== undefined) waiting.get(person)?.();
      }
    }
  };
  read().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return (id) => new Promise((resolve) => waiting.set(id, resolve));
}
