import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { ConnectorError, PassingFailure, RefusedRequest } from '../connector-error.ts';
import type { Refusal, WireClient } from '../wire-client.ts';
import { contentTypeOf, readWhole } from './read-file.ts';
import type { ReadOwnFile, ResumeRef } from './resume.ts';

/** What is remembered of a file that the platform took: unchanged it is not sent again. */
export interface SentResume {
  readonly hash: string;
  readonly fileName: string;
}

export interface ResumeSending {
  readonly applicationId: string;
  /** Null: the application has none. */
  readonly resume: ResumeRef | null;
  readonly known: SentResume | null;
  /** For whose recruiters it is; the platform wants to know. */
  readonly contract: string | undefined;
  readonly readFile: ReadOwnFile | undefined;
}

/** What the platform has now, or why it has not what it should. */
export type ResumeOutcome = { readonly sent: SentResume | null } | { readonly refusal: Refusal };

/** Brings the résumé of an application that the platform has in line with the ATS's. May be called again with the same. */
export async function sendResume(wire: WireClient, sending: ResumeSending): Promise<ResumeOutcome> {
  const { applicationId, resume, known, contract, readFile } = sending;
  if (!resume && !known) return { sent: null };
  try {
    if (!resume) {
      const outcome = await wire.removeResume(applicationId);
      return outcome.ok ? { sent: null } : refused(outcome, outcome.message);
    }
    if (!readFile || !contract)
      return refused({ status: 0, isFinal: false }, readFile ? NO_CONTRACT : NO_READER);
    const bytes = await readWhole(await readFile(resume.file));
    const contentType = contentTypeOf(bytes);
    const hash = createHash('sha256').update(bytes).digest('base64url');
    const fileName = (resume.fileName ?? basename(resume.file)).slice(-LONGEST_NAME);
    if (known?.hash === hash && known.fileName === fileName) return { sent: known };
    const media = await wire.upload({ bytes, contentType, fileName, contract });
    const outcome = await wire.putResume(applicationId, { media, fileName });
    return outcome.ok ? { sent: { hash, fileName } } : refused(outcome, outcome.message);
  } catch (error) {
    return refused(refusalOf(error), reasonOf(error));
  }
}

const LONGEST_NAME = 255;
const NO_READER = 'it names a file, and nothing says how files are read (readFile, --files)';
const NO_CONTRACT = 'no contract is known for whose recruiters it is (customers.add, --contract)';

const refused = ({ status, isFinal }: Omit<Refusal, 'message'>, reason: string): ResumeOutcome => ({
  refusal: { status, isFinal, message: `its résumé was not taken: ${reason}` },
});

function refusalOf(error: unknown): Omit<Refusal, 'message'> {
  if (error instanceof RefusedRequest)
    return { status: error.status, isFinal: [400, 413, 422].includes(error.status) };
  return { status: 0, isFinal: error instanceof ConnectorError && error.cause === undefined };
}

/** Of other people's errors only the kind is told: a path may be somebody's name. */
function reasonOf(error: unknown): string {
  if (error instanceof ConnectorError || error instanceof PassingFailure) return error.message;
  const kind = error instanceof Error ? ('code' in error ? String(error.code) : error.name) : 'unknown';
  return `its file cannot be read (${kind})`;
}
