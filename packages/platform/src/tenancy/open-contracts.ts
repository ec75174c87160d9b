import { formatUrn, ProtocolError, parseUrn, RECRUITER_TENANT } from '@carrick/protocol';
import type { Sql } from '../kernel/db.ts';
import type { Caller } from './caller.ts';

type Asking = Pick<Caller, 'tenantId' | 'atsNo'>;

/** The contracts whose seats, messages, stubs and notes this ATS may read: those for which its CSA_API is ENABLED. */
async function openContracts(tx: Sql, { tenantId, atsNo }: Asking): Promise<ReadonlySet<string>> {
  const rows = await tx<{ context_urn: string }>`
    select context_urn from integration
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and integration_type = 'CSA_API' and tenant_type = ${RECRUITER_TENANT}
      and status = 'ENABLED'`;
  return new Set(rows.map((row) => row.context_urn));
}

/** @throws ProtocolError BAD_REQUEST for what is no contract; CONTEXT_NOT_OWNED for one that is not open to the caller, or is not there */
export async function requireOpenContract(tx: Sql, caller: Asking, contractUrn: string): Promise<number> {
  const contractId = numberOf(contractUrn, 'contract');
  const open = await openContracts(tx, caller);
  if (open.has(formatUrn('contract', contractId))) return contractId;
  throw new ProtocolError(
    'CONTEXT_NOT_OWNED',
    'CSA_API is not enabled for this contract, or the contract is not one of this customer',
  );
}

/** The same for the seat that holds what is asked for: its contract has to be open. */
export async function requireOpenSeat(
  tx: Sql,
  caller: Asking,
  seatUrn: string,
): Promise<{ readonly seatId: number; readonly contractId: number }> {
  const seatId = numberOf(seatUrn, 'seat');
  const [seat] = await tx<{ contract_id: number }>`
    select contract_id from seat where tenant_id = ${caller.tenantId} and seat_id = ${seatId}`;
  // Of another customer's seat nobody learns whether it is there.
  const contractId = await requireOpenContract(tx, caller, formatUrn('contract', seat?.contract_id ?? 0));
  return { seatId, contractId };
}

/** The number in a URN. @throws ProtocolError BAD_REQUEST */
export function numberOf(text: string, type: 'contract' | 'seat'): number {
  const urn = parseUrn(text);
  if (urn?.type === type && /^\d{1,15}$/.test(urn.id)) return Number(urn.id);
  throw new ProtocolError(
    'BAD_REQUEST',
    `${JSON.stringify(text.slice(0, 80))} is no urn:li:${type}:{number}`,
  );
}
