export {
  applicantMatchHook,
  applicantRecordHook,
  applicantStageHook,
  CLOSING_CATEGORIES,
  memberDocumentHook,
  refreshApplicants,
} from './applicants.ts';
export { readCandidateRows } from './candidate-rows.ts';
export { parseKeywords } from './keywords.ts';
export { readPaths } from './paths.ts';
export { positionsOf, readPeople, standingsOf } from './people.ts';
export {
  type CandidateSubject,
  candidatePersonId,
  type PersonSubject,
  personIdOf,
  subjectOf,
} from './person-ids.ts';
export { readQuery } from './read-query.ts';
export { answerSearch, searchRoutes } from './routes.ts';
export { savedSearchRoutes } from './saved-routes.ts';
export { findEverybody, type Hit } from './search.ts';
export { webUrl } from './web-url.ts';
