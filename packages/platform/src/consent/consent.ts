import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { CONSENT_TEXT_VERSION, type Language } from './texts.ts';

/** Asked at the first reply, once more at the next, never a third time. */
const MOST_QUESTIONS = 2;

/** One member and one organisation: who is asked, and for whom. */
export interface ConsentScope {
  readonly tenantId: number;
  readonly memberId: number;
}

/** The reply after which the question may be put. */
export interface AskedBy extends ConsentScope {
  readonly contractId: number;
  /** Of the recruiter who wrote. */
  readonly seatId: number;
  readonly conversationId: string;
  readonly at: number;
}

export interface SharedContact {
  readonly email: string;
  /** Null: the member left it empty. */
  readonly phone: string | null;
}

/** What the member said to one organisation. `none`: asked, and no answer. */
export type Consent = AskedScope &
  (
    | { readonly state: 'given'; readonly answeredAt: number; readonly contact: SharedContact }
    | { readonly state: 'refused'; readonly answeredAt: number }
    | { readonly state: 'withdrawn'; readonly answeredAt: number; readonly withdrawnAt: number }
    | { readonly state: 'none' }
  );

/** What the member shared, for seats of the contract that asked; for no other of the organisation. */
export function sharedWith(consent: Consent | undefined, contractId: number): SharedContact | null {
  return consent?.state === 'given' && consent.contractId === contractId ? consent.contact : null;
}

interface AskedScope extends ConsentScope {
  readonly contractId: number;
  readonly seatId: number;
  readonly lastAskedAt: number;
}

/** Told in the transaction of the change (the organisation's tenant is set); its statements go with the commit. */
export interface ConsentHook {
  after(tx: Tx, change: ConsentChange): readonly Statement[];
}

export interface ConsentChange extends ConsentScope {
  readonly contractId: number;
  readonly seatId: number;
  readonly change: 'GIVEN' | 'REFUSED' | 'WITHDRAWN';
  readonly at: number;
}

/**
 * Whether the member is to be asked now, after a reply; counts the question. No: the organisation's integration is off, its ATS holds
 * this person's contact data already, the member answered before, or was asked twice. In the reply's transaction. A record without
 * any contact data is what an export leaves behind: it is of those whom the question is for.
 */
export async function askConsent(tx: Tx, asked: AskedBy): Promise<boolean> {
  const { tenantId, memberId, contractId, seatId, conversationId, at } = asked;
  const rows = await tx`
    with counted as (
      insert into contact_consent as c (tenant_id, member_id, contract_id, seat_id, conversation_id, asked, last_asked_at)
      select ${tenantId}, ${memberId}, ${contractId}, ${seatId}, ${conversationId}, 1, ${at}
      where exists (
          select from integration i join organisation o on o.tenant_id = i.tenant_id
          where i.tenant_id = ${tenantId} and i.status = 'ENABLED'
            and i.context_urn in (o.urn, ${`urn:li:contract:${contractId}`})
        )
        and not exists (
          select from candidate_member l join candidate c using (tenant_id, ats_no)
          where l.tenant_id = ${tenantId} and l.member_id = ${memberId} and c.id = l.candidate_id
            and (jsonb_array_length(c.email_addresses) > 0 or jsonb_array_length(coalesce(c.phone_numbers, '[]')) > 0)
        )
      on conflict (tenant_id, member_id) do update
      set asked = c.asked + 1, last_asked_at = excluded.last_asked_at, contract_id = excluded.contract_id,
        seat_id = excluded.seat_id, conversation_id = excluded.conversation_id
      where c.answer is null and c.asked < ${MOST_QUESTIONS}
      returning tenant_id
    )
    insert into contact_consent_event (tenant_id, member_id, change, seat_id, text_version, happened_at)
    select ${tenantId}, ${memberId}, 'ASKED', ${seatId}, ${CONSENT_TEXT_VERSION}, ${at} from counted
    returning event_no`;
  return rows.length > 0;
}

/** @returns false where there is no open question: never asked, or answered already */
export async function giveConsent(
  tx: Tx,
  hooks: readonly ConsentHook[],
  { tenantId, memberId }: ConsentScope,
  {
    contact,
    language,
    at,
  }: { readonly contact: SharedContact; readonly language: Language; readonly at: number },
): Promise<boolean> {
  const { email, phone } = contact;
  const [row] = await tx<SeatRow>`
    update contact_consent set answer = 'YES', answered_at = ${at}, text_version = ${CONSENT_TEXT_VERSION},
      language = ${language}, email = ${email}, phone = ${phone}
    where tenant_id = ${tenantId} and member_id = ${memberId} and answer is null
    returning contract_id, seat_id`;
  const event = { change: 'GIVEN', language, at, hasPhone: phone !== null } as const;
  return record(tx, hooks, { tenantId, memberId }, row, event);
}

/** @returns false where there is no open question */
export async function refuseConsent(
  tx: Tx,
  hooks: readonly ConsentHook[],
  { tenantId, memberId }: ConsentScope,
  { language, at }: { readonly language: Language; readonly at: number },
): Promise<boolean> {
  const [row] = await tx<SeatRow>`
    update contact_consent set answer = 'NO', answered_at = ${at}, text_version = ${CONSENT_TEXT_VERSION}, language = ${language}
    where tenant_id = ${tenantId} and member_id = ${memberId} and answer is null
    returning contract_id, seat_id`;
  return record(tx, hooks, { tenantId, memberId }, row, { change: 'REFUSED', language, at });
}

/** From now on nothing is handed out; the contact data itself is forgotten here too. @returns false where none is given */
export async function withdrawConsent(
  tx: Tx,
  hooks: readonly ConsentHook[],
  { tenantId, memberId }: ConsentScope,
  at: number,
): Promise<boolean> {
  const [row] = await tx<SeatRow>`
    update contact_consent set withdrawn_at = ${at}, email = null, phone = null
    where tenant_id = ${tenantId} and member_id = ${memberId} and answer = 'YES' and withdrawn_at is null
    returning contract_id, seat_id`;
  return record(tx, hooks, { tenantId, memberId }, row, { change: 'WITHDRAWN', language: null, at });
}

interface SeatRow {
  readonly contract_id: number;
  readonly seat_id: number;
}

async function record(
  tx: Tx,
  hooks: readonly ConsentHook[],
  { tenantId, memberId }: ConsentScope,
  row: SeatRow | undefined,
  event: {
    readonly change: ConsentChange['change'];
    readonly language: Language | null;
    readonly at: number;
    readonly hasPhone?: boolean;
  },
): Promise<boolean> {
  if (!row) return false;
  const { change, language, at, hasPhone = false } = event;
  const { contract_id: contractId, seat_id: seatId } = row;
  await tx.flight([
    tx`
      insert into contact_consent_event
        (tenant_id, member_id, change, seat_id, text_version, language, has_email, has_phone, happened_at)
      values (${tenantId}, ${memberId}, ${change}, ${seatId}, ${CONSENT_TEXT_VERSION}, ${language}, ${change === 'GIVEN'},
        ${hasPhone}, ${at})`,
    ...hooks.flatMap((hook) => hook.after(tx, { tenantId, memberId, contractId, seatId, change, at })),
  ]);
  return true;
}

interface ConsentRow {
  readonly member_id: number;
  readonly contract_id: number;
  readonly seat_id: number;
  readonly last_asked_at: number;
  readonly answer: 'YES' | 'NO' | null;
  readonly answered_at: number | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly withdrawn_at: number | null;
}

/** What these members said to this organisation; who was never asked is absent. The only way to contact data that a member shared. */
export async function readConsents(
  tx: Sql,
  tenantId: number,
  memberIds: readonly number[],
): Promise<Map<number, Consent>> {
  const rows = await tx<ConsentRow>`
    select member_id, contract_id, seat_id, last_asked_at, answer, answered_at, email, phone, withdrawn_at
    from contact_consent where tenant_id = ${tenantId} and member_id = any(${memberIds}::bigint[])`;
  return new Map(rows.map((row) => [row.member_id, consentOf(tenantId, row)]));
}

function consentOf(tenantId: number, row: ConsentRow): Consent {
  const scope = {
    tenantId,
    memberId: row.member_id,
    contractId: row.contract_id,
    seatId: row.seat_id,
    lastAskedAt: row.last_asked_at,
  };
  const { answer, answered_at: answeredAt, withdrawn_at: withdrawnAt, email, phone } = row;
  if (answer === null || answeredAt === null) return { ...scope, state: 'none' };
  if (answer === 'NO') return { ...scope, state: 'refused', answeredAt };
  if (withdrawnAt !== null || email === null)
    return { ...scope, state: 'withdrawn', answeredAt, withdrawnAt: withdrawnAt ?? answeredAt };
  return { ...scope, state: 'given', answeredAt, contact: { email, phone } };
}

/** What one member said to every organisation, with its name: for the member alone. */
export interface OwnConsent {
  readonly tenantId: number;
  readonly organisation: string;
  readonly state: Consent['state'];
  readonly lastAskedAt: number;
  readonly answeredAt: number | null;
  readonly withdrawnAt: number | null;
  readonly textVersion: string | null;
  readonly contact: SharedContact | null;
}

export async function consentsOfMember(tx: Sql, memberId: number): Promise<OwnConsent[]> {
  const rows = await tx<
    Omit<ConsentRow, 'contract_id' | 'seat_id' | 'member_id'> & {
      tenant_id: number;
      organisation: string;
      text_version: string | null;
    }
  >`select * from consents_of_member(${memberId})`;
  return rows.map((row) => {
    const consent = consentOf(row.tenant_id, { ...row, member_id: memberId, contract_id: 0, seat_id: 0 });
    return {
      tenantId: row.tenant_id,
      organisation: row.organisation,
      state: consent.state,
      lastAskedAt: row.last_asked_at,
      answeredAt: row.answered_at,
      withdrawnAt: row.withdrawn_at,
      textVersion: row.text_version,
      contact: consent.state === 'given' ? consent.contact : null,
    };
  });
}
