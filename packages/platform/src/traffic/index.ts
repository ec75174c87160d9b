export { forgetTraffic } from './forget.ts';
export { findRequests, type LoggedRequest, type RequestFilter } from './request-log.ts';
export { openTraffic, type Traffic } from './traffic.ts';
