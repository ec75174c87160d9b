import { EVERYONE_ACL, type PreviewReason } from '@carrick/protocol';
import { type JobFacts, maySee, type Viewer } from '../access/index.ts';

/** A job with its rules, and how many people each names. */
export interface ExplainedJob extends JobFacts {
  readonly groups: readonly { readonly aclId: string; readonly people: number }[];
}

/**
 * Why a viewer sees a job, or why not: the sentence of the access rule, step by step. The verdict is the rule's own.
 * `isContractOff`: the contract does without the feature.
 */
export function explainVisibility(
  viewer: Viewer,
  job: ExplainedJob,
  isContractOff: boolean,
): { readonly isVisible: boolean; readonly reasons: readonly PreviewReason[] } {
  return { isVisible: maySee(viewer, job, false), reasons: reasonsOf(viewer, job, isContractOff) };
}

function reasonsOf(viewer: Viewer, job: ExplainedJob, isContractOff: boolean): PreviewReason[] {
  if (isContractOff) return [{ code: 'contract-off' }];
  if (!viewer.atss.some(({ atsNo }) => atsNo === job.atsNo)) return [{ code: 'integration-off' }];
  if (job.acls.includes(EVERYONE_ACL)) return [{ code: 'everyone' }];
  if (job.groups.length > 0) {
    return job.groups.map(({ aclId, people }) => ({
      code: 'rule',
      aclId,
      people,
      isNamed: viewer.jobAcls.some((own) => own.atsNo === job.atsNo && own.aclId === aclId),
    }));
  }
  if (!job.isKnown) return [{ code: 'unknown-job' }];
  if (job.isRestricted) return [{ code: 'restricted' }];
  return [{ code: viewer.openAts.includes(job.atsNo) ? 'default-open' : 'default-hidden' }];
}
