/** The door of One-Click Export. */
export { closedProfileHook } from './closed-profiles.ts';
export { EXPORTS_LANE, type ExportEvent } from './event.ts';
export { listedExports } from './list.ts';
export { exportsOfMember } from './of-member.ts';
export { exportRoutes } from './routes.ts';
export { stubOf } from './stub.ts';
export { exportedCandidateRoutes } from './wire-routes.ts';
