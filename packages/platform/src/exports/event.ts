/** Tells open pages that an export began, was fetched or changed otherwise. */
export const EXPORTS_LANE = 'exports';

/** Nobody is told of an export to a job that he or she may not see, nor of another contract's. */
export interface ExportEvent {
  readonly contractId: number;
  readonly memberId: number;
  readonly atsNo: number;
  readonly jobId: string;
}
