import {
  type Contract,
  type Deployment,
  findOrganisation,
  listContracts,
  type Organisation,
} from '@carrick/platform';
import { isContractUrn, parseUrn } from '@carrick/protocol';
import { CommandError, type Flags, optional, required, usageError } from '../command.ts';

export type AdminAction = (
  deployment: Deployment,
  flags: Flags,
) => Promise<Readonly<Record<string, unknown>>>;

export async function organisationOf({ ctx }: Deployment, flags: Flags): Promise<Organisation> {
  const urn = organizationUrn(required(flags, 'organization'));
  const organisation = await findOrganisation(ctx, urn);
  if (!organisation)
    throw new CommandError(`there is no organisation ${urn}: carrick admin create-organisation makes one`);
  return organisation;
}

export function organizationUrn(text: string): string {
  if (parseUrn(text)?.type !== 'organization')
    throw usageError('an organisation is given as urn:li:organization:ID');
  return text;
}

/** All contracts of the organisation, or the one that --contract names. */
export async function contractsOf(deployment: Deployment, flags: Flags): Promise<readonly Contract[]> {
  const given = optional(flags, 'contract');
  if (given !== undefined && !isContractUrn(given))
    throw usageError('a contract is given as urn:li:contract:ID');
  const { tenantId } = await organisationOf(deployment, flags);
  const contracts = await listContracts(deployment.ctx, tenantId);
  const chosen = given === undefined ? contracts : contracts.filter((contract) => contract.urn === given);
  if (chosen.length > 0) return chosen;
  throw new CommandError(
    `the organisation has no ${given ?? 'contract'}: carrick admin create-contract makes one`,
  );
}

export function addressFrom(text: string): string {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text))
    throw usageError('--email takes an address of the form X@X.X');
  return text;
}

/** Not as a flag: a password must not stand in a process list or a shell's history. */
export function passwordFrom(name: string): string {
  const password = process.env[name];
  if (!password || password.length < 10)
    throw usageError(`the environment variable ${name} (--password-env) must hold at least 10 characters`);
  return password;
}
