import { join } from 'node:path';
import type { Logger } from 'pino';
import { adminRoutes } from './admin/index.ts';
import type { Config } from './config.ts';
import {
  closedProfileHook,
  exportedCandidateRoutes,
  exportRoutes,
  exportsOfMember,
} from './exports/index.ts';
import { jobBoardRoutes } from './job-board/index.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import type { Context } from './kernel/context.ts';
import { createHttpEdge, type Route } from './kernel/http.ts';
import { createLog } from './kernel/log.ts';
import { createObservation } from './kernel/observe.ts';
import { type OpenContext, openContext } from './kernel/open-context.ts';
import { type Outbox, openOutbox } from './kernel/outbox.ts';
import { Pace } from './kernel/pace.ts';
import { trustedProxies } from './kernel/proxies.ts';
import { staticRoutes } from './kernel/static-files.ts';
import { TurnedClock } from './kernel/turned-clock.ts';
import { unknownResources } from './kernel/wire-routes.ts';
import { consentNews, forgetNews, liveRoutes, matchNews } from './live/index.ts';
import { mailRoutes, openInbound, openMailSender } from './mail/index.ts';
import { type MatchDecisions, type MatchingHooks, matchingHooks } from './matching/index.ts';
import {
  LINK_LANE,
  type MemberPage,
  mailLinks,
  memberPageRoutes,
  openMemberPage,
  purgeLinks,
  takeMailReply,
} from './member-page/index.ts';
import type { MemberHook } from './members/index.ts';
import {
  type Messages,
  messageRetrievalRoutes,
  messageRoutes,
  openConversations,
  SCHEDULED_LANE,
  sendScheduled,
  tellWithdrawn,
  WITHDRAWN_LANE,
  withdrawnContactHook,
} from './messages/index.ts';
import { profileRoutes } from './profile/index.ts';
import { forgetProjectNews, projectRoutes } from './projects/index.ts';
import { deliveryRoutes, openChallenge, openSender } from './push/index.ts';
import { purgeRecords, type RecordStore, recordRoutes } from './records/index.ts';
import {
  forgetRecruiterNotes,
  noteRetrievalRoutes,
  profileUpdateHook,
  recruiterNoteRoutes,
} from './recruiter-notes/index.ts';
import { referenceRoutes } from './reference/index.ts';
import { retrievalRoutes } from './retrieval/index.ts';
import { reviewRoutes } from './review/index.ts';
import { admitClock, openSandbox, type SandboxDoors } from './sandbox/index.ts';
import { applicantMatchHook, applicantRecordHook, searchRoutes } from './search/index.ts';
import { sessionRoutes } from './session/index.ts';
import { forgetNotifications, oauthRoutes, onboardingRoutes, watchCallers } from './tenancy/index.ts';
import { forgetTraffic, openTraffic } from './traffic/index.ts';

export { type Config, ConfigError, configOf, defaultText, OPTIONS, readConfig } from './config.ts';
export { createScratchDatabase, type MatchTrial, openTrial, type TrialDecision } from './evaluation/index.ts';
export { setBoardFedElsewhere } from './job-board/index.ts';
export { BackupError } from './kernel/backup/archive.ts';
export { type BackupSummary, backup } from './kernel/backup/backup.ts';
export { masterKeyIn, type RestoreSummary, restore } from './kernel/backup/restore.ts';
export { type Clock, FakeClock, systemClock } from './kernel/clock.ts';
export type { Context } from './kernel/context.ts';
export { stopEmbeddedPostgres, stopUnusedPostgres } from './kernel/embedded-postgres.ts';
export { createLog } from './kernel/log.ts';
export { makeFolder } from './kernel/make-folder.ts';
export { holdsDeployment } from './kernel/open-owner.ts';
export { encodePersonId } from './kernel/secrets.ts';
export { openSideDatabase, type SideDatabase } from './kernel/side-database.ts';
export { ClockError, type TurnedClock } from './kernel/turned-clock.ts';
export { type ImportSummary, importMembers } from './members/index.ts';
export {
  type DeliveryFilter,
  enableDestination,
  listDeliveries,
  listDestinations,
  type Resent,
  readDelivery,
  resend,
} from './push/index.ts';
export { dumpKind, dumpRecords } from './records/index.ts';
export { addMagicMembers, durationMs, type SandboxDoors, timeAt } from './sandbox/index.ts';
export * from './tenancy/index.ts';
export { findRequests, type LoggedRequest, type RequestFilter } from './traffic/index.ts';

export interface Surroundings {
  /** What the deployment's own clock is ahead of; the machine's, if not given. */
  readonly clock?: Clock;
  readonly log?: Logger;
}

export interface PlatformSurroundings extends Surroundings {
  /** Makes it a sandbox. */
  readonly sandbox?: SandboxDoors;
}

export interface Platform {
  /** Resolves when every door answers. A port that is taken rejects before the database is touched. */
  start(): Promise<void>;
  /** Streams end, requests in flight finish (at most 5 s), workers stop, then the database is given back. */
  stop(): Promise<void>;
  /** Known once started. */
  readonly baseUrl: string;
  /** Only while started. */
  readonly deployment: Deployment;
}

const RECRUITER_APP = join(import.meta.dirname, '..', '..', 'recruiter', 'dist');
/** What is never a page of the recruiter app, even where no route answers. */
const RESERVED = [
  '/docs/',
  '/member',
  '/mail/',
  '/mailbox',
  '/v2/',
  '/rest/',
  '/oauth/',
  '/app/api/',
  '/assets/',
  '/healthz',
  '/readyz',
  '/metrics',
  '/sandbox/',
];

/** The platform without its doors: what a command needs that works beside a running one. */
export interface Deployment extends OpenContext {
  /** The same as that of `ctx`. */
  readonly turnedClock: TurnedClock;
  readonly outbox: Outbox;
  readonly records: RecordStore;
  readonly memberHooks: readonly MemberHook[];
  readonly matching: MatchingHooks;
  readonly decisions: MatchDecisions;
}

/** Opens the database and connects the slices that react to each other's writes; starts no worker. */
export async function openDeployment(
  config: Config,
  { clock: base = systemClock, log = createLog(config.logLevel) }: Surroundings = {},
): Promise<Deployment> {
  const clock = new TurnedClock(base);
  const open = await openContext(config, { clock, log });
  const { ctx } = open;
  await clock.load(ctx.db);
  const outbox = openOutbox(ctx.db, clock, log);
  const matching = matchingHooks(ctx, outbox, [applicantMatchHook, matchNews(outbox)]);
  await matching.prepare();
  return {
    ...open,
    turnedClock: clock,
    outbox,
    // Matching first: applicants are derived from its links.
    records: { ctx, outbox, hooks: [...matching.records, applicantRecordHook] },
    // Closed profiles before matching, which lets go of their records.
    memberHooks: [closedProfileHook(ctx), matching.member, profileUpdateHook(ctx)],
    matching,
    decisions: matching.decisions,
  };
}

interface Worker {
  stop(): Promise<void>;
}

/** The composition root: what is connected to what is decided here and nowhere else. */
export function createPlatform(
  config: Config,
  { clock = systemClock, log = createLog(config.logLevel), sandbox }: PlatformSurroundings = {},
): Platform {
  let deployment: Deployment | null = null;
  let workers: readonly Worker[] = [];
  let isReady = false;
  let baseUrl = '';
  const observation = createObservation(
    () => deployment?.ctx.db ?? null,
    () => isReady,
  );
  const edge = createHttpEdge(log, (request) => observation.record(request), {
    proxies: trustedProxies(config.trustedProxies),
    publicUrl: config.publicUrl,
  });

  function started(): Deployment {
    if (!deployment) throw new Error('the platform is not started');
    return deployment;
  }

  return {
    get baseUrl() {
      return baseUrl;
    },
    get deployment() {
      return started();
    },
    async start() {
      const { port } = await edge.listen(config.host, config.port);
      baseUrl =
        config.publicUrl ?? `http://${WILDCARDS.has(config.host) ? 'localhost' : config.host}:${port}`;
      deployment = await openDeployment(config, { clock, log });
      await admitClock(deployment.turnedClock, deployment.ctx.db, sandbox ?? null);
      const composed = await compose(deployment, baseUrl, sandbox ?? null);
      workers = composed.workers;
      isReady = true;
      edge.open([...observation.routes, ...composed.routes]);
      log.info({ port }, 'platform started');
    },
    async stop() {
      isReady = false;
      await edge.close();
      await Promise.all(workers.map((worker) => worker.stop()));
      workers = [];
      await deployment?.close();
      deployment = null;
      log.info('platform stopped');
    },
  };
}

const WILDCARDS = new Set(['0.0.0.0', '::']);

/** The doors, and what works behind them without being asked. */
async function compose(
  { ctx, turnedClock, outbox, records, memberHooks, matching, decisions }: Deployment,
  baseUrl: string,
  doors: SandboxDoors | null,
): Promise<{ routes: Route[]; workers: Worker[] }> {
  const upkeep = openUpkeep(records, matching);
  const whenTurned = async (): Promise<void> => {
    await upkeep.run();
    outbox.signal();
    await outbox.poll();
  };
  const sandbox = openSandbox(ctx, turnedClock, doors, whenTurned);
  const traffic = openTraffic(ctx);
  const pace = new Pace();
  const conversations = openConversations(ctx, outbox);
  const memberPage: MemberPage = openMemberPage(ctx, outbox, {
    baseUrl,
    memberHooks,
    consentHooks: [consentNews(outbox), withdrawnContactHook(outbox)],
    conversations: {
      ...conversations,
      async forget(memberId) {
        await conversations.forget(memberId);
        await forgetRecruiterNotes(ctx, memberId);
      },
    },
    exportsOf: (memberId) => exportsOfMember(ctx, memberId),
  });
  const messages: Messages = { ctx, outbox, page: memberPage };
  const mailSender = openMailSender(ctx, outbox);
  const routes = [
    ...traffic.observe(
      sandbox.around([
        ...oauthRoutes(ctx),
        ...onboardingRoutes(
          ctx,
          traffic,
          ctx.config.callbackValidation === 'on-set' ? openChallenge(ctx) : null,
        ),
        ...recordRoutes({ ...records, refusalOf: sandbox.refusalOf }, traffic),
        ...exportedCandidateRoutes(ctx, outbox, traffic),
        ...retrievalRoutes(ctx, traffic),
        ...messageRetrievalRoutes(ctx, traffic),
        ...noteRetrievalRoutes(ctx, traffic),
      ]),
    ),
    ...sandbox.routes,
    ...unknownResources,
    ...sessionRoutes(ctx),
    ...searchRoutes(ctx),
    ...profileRoutes(ctx),
    ...projectRoutes({ ctx, outbox }),
    ...reviewRoutes(ctx, outbox, decisions),
    ...exportRoutes(ctx, outbox),
    ...messageRoutes(messages),
    ...recruiterNoteRoutes(ctx),
    ...deliveryRoutes(ctx),
    ...adminRoutes(ctx, outbox),
    ...liveRoutes(ctx, outbox),
    ...jobBoardRoutes(ctx),
    ...referenceRoutes(),
    ...memberPageRoutes(memberPage),
    ...mailRoutes(ctx, openInbound(ctx, takeMailReply(memberPage))),
    ...(await staticRoutes(RECRUITER_APP, RESERVED)),
  ];
  matching.work(() => pace.turn());
  outbox.work(LINK_LANE, mailLinks(memberPage));
  outbox.work(SCHEDULED_LANE, sendScheduled(messages));
  outbox.work(WITHDRAWN_LANE, tellWithdrawn(ctx));
  const sender = openSender(ctx, outbox, {
    around: (caller) =>
      sandbox.aroundCaller(caller, { failure: 'CUT_OFF', detail: 'a fault of the sandbox' }),
  });
  traffic.start();
  await outbox.start();
  mailSender.start();
  const listening = [await watchCallers(ctx)];
  // Data of a sandbox only: elsewhere nobody can turn it.
  if (doors) listening.push(await followClock(ctx, turnedClock, whenTurned));
  const listeners = listening.map((each): Worker => ({ stop: () => each.unlisten() }));
  return {
    routes: pace.watch(routes),
    workers: [outbox, sender, mailSender, upkeep, traffic, ...listeners],
  };
}

function followClock(
  { db, log }: Context,
  clock: TurnedClock,
  whenTurned: () => Promise<void>,
): Promise<{ unlisten(): Promise<void> }> {
  const failed = (error: unknown) => log.error({ err: error }, 'a turned clock was not followed');
  return clock.follow(db, () => void whenTurned().catch(failed), failed);
}

const UPKEEP_EVERY_MS = 6 * 3_600_000;

function openUpkeep(records: RecordStore, matching: MatchingHooks): Worker & { run(): Promise<void> } {
  const ending = new AbortController();
  const unlessEnding = (error: unknown) => {
    if (!ending.signal.aborted)
      records.ctx.log.error({ err: error }, 'what has to be done now and then was not; it is tried again');
  };
  let current = matching.keepUp(ending.signal).catch(unlessEnding);
  const run = (): Promise<void> => {
    current = current.then(() => keepUp(records, matching, ending.signal)).catch(unlessEnding);
    return current;
  };
  const timer = setInterval(run, UPKEEP_EVERY_MS);
  return {
    run,
    stop() {
      clearInterval(timer);
      ending.abort();
      return current;
    },
  };
}

async function keepUp(records: RecordStore, matching: MatchingHooks, signal: AbortSignal): Promise<void> {
  await purgeRecords(records);
  await forgetTraffic(records.ctx);
  await matching.keepUp(signal);
  await purgeLinks(records.ctx);
  await forgetNotifications(records.ctx);
  await forgetNews(records);
  await forgetProjectNews(records.ctx, records.outbox);
}
