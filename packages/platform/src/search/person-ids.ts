import type { Context } from '../kernel/context.ts';
import { decodePersonId, encodePersonId } from '../kernel/secrets.ts';

/** A record of an ATS that stands for a person by itself. */
export interface CandidateSubject {
  readonly atsNo: number;
  readonly candidateId: string;
}
/** Whom an id of the app's API means. */
export type PersonSubject = { readonly memberId: number } | CandidateSubject;

const CANDIDATE_ID = /^ats\.([1-9]\d{0,8})\.([\w-]{1,2000})$/;

/** The id under which the people of one organisation know a member. */
export function personIdOf(ctx: Context, tenantId: number, memberId: number): string {
  return encodePersonId(ctx.keys.personKey(`app:${tenantId}`), memberId);
}

/** The id of a candidate that nobody is matched with. Nothing in it is secret, and it opens nothing: each read asks for access. */
export function candidatePersonId({ atsNo, candidateId }: CandidateSubject): string {
  return `ats.${atsNo}.${Buffer.from(candidateId).toString('base64url')}`;
}

/** Null for what cannot be an id of this organisation's. */
export function subjectOf(ctx: Context, tenantId: number, personId: string): PersonSubject | null {
  const [, atsNo, encoded] = CANDIDATE_ID.exec(personId) ?? [];
  if (atsNo !== undefined && encoded !== undefined) {
    const candidateId = Buffer.from(encoded, 'base64url').toString();
    return candidateId.includes('\u0000') ? null : { atsNo: Number(atsNo), candidateId };
  }
  const memberId = decodePersonId(ctx.keys.personKey(`app:${tenantId}`), personId);
  return memberId === null ? null : { memberId };
}
