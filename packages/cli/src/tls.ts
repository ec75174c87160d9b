import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Config, systemClock, type Tls } from '@carrick/platform';
import type { Flags } from './command.ts';
import { openAuthority } from './local-authority.ts';

export const TLS_OPTION = { tls: { type: 'boolean' } } as const;
export const TLS_HELP = {
  tls: 'https, with a certificate of a local authority that is made beside the data: for development',
} as const;

const OWN_NAMES = ['localhost', '127.0.0.1', '::1'];

/** The certificate for `--tls`; null without it. Says on stderr how a browser is made to trust it; this process does at once. */
export async function openTls(flags: Flags, { dataDir, host, publicUrl }: Config): Promise<Tls | null> {
  if (flags.tls !== true) return null;
  const authority = await openAuthority(dataDir, systemClock);
  const others = [host, ...(publicUrl === null ? [] : [new URL(publicUrl).hostname])];
  const names = [...new Set([...OWN_NAMES, ...others])].filter((name) => name !== '0.0.0.0' && name !== '::');
  const issued = await authority.issue(names);
  trust(authority.certificate);
  process.stderr.write(howToTrust(authority.certificateFile));
  return issued;
}

/** Newer versions of Node only; an older one has to be told by NODE_EXTRA_CA_CERTS. */
function trust(certificate: string): void {
  if (typeof setDefaultCACertificates !== 'function') return;
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
}

function howToTrust(file: string): string {
  return `carrick: https with a certificate of a local authority. Trust it on this machine only, and only for development:
  Debian, Ubuntu  sudo cp "${file}" /usr/local/share/ca-certificates/carrick.crt && sudo update-ca-certificates
  Chrome, Linux   certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n carrick -i "${file}"
  macOS           security add-trusted-cert -k ~/Library/Keychains/login.keychain-db "${file}"
  Windows         certutil -user -addstore Root "${file}"
  Firefox         Settings, Certificates, Authorities, Import
  curl, Node      curl --cacert "${file}" …    NODE_EXTRA_CA_CERTS="${file}" node …
`;
}
