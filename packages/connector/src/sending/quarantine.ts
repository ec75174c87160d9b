import type { RecordKind } from '@carrick/protocol';

/** A record that the platform refuses as it is. It is tried again by itself when the ATS records it anew. */
export interface QuarantinedRecord {
  readonly kind: RecordKind;
  readonly parentId: string;
  readonly id: string;
  /** 0: it was not sent, because it could not be right. */
  readonly status: number;
  /** What the platform said, or the check before sending. */
  readonly reason: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly attempts: number;
  readonly failedAt: number;
}
