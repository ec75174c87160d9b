/** What a call is counted as before it is made. */
export interface GatedCall {
  /** `v2/atsCandidates/notes` */
  readonly resource: string;
  readonly records: number;
}

/** Waits until the call may be made; what it returns is called when the call has ended. */
export type Gate = (call: GatedCall) => Promise<(outcome: { readonly isSlow: boolean }) => void>;
