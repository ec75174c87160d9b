import type { IdentifierStanding } from '@carrick/protocol';
import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { canonicalEmail } from './email.ts';
import type { Weakness } from './identifiers.ts';
import { KEY_KINDS } from './keys.ts';
import { type CandidateFields, candidateIdentityOf, type Setting } from './person.ts';
import { canonicalPhone } from './phone.ts';

/**
 * What of a record could identify somebody, and why it does not. It speaks of the record alone: whether a member has the same
 * address must not be learnt from it.
 */
export function identifierStandings(fields: CandidateFields, setting: Setting): IdentifierStanding[] {
  const url = fields.linkedInProfileUrl ?? null;
  const isUrlRead = candidateIdentityOf(fields, setting).profileUrls.length > 0;
  const country = (fields.addresses ?? []).find((address) => address.country)?.country ?? setting.country;
  return [
    ...listed('email', fields.emailAddresses ?? [], emailProblem),
    ...listed(
      'phone',
      (fields.phoneNumbers ?? []).map(({ number }) => number),
      (number) => (canonicalPhone({ number }, country ?? null)?.e164 ? null : 'unreadable'),
    ),
    { kind: 'url', value: url, problem: isUrlRead ? null : url === null ? 'missing' : 'unreadable' },
  ];
}

function listed(
  kind: IdentifierStanding['kind'],
  values: readonly string[],
  problemOf: (value: string) => IdentifierStanding['problem'],
): IdentifierStanding[] {
  if (values.length === 0) return [{ kind, value: null, problem: 'missing' }];
  return values.map((value) => ({ kind, value, problem: problemOf(value) }));
}

function emailProblem(address: string): IdentifierStanding['problem'] {
  switch (canonicalEmail(address)?.class) {
    case undefined:
      return 'unreadable';
    case 'PERSONAL':
      return null;
    case 'ROLE':
      return 'role';
    case 'PLACEHOLDER':
      return 'placeholder';
    case 'DISPOSABLE':
      return 'disposable';
  }
}

export interface SharedKind {
  readonly kind: IdentifierStanding['kind'];
  /** Other candidates of the organisation under the same identifier. */
  readonly candidates: number;
  readonly weakness: Weakness | null;
}

/** The candidate's identifiers that others of the organisation carry too, or that are known to identify nobody. */
export async function sharedKinds(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  candidateId: string,
  atsNos: readonly number[],
): Promise<SharedKind[]> {
  const rows = await tx<{ kind: number; candidates: number; weakness: Weakness | null }>`
    select own.kind, count(distinct (o.ats_no, o.candidate_id)) filter (where o.candidate_id is not null) as candidates, min(w.reason) as weakness
    from candidate_key own
    left join candidate_key o on o.tenant_id = own.tenant_id and o.key = own.key and o.kind = own.kind
      and (o.ats_no, o.candidate_id) <> (own.ats_no, own.candidate_id) and o.ats_no = any(${atsNos}::int[])
    left join weak_identifier w on w.tenant_id = own.tenant_id and w.key = own.key
    where own.tenant_id = ${tenantId} and own.ats_no = ${atsNo} and own.candidate_id = ${candidateId}
    group by own.kind`;
  return rows.flatMap(({ kind, candidates, weakness }) => {
    const name = IDENTIFIER_OF_KIND.get(kind);
    return name ? [{ kind: name, candidates, weakness }] : [];
  });
}

const IDENTIFIER_OF_KIND = new Map<number, SharedKind['kind']>([
  [KEY_KINDS.email, 'email'],
  [KEY_KINDS.phone, 'phone'],
  [KEY_KINDS.profileUrl, 'url'],
]);
