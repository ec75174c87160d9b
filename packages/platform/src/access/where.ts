import { EVERYONE_ACL } from '@carrick/protocol';
import type { Sql, Statement } from '../kernel/db.ts';
import type { Viewer, ViewerSeat } from './policy.ts';

/** The entity type under which an ATS secures jobs. */
const JOB = 'JOB_POSTING';
const ALL_SEATS = 'ALL_PRODUCT_USERS';

/** Each screen's own integration, and the configuration that opens what has no ACL. */
const FEATURES = {
  indicator: { integrationType: 'IN_ATS_INDICATOR', viewersKey: 'APPLICATION_VIEWERS' },
  export: { integrationType: 'ONE_CLICK_EXPORT', viewersKey: 'JOB_POSTING_VIEWERS' },
  // Of its own it opens no job: what the widget shows of an ATS belongs to the candidate.
  widget: { integrationType: 'PROFILE_PLUGIN', viewersKey: null },
} as const;
export type Feature = keyof typeof FEATURES;

interface ViewerRow {
  member_id: number;
  contract_id: number;
  has_spotlight: boolean;
  is_strict: boolean;
  ats_no: number;
  name: string;
  is_open: boolean;
  is_open_for_candidates: boolean;
  acls: string[];
}

/** What the seat may look through now. One statement. */
export async function loadViewer(tx: Sql, seat: ViewerSeat, feature: Feature): Promise<Viewer> {
  const [viewer] = viewersOf([seat], await viewerRows(tx, seat.tenantId, [seat], feature));
  if (!viewer) throw new Error('a seat without a viewer');
  return viewer;
}

/** The same for several seats of one organisation: rows for `viewersOf`, so that it can travel with other statements. */
export function viewerRows(
  tx: Sql,
  tenantId: number,
  seats: readonly ViewerSeat[],
  feature: Feature,
): Statement<ViewerRow> {
  const { integrationType, viewersKey } = FEATURES[feature];
  return tx<ViewerRow>`
    select m.member_id, m.contract_id, i.ats_no, t.name,
      not exists (
        select from contract_switch w
        where w.tenant_id = i.tenant_id and w.contract_id = m.contract_id and w.feature = 'spotlight' and not w.is_on
      ) as has_spotlight,
      exists (
        select from contract_switch w
        where w.tenant_id = i.tenant_id and w.contract_id = m.contract_id and w.feature = 'bare-indicator' and not w.is_on
      ) as is_strict,
      exists (
        select from integration_configuration c
        where c.tenant_id = i.tenant_id and c.ats_no = i.ats_no and c.integration_type = i.integration_type
          and c.tenant_type = i.tenant_type and c.context_urn = i.context_urn
          and c.configuration_key = ${viewersKey} and c.value = ${ALL_SEATS}
      ) as is_open,
      exists (
        select from integration_configuration c
        where c.tenant_id = i.tenant_id and c.ats_no = i.ats_no and c.integration_type = ${FEATURES.indicator.integrationType}
          and c.tenant_type = i.tenant_type and c.context_urn = i.context_urn
          and c.configuration_key = ${FEATURES.indicator.viewersKey} and c.value = ${ALL_SEATS}
      ) as is_open_for_candidates,
      array(
        select s.acl_id from acl_assignee s
        where s.tenant_id = i.tenant_id and s.ats_no = i.ats_no and s.member_id = m.member_id and s.entity_type = ${JOB}
        order by s.acl_id
      ) as acls
    from integration i
    join organisation o on o.tenant_id = i.tenant_id and o.urn = i.context_urn
    join ats_instance t on t.tenant_id = i.tenant_id and t.ats_no = i.ats_no
    cross join (
      select distinct * from unnest(
        ${seats.map((seat) => seat.memberId)}::bigint[], ${seats.map((seat) => seat.contractId)}::bigint[]
      ) as s (member_id, contract_id)
    ) m
    where i.tenant_id = ${tenantId} and i.integration_type = ${integrationType} and i.tenant_type = 'RECRUITER'
      and i.status = 'ENABLED'
      and not exists (
        select from contract_switch w
        where w.tenant_id = i.tenant_id and w.contract_id = m.contract_id and w.feature = ${feature} and not w.is_on
          and w.ats_no in (0, i.ats_no)
      )
    order by i.ats_no`;
}

export function viewersOf(seats: readonly ViewerSeat[], rows: readonly ViewerRow[]): Viewer[] {
  return seats.map((seat) => {
    const own = rows.filter((row) => row.member_id === seat.memberId && row.contract_id === seat.contractId);
    return {
      tenantId: seat.tenantId,
      contractId: seat.contractId,
      seatId: seat.seatId,
      memberId: seat.memberId,
      atss: own.map((row) => ({ atsNo: row.ats_no, name: row.name })),
      openAts: own.filter((row) => row.is_open).map((row) => row.ats_no),
      hasSpotlight: own.every((row) => row.has_spotlight),
      isStrict: own.some((row) => row.is_strict),
      candidatesOpenAts: own.filter((row) => row.is_open_for_candidates).map((row) => row.ats_no),
      jobAcls: own.flatMap((row) => row.acls.map((aclId) => ({ atsNo: row.ats_no, aclId }))),
    };
  });
}

/** Where a row that belongs to a job keeps what the rule needs: SQL expressions. */
export interface JobColumns {
  readonly atsNo: Statement;
  readonly jobId: Statement;
  /** Whether the application forbids to be seen where no ACL speaks; not null. */
  readonly isRestricted: Statement;
}

/**
 * The condition that every read of application-level data includes, counts as well: the job is secured by an ACL that names
 * the viewer or everyone, or it is known, has no ACL, is not restricted and its ATS's configuration opens such jobs.
 *
 * One EXISTS over a UNION ALL, because the planner turns that into a semi-join: a hash of the visible jobs where many rows
 * are tested, index look-ups where few are. A CASE or an OR of several EXISTS would be run row by row.
 */
export function visibleJob(tx: Sql, viewer: Viewer, row: JobColumns): Statement {
  return tx`exists (
    select from (
      select s.ats_no, s.entity_id as job_id, true as is_secured
      from entity_acl s
      where s.tenant_id = ${viewer.tenantId} and s.entity_type = ${JOB}
        and s.ats_no = any(${viewer.atss.map((ats) => ats.atsNo)}::int[])
        and (
          s.acl_id = ${EVERYONE_ACL}
          or (s.ats_no, s.acl_id) in (
            select * from unnest(${viewer.jobAcls.map((acl) => acl.atsNo)}::int[], ${viewer.jobAcls.map((acl) => acl.aclId)}::text[])
          )
        )
      union all
      select j.ats_no, j.id, false
      from job j
      where j.tenant_id = ${viewer.tenantId} and j.ats_no = any(${viewer.openAts}::int[]) and not j.access_restricted
        and not exists (
          select from entity_acl s
          where s.tenant_id = j.tenant_id and s.ats_no = j.ats_no and s.entity_type = ${JOB} and s.entity_id = j.id
        )
    ) visible
    where visible.ats_no = ${row.atsNo} and visible.job_id = ${row.jobId}
      and (visible.is_secured or not ${row.isRestricted})
  )`;
}

/** Where a row that belongs to a candidate keeps what the rule needs: SQL expressions. */
export interface CandidateColumns {
  readonly atsNo: Statement;
  readonly candidateId: Statement;
}

/**
 * The condition of what is on the candidate rather than on an application, counts as well: true, but in a contract without the bare
 * indicator only where the viewer sees an application of the candidate.
 */
export function visibleCandidate(tx: Sql, viewer: Viewer, row: CandidateColumns): Statement {
  if (!viewer.isStrict) return tx`true`;
  const asked = { ...viewer, openAts: viewer.candidatesOpenAts };
  const columns = {
    atsNo: tx`shown.ats_no`,
    jobId: tx`shown.job_id`,
    isRestricted: tx`coalesce(shown.access_restricted, false)`,
  };
  return tx`exists (
    select from application shown
    where shown.tenant_id = ${viewer.tenantId} and shown.ats_no = ${row.atsNo} and shown.candidate_id = ${row.candidateId}
      and ${visibleJob(tx, asked, columns)}
  )`;
}
