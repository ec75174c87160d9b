export {
  applicantMatchHook,
  applicantRecordHook,
  CLOSING_CATEGORIES,
  refreshApplicants,
} from './applicants.ts';
export { parseKeywords } from './keywords.ts';
export { personIdOf, positionsOf, readPeople } from './people.ts';
export { searchRoutes } from './routes.ts';
export { webUrl } from './web-url.ts';
