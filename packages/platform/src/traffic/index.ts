export { type CallPauses, type CallSpan, type CallTiming, readCallsOverTime } from './calls-over-time.ts';
export { forgetTraffic } from './forget.ts';
export { readQuotaUse } from './quota-use.ts';
export { findRequests, type LoggedRequest, type RequestFilter } from './request-log.ts';
export { type CallingApplication, openTraffic, type Traffic } from './traffic.ts';
