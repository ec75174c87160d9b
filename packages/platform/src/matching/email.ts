import { domainToASCII } from 'node:url';
import {
  DISPOSABLE_DOMAINS,
  PLACEHOLDER_DOMAINS,
  PLACEHOLDER_LOCAL_PARTS,
  ROLE_LOCAL_PARTS,
} from './mailboxes.ts';

/**
 * PERSONAL, at home or at work, identifies a person. DISPOSABLE does only where it is exactly an address that the member
 * confirmed. ROLE is read by several people, PLACEHOLDER by nobody.
 */
export type MailboxClass = 'PERSONAL' | 'ROLE' | 'DISPOSABLE' | 'PLACEHOLDER';

export interface CanonicalEmail {
  /** Lower-cased, ASCII domain; otherwise as given. */
  readonly exact: string;
  /** The mailbox behind it: without what its provider is known to ignore. */
  readonly canon: string;
  readonly class: MailboxClass;
}

interface Provider {
  readonly domain: string;
  readonly tag?: '+' | '-';
  readonly ignoresDots?: true;
}

const plus = (domain: string): Provider => ({ domain, tag: '+' });
const gmail: Provider = { domain: 'gmail.com', tag: '+', ignoresDots: true };
const proton: Provider = { domain: 'proton.me', tag: '+' };

/** Only providers whose rule is documented. Elsewhere `a+b@` may be somebody else than `a@`. */
const PROVIDERS = new Map<string, Provider>([
  ['gmail.com', gmail],
  ['googlemail.com', gmail],
  ['proton.me', proton],
  ['protonmail.com', proton],
  ['pm.me', proton],
  ...['icloud.com', 'me.com', 'mac.com', 'fastmail.com', 'fastmail.fm'].map(
    (domain) => [domain, plus(domain)] as const,
  ),
]);
const MICROSOFT = /^(outlook|hotmail|live|msn)\.[a-z]{2,3}(\.[a-z]{2})?$/;
const YAHOO = /^(yahoo\.[a-z]{2,3}(\.[a-z]{2})?|ymail\.com|rocketmail\.com)$/;

const ZERO_WIDTH = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g;
const LABEL = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/;

/** Null for what is no address. Idempotent: the canonical form of a canonical form is itself. */
export function canonicalEmail(raw: string): CanonicalEmail | null {
  const text = PLAIN.test(raw) ? raw : unwrap(raw).normalize('NFKC').replaceAll(ZERO_WIDTH, '').trim();
  const at = text.lastIndexOf('@');
  if (at <= 0 || /[\s@<>]/.test(text.slice(0, at))) return null;
  const domain = domainOf(text.slice(at + 1));
  if (!domain) return null;
  const local = text.slice(0, at).toLowerCase();
  const mailbox = domain.provider ? mailboxOf(local, domain.provider) : local;
  return {
    exact: `${local}@${domain.ascii}`,
    canon: `${mailbox}@${domain.provider?.domain ?? domain.ascii}`,
    class: classOf(mailbox, domain),
  };
}

/** Needs no unwrapping and no normalisation. */
const PLAIN = /^[\w.+-]+@[\w.-]+$/;

interface Domain {
  readonly ascii: string;
  readonly provider: Provider | undefined;
  readonly class: MailboxClass;
}

/** What is known of a domain; null for what is none. Most addresses are at a few domains, and a domain costs as much as all else. */
function domainOf(raw: string): Domain | null {
  const known = domains.get(raw);
  if (known !== undefined) return known;
  const ascii = asciiDomain(raw);
  const domain =
    ascii === null
      ? null
      : {
          ascii,
          provider: providerOf(ascii),
          class: classOfDomain(ascii),
        };
  if (domains.size >= MOST_DOMAINS) domains.clear();
  domains.set(raw, domain);
  return domain;
}

function classOfDomain(ascii: string): MailboxClass {
  if (PLACEHOLDER_DOMAINS.test(ascii)) return 'PLACEHOLDER';
  return DISPOSABLE_DOMAINS.has(ascii) ? 'DISPOSABLE' : 'PERSONAL';
}

const domains = new Map<string, Domain | null>();
const MOST_DOMAINS = 2_000;

/** `"Jane" <jane@x.org>`, `mailto:jane@x.org?subject=…` → jane@x.org */
function unwrap(raw: string): string {
  const bracketed = raw.match(/<([^<>]*)>\s*$/)?.[1] ?? raw;
  const trimmed = bracketed.trim();
  return /^mailto:/i.test(trimmed) ? trimmed.slice(7).replace(/\?.*$/s, '') : trimmed;
}

function asciiDomain(raw: string): string | null {
  // domainToASCII costs 4 µs and answers ordinary domains with themselves.
  const lower = raw.toLowerCase().replace(/\.$/, '');
  const ascii = /^[a-z0-9.-]+$/.test(lower) && !lower.includes('xn--') ? lower : domainToASCII(lower);
  const labels = ascii.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) ? ascii : null;
}

function providerOf(domain: string): Provider | undefined {
  const known = PROVIDERS.get(domain);
  if (known) return known;
  if (MICROSOFT.test(domain)) return { domain, tag: '+' };
  if (YAHOO.test(domain)) return { domain, tag: '-' };
  return undefined;
}

function mailboxOf(local: string, { tag, ignoresDots }: Provider): string {
  const cut = tag ? local.indexOf(tag) : -1;
  const untagged = cut > 0 ? local.slice(0, cut) : local;
  const mailbox = ignoresDots ? untagged.replaceAll('.', '') : untagged;
  return mailbox || local;
}

function classOf(mailbox: string, { ascii, class: ofDomain }: Domain): MailboxClass {
  const isRepeated = ascii.startsWith(mailbox) && ascii[mailbox.length] === '.' && /^(.)\1*$/.test(mailbox); // x@x.x
  if (isRepeated || ofDomain === 'PLACEHOLDER' || PLACEHOLDER_LOCAL_PARTS.test(mailbox)) return 'PLACEHOLDER';
  if (ROLE_LOCAL_PARTS.has(mailbox.replaceAll(/[._-]/g, ''))) return 'ROLE';
  return ofDomain;
}
