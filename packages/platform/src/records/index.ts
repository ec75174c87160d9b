export type { AtsScope, RecordBatch, RecordChange, RecordChanges, RecordHook } from './hooks.ts';
export { purgeRecords } from './purge.ts';
export { type DumpedRecord, dumpRecords } from './read.ts';
export { recordRoutes } from './routes.ts';
export { STAGE_CATEGORIES, type StageCategory, stageCategory } from './stage-category.ts';
export {
  applyBatch,
  type Outcome,
  RECORDS_LANE,
  type RecordStore,
  type RecordsEvent,
  type SyncItem,
} from './sync.ts';
