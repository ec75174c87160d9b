export { AccessToken } from './access-token.ts';
export {
  Connector,
  type ConnectorOptions,
  type ConnectorReport,
  type DryRunSummary,
  dryRun,
  type RunSummary,
} from './connector.ts';
export { ConnectorError } from './connector-error.ts';
export { type Mapping, parseMapping, readMapping } from './mapping.ts';
export { openMysql } from './sources/mysql.ts';
export type { Source } from './sources/source.ts';
export { type Outcome, type OutgoingRecord, WireClient, type WireClientOptions } from './wire-client.ts';
