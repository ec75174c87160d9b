/** The résumé of an application, as the ATS names it. One an application: another one takes its place. */
export interface ResumeRef {
  /** What is asked for when it is read, such as a path below the folder of `filesBelow`. */
  readonly file: string;
  /** As recruiters see it; without it, the last part of `file`. */
  readonly fileName?: string;
  /**
   * Changes when the content does: a hash, a time. Without it a file that changes under its name is noticed when its application is
   * recorded anew, and not by a history.
   */
  readonly version?: string;
}

/** The content of a file that a record names. Whatever it throws, the file is tried again later. */
export type ReadFile = (file: string, customerId: string) => FileContent | Promise<FileContent>;
/** Of one customer's files. */
export type ReadOwnFile = (file: string) => ReturnType<ReadFile>;
export type FileContent = Uint8Array | AsyncIterable<Uint8Array>;

type Fields = Readonly<Record<string, unknown>>;

export function resumeOf(record: Fields | null): ResumeRef | null {
  const { file, fileName, version } = (record?.resume ?? {}) as Fields; // looked at just below
  if (typeof file !== 'string' || file === '') return null;
  return {
    file,
    ...(typeof fileName === 'string' && { fileName }),
    ...(typeof version === 'string' && { version }),
  };
}

/** The record as the wire knows it: there a résumé is an attachment. */
export function withoutResume(record: Fields): Fields {
  if (!('resume' in record)) return record;
  const { resume: _, ...rest } = record;
  return rest;
}
