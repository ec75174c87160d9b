import type { RecordKind } from '@carrick/protocol';
import type { Mapping } from './mapping.ts';
import type { ReadOwnFile } from './resumes/resume.ts';
import type { Source } from './sources/source.ts';
import type { ConnectorState } from './state.ts';
import type { WireClient } from './wire-client.ts';

/** What a pass over the ATS works with. */
export interface PassTools {
  readonly mapping: Mapping;
  readonly source: Source;
  readonly state: ConnectorState;
  readonly client: WireClient;
  /** For the résumés that records name. */
  readonly readFile: ReadOwnFile | undefined;
  readonly contract: string | undefined;
  readonly now: () => number;
  readonly warn: (message: string) => void;
}

/** What a pass did with the rows of one kind. */
export interface KindResult {
  /** Rows read from the ATS. */
  source: number;
  sent: number;
  /** Rows the platform refuses as they are; each stands in the ledger with its reason. */
  failed: number;
  /** Rows already acknowledged as they are. */
  skipped: number;
  deleted: number;
  /** Rows of the kind that the platform acknowledged, this time or before. */
  acknowledged: number;
}

export const emptyResult = (): KindResult => ({
  source: 0,
  sent: 0,
  failed: 0,
  skipped: 0,
  deleted: 0,
  acknowledged: 0,
});

/** Kinds whose records go from the platform with the record they hang on, or because it never came. */
export const CHILD_KINDS: Partial<Record<RecordKind, readonly RecordKind[]>> = {
  candidate: ['candidateNote'],
  application: ['stage', 'interviewFeedback', 'applicationNote'],
};
