import type { ErasureDesk } from './erase.ts';
import { subjectOf } from './erase.ts';
import type { Subject } from './subject.ts';
import { readPlaces } from './sweep.ts';

/** Everything stored of a subject, table by table, for the person or the company that asks for it; without secrets. @throws ErasureError */
export async function readPersonalData(desk: Pick<ErasureDesk, 'ctx' | 'ownerUrl'>, subject: Subject) {
  const row = await subjectOf(desk, subject);
  return readPlaces(desk.ownerUrl, subject.kind, row);
}
