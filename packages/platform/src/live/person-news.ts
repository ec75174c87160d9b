import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { ConsentHook } from '../consent/index.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import type { Outbox } from '../kernel/outbox.ts';

/** News of a person that come from no ATS: the lane that `tellOfPerson` writes and the hub reads. */
export const PEOPLE_LANE = 'people';

const News = Type.Object({
  memberId: Type.Number(),
  /** Null: for every seat of the organisation. */
  seatId: Type.Union([Type.Number(), Type.Null()]),
});
export interface PersonNews {
  readonly memberId: number;
  readonly seatId: number | null;
}

/** That open pages should read a person again, in the transaction of the change. */
export function tellOfPerson(outbox: Pick<Outbox, 'append'>, tx: Tx, news: PersonNews): Statement {
  return outbox.append(tx, PEOPLE_LANE, news);
}

export function personNewsOf(payload: unknown): PersonNews {
  if (!Value.Check(News, payload)) throw new Error('not a payload of this lane');
  return payload;
}

/** A consent changes what the profile shows. */
export function consentNews(outbox: Pick<Outbox, 'append'>): ConsentHook {
  return { after: (tx, { memberId }) => [tellOfPerson(outbox, tx, { memberId, seatId: null })] };
}
