import { EVERYONE_ACL } from '@carrick/protocol';

/** A seat as the access rules see it. */
export interface ViewerSeat {
  readonly tenantId: number;
  readonly contractId: number;
  readonly seatId: number;
  readonly memberId: number;
}

/** What a viewer may look through: one seat, for one feature. Loaded anew for every request, so that a revoke holds at once. */
export interface Viewer extends ViewerSeat {
  /** The ATSs for which the feature is ENABLED; of any other nothing is seen. */
  readonly atss: readonly { readonly atsNo: number; readonly name: string }[];
  /** Those of them whose VIEWERS configuration opens jobs without an ACL. */
  readonly openAts: readonly number[];
  /**
   * Whether the contract does without the bare indicator: then a candidate, and what is on the candidate rather than on an application,
   * is there for those only who see one of its applications.
   */
  readonly isStrict: boolean;
  /** Whose jobs without an ACL are open where it is asked which candidates are there, whatever the feature. */
  readonly candidatesOpenAts: readonly number[];
  /** Whether the contract has the past applicants' spotlight. */
  readonly hasSpotlight: boolean;
  /** The ACLs the seat's member is an assignee of, for jobs, in those ATSs. */
  readonly jobAcls: readonly { readonly atsNo: number; readonly aclId: string }[];
}

/** A job as the access rules see it. */
export interface JobFacts {
  readonly atsNo: number;
  /** False while applications name a job that the ATS has not sent. */
  readonly isKnown: boolean;
  readonly isRestricted: boolean;
  /** The ACLs that secure it. */
  readonly acls: readonly string[];
}

/**
 * May the viewer see an application on this job (or the job itself, with `isApplicationRestricted` false)?
 * The rule as a sentence; `visibleJob` is the same rule as SQL, and the tests hold the two together.
 */
export function maySee(viewer: Viewer, job: JobFacts, isApplicationRestricted: boolean): boolean {
  if (!viewer.atss.some((ats) => ats.atsNo === job.atsNo)) return false;
  if (job.acls.length > 0) {
    return job.acls.some(
      (id) =>
        id === EVERYONE_ACL || viewer.jobAcls.some(({ atsNo, aclId }) => atsNo === job.atsNo && aclId === id),
    );
  }
  return job.isKnown && !job.isRestricted && !isApplicationRestricted && viewer.openAts.includes(job.atsNo);
}

/** An application as the access rules see it. */
interface ApplicationOnJob {
  readonly job: JobFacts;
  readonly isRestricted: boolean;
}

/** Is a candidate with these applications there for the viewer? `visibleCandidate` is the same rule as SQL. */
export function maySeeCandidate(viewer: Viewer, applications: readonly ApplicationOnJob[]): boolean {
  if (!viewer.isStrict) return true;
  const asked = { ...viewer, openAts: viewer.candidatesOpenAts };
  return applications.some(({ job, isRestricted }) => maySee(asked, job, isRestricted));
}
