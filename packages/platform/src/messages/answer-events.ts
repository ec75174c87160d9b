import {
  collectionResponse,
  formatUrn,
  type ParamValue,
  ProtocolError,
  parsePage,
  type RawParams,
  textParam,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { projectCollection } from '../kernel/project-answer.ts';
import { encodePersonId } from '../kernel/secrets.ts';
import type { Throttle } from '../kernel/throttle.ts';
import type { WireRequest } from '../kernel/wire-request.ts';
import type { WireAnswer } from '../kernel/wire-routes.ts';
import { type Caller, requireOpenSeat } from '../tenancy/index.ts';

/** "Poll windows are at most 12 hours." */
const LONGEST_WINDOW_MS = 12 * 3_600_000;
const MOST = 1_000;

interface EventRow {
  readonly message_no: number;
  readonly conversation_id: number;
  readonly owner_id: number;
  readonly member_id: number;
  readonly is_from_member: boolean;
  readonly kind: 'MESSAGE' | 'REPLY' | 'ACCEPT' | 'DECLINE';
  readonly visibility: string;
  readonly subject: string;
  readonly body: string;
  readonly created_at: number;
}

const TYPES = {
  MESSAGE: 'INMAIL',
  REPLY: 'INMAIL_REPLY',
  ACCEPT: 'INMAIL_ACCEPT',
  DECLINE: 'INMAIL_DECLINE',
} as const satisfies Record<EventRow['kind'], string>;

/** `q=criteria&viewer=…`: what was written in the conversations of one seat, private ones too, oldest first. Start inclusive, end exclusive. */
export async function findEvents(
  ctx: Context,
  viewers: Throttle,
  caller: Caller,
  { params, path, rawQuery }: WireRequest,
): Promise<WireAnswer> {
  if (textParam(params, 'q') !== 'criteria')
    throw new ProtocolError('BAD_REQUEST', 'The only finder here is q=criteria');
  const viewer = textParam(params, 'viewer') ?? '';
  if (viewer === '') throw new ProtocolError('BAD_REQUEST', "Parameter 'viewer' is missing");
  const page = parsePage(params);
  if (page.count > MOST) throw new ProtocolError('BAD_REQUEST', `count is at most ${MOST}`);
  const { from, to } = windowOf(params, ctx.clock.now());
  const { tenantId, applicationId, personKey } = caller;
  const { rows, total } = await ctx.db.read(tenantId, async (tx) => {
    const { seatId } = await requireOpenSeat(tx, caller, viewer);
    const retryAfterMs = viewers.attempt(`${applicationId} ${seatId}`);
    if (retryAfterMs > 0)
      throw new ProtocolError('THROTTLED', 'At most 12 calls a minute for one viewer', { retryAfterMs });
    const found = tx`
      from conversation c
      join conversation_message g on g.tenant_id = c.tenant_id and g.conversation_id = c.conversation_id
      join seat s on s.tenant_id = c.tenant_id and s.seat_id = c.seat_id
      where c.tenant_id = ${tenantId} and c.seat_id = ${seatId} and c.state <> 'SCHEDULED'
        and g.created_at >= ${from} and g.created_at < ${to}`;
    const [events, [counted]] = await tx.flight([
      tx<EventRow>`
        select g.message_no, c.conversation_id, s.member_id as owner_id, c.member_id, g.seat_id is null as is_from_member, g.kind,
          c.visibility, g.body, g.created_at,
          (
            select f.subject from conversation_message f
            where f.tenant_id = c.tenant_id and f.conversation_id = c.conversation_id order by f.message_no limit 1
          ) as subject
        ${found} order by g.created_at, g.message_no offset ${page.start} limit ${page.count}`,
      tx<{ total: number }>`select count(*) as total ${found}`,
    ]);
    return { rows: events, total: counted?.total ?? 0 };
  });
  const person = (memberId: number) => formatUrn('person', encodePersonId(personKey, memberId));
  const elements = rows.map((row) => ({
    id: formatUrn('conversationEvent', row.message_no),
    conversation: formatUrn('conversation', row.conversation_id),
    author: person(row.is_from_member ? row.member_id : row.owner_id),
    recipients: [person(row.is_from_member ? row.owner_id : row.member_id)],
    createdAt: row.created_at,
    type: TYPES[row.kind],
    visibility: row.visibility === 'PRIVATE' ? 'PRIVATE' : 'PUBLIC',
    content: { subject: row.subject, body: row.body },
  }));
  return { body: projectCollection(params, collectionResponse(elements, page, { total, path, rawQuery })) };
}

/** Without an end the window ends now; without a start it is as long as it may be. */
function windowOf(params: RawParams, now: number): { readonly from: number; readonly to: number } {
  const range = params.values.get('timeRange');
  if (range !== undefined && !isMap(range))
    throw new ProtocolError('BAD_REQUEST', "Parameter 'timeRange' has a start and an end");
  const end = timeIn(range?.get('end'), 'timeRange.end');
  const start = timeIn(range?.get('start'), 'timeRange.start');
  const to = end ?? (start === null ? now + 1 : Math.min(now + 1, start + LONGEST_WINDOW_MS));
  const from = start ?? to - LONGEST_WINDOW_MS;
  if (from > to) throw new ProtocolError('BAD_REQUEST', 'timeRange.start is behind timeRange.end');
  if (to - from > LONGEST_WINDOW_MS)
    throw new ProtocolError('BAD_REQUEST', 'timeRange is at most 12 hours: ask for several');
  return { from, to };
}

function isMap(value: ParamValue): value is ReadonlyMap<string, ParamValue> {
  return value instanceof Map;
}

function timeIn(value: ParamValue | undefined, name: string): number | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
  throw new ProtocolError('BAD_REQUEST', `Parameter '${name}' must be epoch milliseconds`);
}
