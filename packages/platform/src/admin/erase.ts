import type { Tx } from '../kernel/db.ts';

/**
 * Deletes an ATS's records with everything derived from them. What stays names nobody: the audit log, the request log and what was
 * told the ATS. @returns how many rows were deleted
 */
export async function eraseRecords(tx: Tx, atsNo: number): Promise<number> {
  const { tenantId } = tx;
  await tx`select forget_match_documents(${atsNo})`;
  // What refers to others first; the bytes of files go with their media.
  const deleted = await tx.flight([
    tx`delete from attachment where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from media where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from applicant where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from match_proposal where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from match_event where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from candidate_merge where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from match_decision where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from automatic_match where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from candidate_key where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from stage where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from interview_feedback where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from application_note where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from application where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from candidate_note where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from candidate where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from acl_assignee where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from entity_acl where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from job_task where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`delete from job where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
  ]);
  return deleted.reduce((sum, { count }) => sum + count, 0);
}
