/** For an ATS with code of its own: Node 20 or newer. The connector by mapping file is `@carrick/connector/daemon`. */
export type * from './ats-connector.ts';
export { ConnectorError } from './connector-error.ts';
export { createConnector } from './create-connector.ts';
export type * from './customers/customer.ts';
export type * from './receiving/events.ts';
export { fastifyPlugin, nodeHandler } from './receiving/node-handler.ts';
export type * from './sending/change.ts';
export type { HistoryCheck, KindCheck } from './sending/check-history.ts';
export { type HistoryPlan, type HistorySize, type KindPlan, planHistory } from './sending/plan.ts';
export type { QuarantinedRecord } from './sending/quarantine.ts';
export { fileStore } from './store/file.ts';
export { mysqlStore } from './store/mysql.ts';
export { type Dialect, outboxSql } from './store/outbox-sql.ts';
export { postgresStore } from './store/postgres.ts';
export type * from './store/store.ts';
export { type Outcome, type OutgoingRecord, WireClient, type WireClientOptions } from './wire-client.ts';
