import {
  type AuditAction,
  EVERY_SEAT,
  type NotifyAnswer,
  type SwitchAnswer,
  type SwitchRequest,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { postMail } from '../mail/index.ts';
import { Refusal, type Session } from '../session/index.ts';
import {
  deleteConfigurations,
  deleteIntegration,
  type IntegrationKey,
  putConfigurations,
  switchIntegration,
} from '../tenancy/index.ts';
import { audit } from './audit.ts';
import { eraseRecords } from './erase.ts';
import { readIntegrations, VIEWERS } from './integrations.ts';

/** An integration the administrator may change: the company's, or one of the own contract. @throws Refusal NO_SUCH_INTEGRATION */
async function integrationsIn(ctx: Context, session: Session, atsNo: number) {
  const { atss } = await readIntegrations(ctx, session);
  const ats = atss.find((each) => each.atsNo === atsNo);
  if (!ats) throw new Refusal('NO_SUCH_INTEGRATION');
  return { ats, all: [...ats.company, ...ats.contract] };
}

const sameKey = (one: IntegrationKey, other: IntegrationKey): boolean =>
  one.type === other.type && one.contextUrn === other.contextUrn;

/** Each one is switched, audited and told the ATS in a transaction of its own: one that is not ready holds back no other. */
export async function switchIntegrations(
  ctx: Context,
  session: Session,
  { atsNo, integrations, isOn, erase }: SwitchRequest,
): Promise<SwitchAnswer> {
  const { ats, all } = await integrationsIn(ctx, session, atsNo);
  const chosen = integrations.map((key) => all.find((each) => sameKey(each, key)));
  if (chosen.includes(undefined)) throw new Refusal('NO_SUCH_INTEGRATION');
  if (isOn && chosen.some((each) => each?.status === 'REQUESTED')) throw new Refusal('NOT_READY');
  if (erase !== undefined) {
    if (erase.trim() !== ats.name) throw new Refusal('NAME_DIFFERS');
    const stays = ats.company.some(
      (each) => each.status === 'ENABLED' && !integrations.some((key) => sameKey(each, key)),
    );
    if (isOn || stays) throw new Refusal('STILL_SYNCING');
  }
  const scope = { tenantId: session.tenantId, atsNo };
  let switched = 0;
  for (const { type, contextUrn } of integrations) {
    const action: AuditAction = isOn ? 'integration-on' : 'integration-off';
    const entry = { action, atsNo, subject: { type, context: contextUrn } };
    const told = await switchIntegration(ctx, scope, { type, contextUrn }, isOn, (tx) => [
      audit(tx, ctx, session, entry),
    ]);
    if (told !== null) switched += 1;
  }
  if (erase === undefined) return { switched, erasedRecords: null };
  const erasedRecords = await ctx.db.transaction(session.tenantId, async (tx) => {
    const rows = await eraseRecords(tx, atsNo);
    await tx.commitWith([audit(tx, ctx, session, { action: 'records-erased', atsNo, subject: { rows } })]);
    return rows;
  });
  return { switched, erasedRecords };
}

/** Takes back a request. What is switched on has to be switched off first, so that the ATS is told. */
export async function removeIntegration(
  ctx: Context,
  session: Session,
  atsNo: number,
  key: IntegrationKey,
): Promise<void> {
  const { all } = await integrationsIn(ctx, session, atsNo);
  const found = all.find((each) => sameKey(each, key));
  if (!found) throw new Refusal('NO_SUCH_INTEGRATION');
  if (found.status === 'ENABLED') throw new Refusal('STILL_ENABLED');
  await deleteIntegration(ctx, { tenantId: session.tenantId, atsNo }, key);
  const subject = { type: key.type, context: key.contextUrn };
  await ctx.db.pipeline(session.tenantId, (tx) => [
    audit(tx, ctx, session, { action: 'integration-removed', atsNo, subject }),
  ]);
}

/** Tells the vendor that its customer waits: in its console, and by mail where it left an address. */
export async function notifyPartner(
  ctx: Context,
  outbox: Outbox,
  session: Session,
  atsNo: number,
): Promise<NotifyAnswer> {
  const { ats } = await integrationsIn(ctx, session, atsNo);
  if (ats.canNotifyAt === null) throw new Refusal('NO_SUCH_INTEGRATION');
  const now = ctx.clock.now();
  if (now < ats.canNotifyAt) throw new Refusal('TOO_SOON', ats.canNotifyAt - now);
  const { organisation, providers } = await readIntegrations(ctx, session);
  const to = providers.find(({ atsNos }) => atsNos.includes(atsNo))?.contactEmail ?? null;
  const waiting = [...ats.company, ...ats.contract].filter(({ status }) => status === 'REQUESTED');
  const lines = waiting.map(
    ({ type, contextUrn, missing }) => `${type} for ${contextUrn}: ${missing.join(', ')}`,
  );
  await ctx.db.pipeline(session.tenantId, (tx) => [
    tx`update ats_instance set partner_told_at = ${now} where tenant_id = ${session.tenantId} and ats_no = ${atsNo}`,
    audit(tx, ctx, session, {
      action: 'partner-notified',
      atsNo,
      subject: { mailed: to === null ? 'no' : 'yes' },
    }),
    ...(to === null
      ? []
      : [
          postMail(ctx, outbox, tx, {
            to,
            subject: `${organisation} waits for its integration with ${ats.name}`,
            text: `An administrator of ${organisation} asks you to finish the setup. What is missing:\n\n${lines.join('\n')}\n`,
            isAutomatic: true,
          }),
        ]),
  ]);
  outbox.signal();
  return { isMailed: to !== null };
}

/** Who sees jobs and applications without an access rule: every seat, or nobody. */
export async function setViewers(
  ctx: Context,
  session: Session,
  atsNo: number,
  isOpen: boolean,
): Promise<void> {
  const { ats } = await integrationsIn(ctx, session, atsNo);
  const scope = { tenantId: session.tenantId, atsNo };
  for (const { type, contextUrn } of ats.company) {
    const key = type in VIEWERS ? VIEWERS[type as keyof typeof VIEWERS] : null; // it is one of them: just asked
    if (key === null) continue;
    if (isOpen) await putConfigurations(ctx, scope, { type, contextUrn }, [{ key, value: EVERY_SEAT }]);
    else await deleteConfigurations(ctx, scope, { type, contextUrn }, [key]);
  }
  await ctx.db.pipeline(session.tenantId, (tx) => [
    audit(tx, ctx, session, { action: isOpen ? 'viewers-opened' : 'viewers-closed', atsNo }),
  ]);
}
