export * from './account.ts';
export * from './administration.ts';
export { csvLine } from './csv.ts';
export * from './deliveries.ts';
export * from './dialect.ts';
export * from './digests.ts';
export * from './erasures.ts';
export * from './errors.ts';
export * from './exports.ts';
export * from './jobs.ts';
export * from './json.ts';
export * from './lint-dialect.ts';
export { locate } from './locate.ts';
export * from './notices.ts';
export * from './onboarding.ts';
export * from './page-origin.ts';
export * from './partner-console.ts';
export * from './push.ts';
export * from './quotas.ts';
export * from './records/attachment-schema.ts';
export * from './records/examples.ts';
export { isWebUrl, workplaceType } from './records/job-rules.ts';
export {
  COMPENSATION_PERIODS,
  EMPLOYMENT_STATUSES,
  JOB_AVAILABILITIES,
  JOB_OPERATIONS,
  Job,
  WORKPLACE_TYPES,
} from './records/job-schema.ts';
export * from './records/schemas.ts';
export * from './records/validate.ts';
export * from './records/wanted-fields.ts';
export * from './recruiter.ts';
export * from './refusals.ts';
export * from './reports.ts';
export * from './resources.ts';
export * from './resources-rest.ts';
export * from './restli/index.ts';
export * from './sync-health.ts';
export * from './urn.ts';
export * from './widget.ts';
export * from './widget-profile.ts';
