import { MOST_PAGE_ORIGINS, pageOriginProblem, redirectAddressProblem } from '@carrick/protocol';

/** Names of applications may not suggest that they are the vendor's own. */
const RESERVED_IN_NAMES = /linkedin/i;

export interface DetailsProblem {
  /** `validJsSdkDomains/0` */
  readonly field: string;
  readonly reason: string;
}

/** What is wrong with an application's name or addresses, beyond their form; null: nothing. For the wire and the console alike. */
export function detailsProblem({
  name = '',
  oauth2AuthorizedCallbackUrls = [],
  validJsSdkDomains = [],
}: {
  readonly name?: string;
  readonly oauth2AuthorizedCallbackUrls?: readonly string[];
  readonly validJsSdkDomains?: readonly string[];
}): DetailsProblem | null {
  if (RESERVED_IN_NAMES.test(name)) return { field: 'name', reason: 'must not contain "LinkedIn"' };
  for (const [index, text] of oauth2AuthorizedCallbackUrls.entries()) {
    const reason = redirectAddressProblem(text);
    if (reason !== null) return { field: `oauth2AuthorizedCallbackUrls/${index}`, reason };
  }
  if (validJsSdkDomains.length > MOST_PAGE_ORIGINS)
    return { field: 'validJsSdkDomains', reason: `must have at most ${MOST_PAGE_ORIGINS} entries` };
  for (const [index, text] of validJsSdkDomains.entries()) {
    const reason = pageOriginProblem(text);
    if (reason !== null) return { field: `validJsSdkDomains/${index}`, reason };
  }
  return null;
}
