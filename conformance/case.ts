import type { ErrorCode, RestliMethod } from '@carrick/protocol';
import type { Subject } from './subject.ts';
import type { World } from './world.ts';

/** One thing that a platform must do. */
export interface Case {
  readonly subject: Subject;
  readonly method: RestliMethod;
  /** What is provoked: success, or an error of the catalogue. */
  readonly outcome: 'success' | ErrorCode;
  readonly title: string;
  /** What the target must name for it. */
  readonly needs?: 'person' | 'partner';
  /** @throws AssertionError where the platform does something else */
  run(world: World): Promise<void>;
}

/** The cases of one resource that a file knows how to make. */
export type CaseMaker = (subject: Subject) => readonly Case[];

export function nameOf({ subject, method, outcome, title }: Case): string {
  return `${subject.address} ${subject.version} ${method} ${outcome}: ${title}`;
}
