export { Connector, type ConnectorOptions, type ConnectorReport, type RunSummary } from './connector.ts';
export { ConnectorError } from './connector-error.ts';
export { type DryRunSummary, dryRun } from './dry-run.ts';
export { type Mapping, parseMapping, readMapping } from './mapping.ts';
export type { KindResult } from './pass.ts';
export { openMysql } from './sources/mysql.ts';
export type { Source } from './sources/source.ts';
export { ConnectorState, type LedgerEntry } from './state.ts';
export { type Outcome, type OutgoingRecord, WireClient, type WireClientOptions } from './wire-client.ts';
