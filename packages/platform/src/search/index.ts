export {
  applicantMatchHook,
  applicantRecordHook,
  CLOSING_CATEGORIES,
  refreshApplicants,
} from './applicants.ts';
export { readCandidateRows } from './candidate-rows.ts';
export { parseKeywords } from './keywords.ts';
export { positionsOf, readPeople } from './people.ts';
export {
  type CandidateSubject,
  candidatePersonId,
  type PersonSubject,
  personIdOf,
  subjectOf,
} from './person-ids.ts';
export { answerSearch, searchRoutes } from './routes.ts';
export { pastApplicants } from './spotlights.ts';
export { webUrl } from './web-url.ts';
