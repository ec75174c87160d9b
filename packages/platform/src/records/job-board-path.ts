import { parseUrn } from '@carrick/protocol';

const PREFIX = '/jobs/';

/** Where a company's job board stands on this platform. */
export function jobBoardPath(organisationUrn: string): string {
  return `${PREFIX}${encodeURIComponent(parseUrn(organisationUrn)?.id ?? '')}`;
}
