import type { Case, CaseMaker } from '../case.ts';
import { pathOf } from '../subject.ts';
import { assertRefused } from '../world.ts';

/** What is only read back: how it is refused. To be found it needs a recruiter who did something. */
export const retrievalCases: CaseMaker = (subject) => {
  const { kind } = subject.definition;
  const refuses = (outcome: Exclude<Case['outcome'], 'success'>, title: string, query: string): Case => ({
    subject,
    method: 'finder',
    outcome,
    title,
    run: async (world) => {
      const url = `${pathOf(subject, world.values)}?${query}`;
      assertRefused(subject, await world.send(subject, { verb: 'GET', url }), outcome);
    },
  });
  if (kind === 'exportedCandidate')
    return [
      refuses('BAD_REQUEST', 'a request without an id', 'q=request'),
      refuses('NOT_FOUND', 'an id that no notification gave', 'q=request&requestId=none-of-these'),
    ];
  if (kind === 'seat') {
    const finder = subject.definition.finders?.[0] ?? '';
    const strange =
      subject.version === '1.0.0'
        ? 'urn:li:contract:999999999999'
        : 'List(urn%3Ali%3Acontract%3A999999999999)';
    return [
      refuses('BAD_REQUEST', 'a request without a contract', `q=${finder}&start=0`),
      refuses('CONTEXT_NOT_OWNED', 'another customer’s contract', `q=${finder}&contracts=${strange}&start=0`),
    ];
  }
  return [];
};
