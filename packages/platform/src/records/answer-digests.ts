import { createHmac } from 'node:crypto';
import {
  DEEPEST_NODE,
  DIGEST_VERSION,
  type DigestNodes,
  type DigestRows,
  errorBody,
  formatUrn,
  MOST_LEVELS,
  ProtocolError,
  RECORD_KINDS,
  type RecordKind,
  signedStatement,
  UNKNOWN_NODE,
} from '@carrick/protocol';
import type { Tx } from '../kernel/db.ts';
import type { HttpRequest } from '../kernel/http.ts';
import { encodePersonId } from '../kernel/secrets.ts';
import type { WireAnswer } from '../kernel/wire-routes.ts';
import { authenticate, type Caller, findSecrets } from '../tenancy/index.ts';
import type { Traffic } from '../traffic/index.ts';
import { KINDS } from './kinds.ts';
import { joinDigests, readDigestRows, readNodes, type StoredDigest } from './read-digests.ts';
import type { RecordStore } from './sync.ts';

const MOST_PATHS = 1_000;
/** Of one answer: whoever differs in more sends everything again for less. */
const MOST_ROWS = 50_000;

interface Question {
  readonly kind: RecordKind;
  readonly paths: readonly string[];
  /** How many levels below the paths; null asks for the records. */
  readonly levels: number | null;
}

/**
 * Ours: what is stored of a kind, as a tree of digests, for an ATS that wants to know whether both sides hold the same. A customer
 * sees its own ATS's records and nothing but keys and digests. Sums are made by reading the kind once, so one request of an
 * application is answered at a time.
 */
export function digestAnswers(store: RecordStore, traffic: Traffic) {
  const busy = new Set<number>();
  return async (request: HttpRequest): Promise<WireAnswer> => {
    const caller = await authenticate(store.ctx, request);
    const question = readQuestion(request, caller);
    const { path } = request;
    const asked = {
      resource: { name: 'digests' },
      method: 'finder',
      params: {},
      path,
      bodyText: '',
    } as const;
    await traffic.admit(request, caller, asked);
    if (busy.has(caller.applicationId))
      throw new ProtocolError(
        'THROTTLED',
        'Digests are being read for this application; ask again behind that',
      );
    busy.add(caller.applicationId);
    try {
      return {
        body:
          question.levels === null
            ? await rows(store, caller, question)
            : await nodes(store, caller, question, question.levels),
      };
    } finally {
      busy.delete(caller.applicationId);
    }
  };
}

function readQuestion({ method, path, rawQuery }: HttpRequest, caller: Caller): Question {
  if (method !== 'GET') throw new ProtocolError('BAD_REQUEST', 'digests are read by GET');
  const name = path.split('/').at(-1);
  const kind = RECORD_KINDS.find((each) => each === name);
  if (!kind)
    throw new ProtocolError(
      'NOT_FOUND',
      `There is no record kind of that name; there are ${RECORD_KINDS.join(', ')}`,
    );
  const query = new URLSearchParams(rawQuery);
  if (query.get('integrationContext') !== caller.organisationUrn)
    throw new ProtocolError('ACCESS_DENIED', errorBody('CONTEXT_NOT_OWNED').message);
  if (caller.syncRefusal) throw new ProtocolError('ACCESS_DENIED', caller.syncRefusal.message);
  const paths = query.getAll('path');
  if (paths.length === 0) paths.push('');
  const isRows = query.get('rows') === 'true';
  const levels = Number(query.get('levels') ?? 1);
  if (paths.length > MOST_PATHS)
    throw new ProtocolError('BAD_REQUEST', `digests take at most ${MOST_PATHS} paths`);
  if (!isRows && !(Number.isInteger(levels) && levels >= 0 && levels <= MOST_LEVELS))
    throw new ProtocolError('BAD_REQUEST', `levels is a number from 0 to ${MOST_LEVELS}`);
  const isUnknown = isRows && paths.length === 1 && paths[0] === UNKNOWN_NODE;
  const depth = paths[0]?.length ?? 0;
  if (!isUnknown && paths.some((each) => !/^[0-9a-f]{0,4}$/.test(each) || each.length !== depth))
    throw new ProtocolError(
      'BAD_REQUEST',
      `a path has 0 to ${DEEPEST_NODE} hexadecimal digits, as many as its neighbours`,
    );
  if (!isRows && depth + levels > DEEPEST_NODE)
    throw new ProtocolError('BAD_REQUEST', `there are no nodes below ${DEEPEST_NODE} digits: ask for rows`);
  return { kind, paths, levels: isRows ? null : levels };
}

async function nodes(
  store: RecordStore,
  caller: Caller,
  { kind, paths }: Question,
  levels: number,
): Promise<DigestNodes> {
  const { ctx } = store;
  const depth = (paths[0] ?? '').length + levels;
  const { found, revision } = await ctx.db.read(caller.tenantId, async (tx) => ({
    found: await readNodes(tx, caller, kind, { depth, below: paths }),
    revision: await snapshotOf(tx),
  }));
  const answer = {
    version: DIGEST_VERSION,
    nodes: found.nodes.map(({ path, digest, rows }) => [path, digest, rows] as const),
    unknownRows: found.unknownRows,
  };
  if (!paths.includes('')) return answer;
  const statement = {
    kind,
    integrationContext: caller.organisationUrn,
    digest: joinDigests(found.nodes.map(({ digest }) => digest)),
    rows: found.nodes.reduce((sum, { rows }) => sum + rows, 0),
    revision,
    readAt: ctx.clock.now(),
  };
  const { secrets } = await findSecrets(ctx, caller);
  const signature = createHmac('sha256', secrets[0] ?? '')
    .update(signedStatement(statement))
    .digest('hex');
  return { ...answer, statement: { ...statement, signature } };
}

async function rows(store: RecordStore, caller: Caller, { kind, paths }: Question): Promise<DigestRows> {
  const found = await store.ctx.db.read(caller.tenantId, (tx) =>
    readDigestRows(tx, caller, kind, paths, MOST_ROWS),
  );
  if (found.length > MOST_ROWS)
    throw new ProtocolError(
      'BAD_REQUEST',
      `below these paths are more than ${MOST_ROWS} records: ask for fewer`,
    );
  return { version: DIGEST_VERSION, rows: found.map((row) => wireRow(kind, row, caller)) };
}

function wireRow(kind: RecordKind, { key, digest, isClosed }: StoredDigest, { personKey }: Caller) {
  const wireKey = KINDS[kind].key.map(({ part }, index) => {
    const value = key[index] ?? '';
    return part === 'assignee' ? formatUrn('person', encodePersonId(personKey, Number(value))) : value;
  });
  return { key: wireKey, digest, ...(isClosed && { isClosed }) };
}

/** Which transactions the reading saw. */
async function snapshotOf(tx: Tx): Promise<string> {
  const [row] = await tx<{ revision: string }>`select pg_current_snapshot()::text as revision`;
  return row?.revision ?? '';
}
