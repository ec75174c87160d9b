/** The door of erasing on request, and of handing out what is stored. */
export { certificateKey, isSignedBy } from './certificate.ts';
export { askErasure, confirmErasure, type ErasureDesk, ErasureError, runErasure } from './erase.ts';
export { eraseMember } from './erase-member.ts';
export { type Erasure, listErasures } from './erasures.ts';
export { forgetLogs } from './forget-logs.ts';
export { readPersonalData } from './personal-data.ts';
export { proveErasures } from './prove.ts';
export { erasureRoutes } from './routes.ts';
export type { Subject } from './subject.ts';
export { openErasureWork } from './work.ts';
