export { type BatchIds, decodeBatchIds, type MalformedId } from './batch-ids.ts';
export { decodeBodyKey, decodePathKey, decodeResponseKey } from './decode-keys.ts';
export { encodeBatchIds, encodeBodyKey, encodePathKey } from './encode-keys.ts';
export {
  type BatchOutcome,
  batchResponse,
  type ErrorResponse,
  type MergeOptions,
  mergeBatchResponse,
  type UpdateStatus,
} from './envelope.ts';
export { escapeForUrl } from './escape.ts';
export {
  type ComplexKeyShape,
  type KeyShape,
  keyIdentity,
  SIMPLE_KEY,
  type SimpleKeyShape,
  type TypedKey,
} from './key-shape.ts';
export {
  checkLimits,
  escapeRawBytes,
  MAX_BATCH,
  MAX_DEPTH,
  MAX_HEAD_BYTES,
  MAX_QUERY_BYTES,
  MAX_SEGMENT_BYTES,
  MAX_URL_BYTES,
} from './limits.ts';
export { type MatchedEntity, matchEntities } from './match-entities.ts';
export { inferMethod, type MethodSigns, RESTLI_METHOD_HEADER, type RestliMethod } from './method.ts';
export {
  type CollectionResponse,
  collectionResponse,
  type Page,
  type PagingLink,
  parsePage,
} from './paging.ts';
export {
  countParam,
  listParam,
  type ParamValue,
  parseQuery,
  type RawIds,
  type RawParams,
  textParam,
} from './params.ts';
export { applyPatch, type Patch, parsePatch } from './patch.ts';
export { type Projection, parseFields, project } from './projection.ts';
export { RestliError } from './restli-error.ts';
export {
  METHOD_OVERRIDE_HEADER,
  needsTunnel,
  type PlainRequest,
  type TunnelInput,
  type TunnelledRequest,
  type TunnelOutput,
  tunnel,
  untunnel,
} from './tunnel.ts';
export { negotiateVersion, PROTOCOL_VERSION_HEADER, type ProtocolVersion } from './version.ts';
