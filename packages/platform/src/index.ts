import { join } from 'node:path';
import type { Logger } from 'pino';
import { adminRoutes, recordCountRoutes } from './admin/index.ts';
import type { Config } from './config.ts';
import type { ConsentHook } from './consent/index.ts';
import {
  askErasure,
  confirmErasure,
  erasureRoutes,
  forgetLogs,
  openErasureWork,
  proveErasures,
} from './erasure/index.ts';
import {
  closedProfileHook,
  exportedCandidateRoutes,
  exportRoutes,
  exportsOfMember,
} from './exports/index.ts';
import { firstStepRoutes } from './first-steps/index.ts';
import { jobBoardRoutes } from './job-board/index.ts';
import { jobRoutes } from './jobs/index.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import type { Context } from './kernel/context.ts';
import { createHttpEdge, type Route, type Tls } from './kernel/http.ts';
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
import { noticeRoutes } from './notices/index.ts';
import { type PartnerDoors, partnerConsoleRoutes } from './partner-console/index.ts';
import { peopleFileRoutes } from './people-file/index.ts';
import { profileRoutes } from './profile/index.ts';
import { forgetProjectNews, projectRoutes } from './projects/index.ts';
import { deliveryRoutes, listDeliveries, openChallenge, openSender, openTestEvent } from './push/index.ts';
import { purgeRecords, type RecordStore, recordRoutes } from './records/index.ts';
import {
  forgetRecruiterNotes,
  noteRetrievalRoutes,
  profileUpdateHook,
  recruiterNoteRoutes,
} from './recruiter-notes/index.ts';
import { referenceRoutes } from './reference/index.ts';
import { reportRoutes } from './reports/index.ts';
import { retrievalRoutes } from './retrieval/index.ts';
import { reviewRoutes } from './review/index.ts';
import { admitClock, openSandbox, type SandboxDoors } from './sandbox/index.ts';
import {
  applicantMatchHook,
  applicantRecordHook,
  applicantStageHook,
  memberDocumentHook,
  savedSearchRoutes,
  searchRoutes,
} from './search/index.ts';
import {
  accountRoutes,
  mailResets,
  oidcRoutes,
  PASSWORD_LANE,
  type PasswordLinks,
  sessionRoutes,
  signInThrottle,
} from './session/index.ts';
import { forgetNotifications, oauthRoutes, onboardingRoutes, watchCallers } from './tenancy/index.ts';
import { forgetTraffic, openTraffic } from './traffic/index.ts';
import { closeWidgetSessions, widgetProfileRoutes, widgetRoutes } from './widgets/index.ts';

export { type Config, ConfigError, configOf, defaultText, OPTIONS, readConfig } from './config.ts';
export {
  askErasure,
  certificateKey,
  confirmErasure,
  type Erasure,
  type ErasureDesk,
  ErasureError,
  isSignedBy,
  listErasures,
  proveErasures,
  readPersonalData,
  runErasure,
  type Subject,
} from './erasure/index.ts';
export { createScratchDatabase, type MatchTrial, openTrial, type TrialDecision } from './evaluation/index.ts';
export { setBoardFedElsewhere } from './job-board/index.ts';
export { BackupError } from './kernel/backup/archive.ts';
export { type BackupSummary, backup } from './kernel/backup/backup.ts';
export { masterKeyIn, type RestoreSummary, restore } from './kernel/backup/restore.ts';
export { type Clock, FakeClock, systemClock } from './kernel/clock.ts';
export type { Context } from './kernel/context.ts';
export { stopEmbeddedPostgres, stopUnusedPostgres } from './kernel/embedded-postgres.ts';
export type { Tls } from './kernel/http.ts';
export { createLog } from './kernel/log.ts';
export { makeFolder } from './kernel/make-folder.ts';
export { holdsDeployment } from './kernel/open-owner.ts';
export { encodePersonId } from './kernel/secrets.ts';
export { openSideDatabase, type SideDatabase } from './kernel/side-database.ts';
export { ClockError, type TurnedClock } from './kernel/turned-clock.ts';
export { type ImportSummary, importMembers, memberByExternalId } from './members/index.ts';
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
  /** Speaks TLS itself: for development, where no proxy does it. */
  readonly tls?: Tls | null;
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
  /** What it answers, in the order of the table; a path that ends with a slash stands for everything below it. */
  readonly routes: readonly Pick<Route, 'method' | 'path'>[];
}

const RECRUITER_APP = join(import.meta.dirname, '..', '..', 'recruiter', 'dist');
/** What is never a page of the recruiter app, even where no route answers. */
const RESERVED = [
  '/ats/',
  '/docs/',
  '/member',
  '/mail/',
  '/mailbox',
  '/v2/',
  '/rest/',
  '/carrick/',
  '/oauth/',
  '/app/api/',
  '/app/oidc/',
  '/assets/',
  '/healthz',
  '/readyz',
  '/metrics',
  '/sandbox/',
  '/widgets/',
  '/xdoor/',
];

/** The platform without its doors: what a command needs that works beside a running one. */
export interface Deployment extends OpenContext {
  /** The same as that of `ctx`. */
  readonly turnedClock: TurnedClock;
  readonly outbox: Outbox;
  readonly records: RecordStore;
  readonly memberHooks: readonly MemberHook[];
  /** Told when a member gives or withdraws consent to share contact data. */
  readonly consentHooks: readonly ConsentHook[];
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
    records: { ctx, outbox, hooks: [...matching.records, applicantRecordHook, applicantStageHook] },
    // Closed profiles before matching, which lets go of their records.
    memberHooks: [closedProfileHook(ctx), matching.member, profileUpdateHook(ctx), memberDocumentHook],
    consentHooks: [consentNews(outbox), withdrawnContactHook(outbox)],
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
  { clock = systemClock, log = createLog(config.logLevel), sandbox, tls = null }: PlatformSurroundings = {},
): Platform {
  let deployment: Deployment | null = null;
  let workers: readonly Worker[] = [];
  let routes: readonly Route[] = [];
  let isReady = false;
  let baseUrl = '';
  const observation = createObservation(
    () => deployment?.ctx.db ?? null,
    () => isReady,
  );
  const edge = createHttpEdge(log, (request) => observation.record(request), {
    proxies: trustedProxies(config.trustedProxies),
    publicUrl: config.publicUrl,
    tls,
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
    get routes() {
      return routes;
    },
    async start() {
      const { port } = await edge.listen(config.host, config.port);
      const host = WILDCARDS.has(config.host) ? 'localhost' : config.host;
      baseUrl = config.publicUrl ?? `${tls ? 'https' : 'http'}://${host}:${port}`;
      deployment = await openDeployment(config, { clock, log });
      await admitClock(deployment.turnedClock, deployment.ctx.db, sandbox ?? null);
      const composed = await compose(deployment, baseUrl, sandbox ?? null);
      workers = composed.workers;
      isReady = true;
      routes = [...observation.routes, ...composed.routes];
      edge.open(routes);
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
  deployment: Deployment,
  baseUrl: string,
  doors: SandboxDoors | null,
): Promise<{ routes: Route[]; workers: Worker[] }> {
  const { ctx, turnedClock, outbox, records, memberHooks, consentHooks, matching, decisions } = deployment;
  const upkeep = openUpkeep(deployment);
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
    consentHooks,
    conversations: {
      ...conversations,
      async forget(memberId) {
        await conversations.forget(memberId);
        await forgetRecruiterNotes(ctx, memberId);
      },
    },
    async orderErasure(memberId) {
      const { id } = await askErasure(deployment, { kind: 'member', memberId }, null);
      await confirmErasure(deployment, 0, id);
    },
    exportsOf: (memberId) => exportsOfMember(ctx, memberId),
  });
  const messages: Messages = { ctx, outbox, page: memberPage };
  const passwordLinks: PasswordLinks = { ctx, outbox, baseUrl };
  const mailSender = openMailSender(ctx, outbox);
  const partnerDoors: PartnerDoors = {
    sendTestEvent: openTestEvent(ctx),
    listDeliveries: (tenantId, filter) => listDeliveries(ctx, tenantId, filter),
  };
  const erasureWork = openErasureWork(deployment);
  const signIns = signInThrottle(ctx);
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
    ...recordCountRoutes(ctx),
    ...sandbox.routes,
    ...unknownResources,
    ...sessionRoutes(ctx, { throttle: signIns, signOutHooks: [closeWidgetSessions] }),
    ...(await widgetRoutes(ctx, outbox, signIns)),
    ...accountRoutes(passwordLinks, memberHooks),
    ...oidcRoutes(ctx, baseUrl),
    ...firstStepRoutes(ctx),
    ...searchRoutes(ctx),
    ...savedSearchRoutes(ctx),
    ...peopleFileRoutes(ctx),
    ...profileRoutes(ctx),
    ...jobRoutes(ctx),
    ...projectRoutes({ ctx, outbox }),
    ...reviewRoutes(ctx, outbox, decisions),
    ...exportRoutes(ctx, outbox),
    ...messageRoutes(messages),
    ...noticeRoutes(ctx),
    ...reportRoutes(ctx),
    ...recruiterNoteRoutes(ctx),
    ...widgetProfileRoutes(messages, decisions),
    ...deliveryRoutes(ctx),
    ...adminRoutes(ctx, outbox),
    ...partnerConsoleRoutes(ctx, partnerDoors),
    ...erasureRoutes(deployment),
    ...liveRoutes(ctx, outbox),
    ...jobBoardRoutes(ctx),
    ...referenceRoutes(),
    ...memberPageRoutes(memberPage),
    ...mailRoutes(ctx, openInbound(ctx, takeMailReply(memberPage))),
    ...(await staticRoutes(RECRUITER_APP, RESERVED)),
  ];
  matching.work(() => pace.turn());
  outbox.work(LINK_LANE, mailLinks(memberPage));
  outbox.work(PASSWORD_LANE, mailResets(passwordLinks));
  outbox.work(SCHEDULED_LANE, sendScheduled(messages));
  outbox.work(WITHDRAWN_LANE, tellWithdrawn(ctx));
  const sender = openSender(ctx, outbox, {
    around: (caller) =>
      sandbox.aroundCaller(caller, { failure: 'CUT_OFF', detail: 'a fault of the sandbox' }),
  });
  traffic.start();
  await outbox.start();
  mailSender.start();
  erasureWork.start();
  const listening = [await watchCallers(ctx)];
  // Data of a sandbox only: elsewhere nobody can turn it.
  if (doors) listening.push(await followClock(ctx, turnedClock, whenTurned));
  const listeners = listening.map((each): Worker => ({ stop: () => each.unlisten() }));
  return {
    routes: pace.watch(routes),
    workers: [outbox, sender, mailSender, erasureWork, upkeep, traffic, ...listeners],
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

function openUpkeep(deployment: Deployment): Worker & { run(): Promise<void> } {
  const { records, matching } = deployment;
  const ending = new AbortController();
  const unlessEnding = (error: unknown) => {
    if (!ending.signal.aborted)
      records.ctx.log.error({ err: error }, 'what has to be done now and then was not; it is tried again');
  };
  let current = matching.keepUp(ending.signal).catch(unlessEnding);
  const run = (): Promise<void> => {
    current = current.then(() => keepUp(deployment, ending.signal)).catch(unlessEnding);
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

async function keepUp(deployment: Deployment, signal: AbortSignal): Promise<void> {
  const { records, matching } = deployment;
  await purgeRecords(records);
  await forgetTraffic(records.ctx);
  await matching.keepUp(signal);
  await purgeLinks(records.ctx);
  await forgetNotifications(records.ctx);
  await forgetNews(records);
  await forgetProjectNews(records.ctx, records.outbox);
  await forgetLogs(records.ctx);
  await proveErasures(deployment);
}
