/** The connector that reads an ATS's database by a mapping file. Needs the SQLite of Node 22.13 or newer. */
export { Connector, type ConnectorOptions, type ConnectorReport, type RunSummary } from './connector.ts';
export { ConnectorError } from './connector-error.ts';
export { AcknowledgedRecords } from './digest/acknowledged.ts';
export type { Difference, KindComparison } from './digest/compare-kind.ts';
export { type Comparison, compareSides, deleteExtras } from './digest/compare-sides.ts';
export { type EqualityProof, faultOf } from './digest/proof.ts';
export type { KindSample } from './digest/sample-kind.ts';
export { type DryRunSummary, dryRun } from './dry-run.ts';
export type { LedgerEntry } from './ledger.ts';
export { type Mapping, parseMapping, readMapping } from './mapping.ts';
export type { KindResult } from './pass.ts';
export { openMysql } from './sources/mysql.ts';
export type { Source } from './sources/source.ts';
export { ConnectorState } from './state.ts';
