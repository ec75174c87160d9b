import { excerpt, RestliError } from './restli-error.ts';

export type ProtocolVersion = '1.0.0' | '2.0.0';

export const PROTOCOL_VERSION_HEADER = 'X-RestLi-Protocol-Version';

/** An absent header means 1.0.0. Throws 400 for any other version. */
export function negotiateVersion(header: string | undefined): ProtocolVersion {
  const version = header === undefined ? '1.0.0' : header.trim();
  if (version === '1.0.0' || version === '2.0.0') return version;
  throw new RestliError(
    400,
    `${PROTOCOL_VERSION_HEADER} '${excerpt(version)}' is not supported: send 1.0.0 or 2.0.0`,
  );
}
