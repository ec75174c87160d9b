export { mediaTypeOf } from './file-type.ts';
export type { AtsScope, RecordBatch, RecordChange, RecordHook } from './hooks.ts';
export { jobBoardPath } from './job-board-path.ts';
export { jobHtml } from './job-html.ts';
export { isListed } from './job-status.ts';
export { workplaceOf } from './judge-posting.ts';
export { fileChunks } from './media.ts';
export { purgeRecords } from './purge.ts';
export { dumpKind, dumpRecords, tenantIds } from './read.ts';
export { recordRoutes } from './routes.ts';
export {
  applyBatch,
  applyChecked,
  type Outcome,
  RECORDS_LANE,
  type RecordStore,
  type RecordsEvent,
  type SyncItem,
} from './sync.ts';
