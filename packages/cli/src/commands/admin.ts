import {
  COMPANY_INTEGRATIONS,
  CONTRACT_INTEGRATIONS,
  createContract,
  createCustomerApplication,
  createOrganisation,
  createPartner,
  createSeat,
  type Deployment,
  findOrganisation,
  listContracts,
  type Organisation,
  openDeployment,
  openToEverySeat,
  readConfig,
  setBoardFedElsewhere,
  setIntegrationStatus,
} from '@carrick/platform';
import { isContractUrn, parseUrn } from '@carrick/protocol';
import { type Command, CommandError, type Flags, optional, required, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';

const NAMES = ['dataDir', 'logLevel'] as const;

type Action = (deployment: Deployment, flags: Flags) => Promise<Readonly<Record<string, unknown>>>;

const ACTIONS: Readonly<Record<string, Action>> = {
  'create-organisation': async ({ ctx }, flags) => {
    const urn = optional(flags, 'urn');
    const country = optional(flags, 'country');
    const organisation = await createOrganisation(ctx, {
      name: required(flags, 'name'),
      ...(urn === undefined ? {} : { urn: organizationUrn(urn) }),
      ...(country === undefined ? {} : { country }),
    });
    return { organization: organisation.urn, name: organisation.name };
  },
  'create-contract': async (deployment, flags) => {
    const { tenantId } = await organisationOf(deployment, flags);
    const { urn } = await createContract(deployment.ctx, tenantId, { name: required(flags, 'name') });
    return { contract: urn };
  },
  'create-seat': async (deployment, flags) => {
    const { tenantId } = await organisationOf(deployment, flags);
    const member = optional(flags, 'member');
    const seat = await createSeat(deployment.ctx, deployment.memberHooks, tenantId, {
      contractId: await contractIdOf(deployment, tenantId, flags),
      email: required(flags, 'email'),
      password: passwordFrom(required(flags, 'password-env')),
      firstName: required(flags, 'first-name'),
      lastName: required(flags, 'last-name'),
      isAdmin: flags.admin === true,
      ...(member === undefined ? {} : { memberExternalId: member }),
    });
    return { seat: `urn:li:seat:${seat.seatId}`, email: seat.email, admin: seat.isAdmin };
  },
  'create-partner': async ({ ctx }, flags) => {
    const { clientId, clientSecret, urn } = await createPartner(ctx, { name: required(flags, 'name') });
    return { clientId, clientSecret, applicationUrn: urn };
  },
  'create-application': async (deployment, flags) => {
    const { ctx } = deployment;
    const { tenantId, urn: organization } = await organisationOf(deployment, flags);
    const partnerClientId = optional(flags, 'partner');
    const application = await createCustomerApplication(ctx, {
      tenantId,
      name: required(flags, 'integration-name'),
      ...(partnerClientId === undefined ? {} : { partnerClientId }),
    });
    const scope = { tenantId, atsNo: application.atsNo };
    const status = flags.enable === true ? 'ENABLED' : 'PARTNER_READY';
    await setIntegrationStatus(
      ctx,
      scope,
      [
        ...COMPANY_INTEGRATIONS.map((type) => ({ type, contextUrn: organization })),
        ...(await listContracts(ctx, tenantId)).flatMap((contract) =>
          CONTRACT_INTEGRATIONS.map((type) => ({ type, contextUrn: contract.urn })),
        ),
      ],
      status,
    );
    if (flags.viewers === true) await openToEverySeat(ctx, scope, organization);
    const { clientId, clientSecret, urn } = application;
    return { clientId, clientSecret, applicationUrn: urn, organization, status };
  },
  'set-job-board': async (deployment, flags) => {
    const { tenantId, urn: organization } = await organisationOf(deployment, flags);
    const fed = required(flags, 'fed');
    if (fed !== 'here' && fed !== 'elsewhere') throw usageError('--fed takes here or elsewhere');
    await setBoardFedElsewhere(deployment.ctx, tenantId, fed === 'elsewhere');
    return { organization, fed };
  },
};

export const command: Command = {
  summary: 'Create organisations, contracts, seats, partners and applications; say what feeds a job board.',
  usage: `admin ${Object.keys(ACTIONS).join('|')} [flags]`,
  options: {
    ...configFlags(NAMES),
    json: { type: 'boolean' },
    name: { type: 'string' },
    urn: { type: 'string' },
    country: { type: 'string' },
    organization: { type: 'string' },
    contract: { type: 'string' },
    email: { type: 'string' },
    'first-name': { type: 'string' },
    'last-name': { type: 'string' },
    'password-env': { type: 'string' },
    member: { type: 'string' },
    admin: { type: 'boolean' },
    partner: { type: 'string' },
    'integration-name': { type: 'string' },
    enable: { type: 'boolean' },
    viewers: { type: 'boolean' },
    fed: { type: 'string' },
  },
  help: {
    ...configHelp(NAMES),
    json: 'the result as one line of JSON',
    name: 'of the organisation, contract or partner',
    urn: 'create-organisation: its URN, else one with a random number',
    country: 'create-organisation: two letters, else US',
    organization: 'urn:li:organization:…; for all but create-organisation and create-partner',
    contract: 'create-seat: urn:li:contract:…, needed when the organisation has several',
    email: 'create-seat: what the holder signs in with',
    'first-name': 'create-seat',
    'last-name': 'create-seat',
    'password-env': 'create-seat: name of the environment variable that holds the password',
    member: 'create-seat: the id of a member of the directory, when the holder stands there already',
    admin: 'create-seat: the holder may administer the contract',
    partner: "create-application: the partner's client id; without it the company runs an ATS of its own",
    'integration-name': "create-application: the ATS's name as recruiters see it",
    enable: 'create-application: all integrations ENABLED at once, so that records are accepted',
    viewers: 'create-application: jobs without an access list are open to every seat',
    fed: "set-job-board: `elsewhere` where the company's board gets its jobs from a career site, else `here`",
  },
  async run({ flags, positionals }) {
    const [name = ''] = positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw usageError(`admin takes one of: ${Object.keys(ACTIONS).join(', ')}`);
    const deployment = await openDeployment(readConfig({ log: 'warn', ...flags }));
    try {
      const result = await action(deployment, flags);
      process.stdout.write(
        flags.json === true
          ? `${JSON.stringify(result)}\n`
          : Object.entries(result)
              .map(([key, value]) => `${key}: ${String(value)}\n`)
              .join(''),
      );
    } finally {
      await deployment.close();
    }
    return 0;
  },
};

async function organisationOf({ ctx }: Deployment, flags: Flags): Promise<Organisation> {
  const urn = organizationUrn(required(flags, 'organization'));
  const organisation = await findOrganisation(ctx, urn);
  if (!organisation)
    throw new CommandError(`there is no organisation ${urn}: carrick admin create-organisation makes one`);
  return organisation;
}

function organizationUrn(text: string): string {
  if (parseUrn(text)?.type !== 'organization')
    throw usageError('an organisation is given as urn:li:organization:ID');
  return text;
}

async function contractIdOf({ ctx }: Deployment, tenantId: number, flags: Flags): Promise<number> {
  const given = optional(flags, 'contract');
  if (given !== undefined && !isContractUrn(given))
    throw usageError('a contract is given as urn:li:contract:ID');
  const contracts = await listContracts(ctx, tenantId);
  const candidates = given === undefined ? contracts : contracts.filter((contract) => contract.urn === given);
  const [only, ...others] = candidates;
  if (!only)
    throw new CommandError(
      `the organisation has no ${given ?? 'contract'}: carrick admin create-contract makes one`,
    );
  if (others.length > 0)
    throw usageError(`--contract is needed, one of: ${contracts.map(({ urn }) => urn).join(', ')}`);
  return only.contractId;
}

/** Not as a flag: a password must not stand in a process list or a shell's history. */
function passwordFrom(name: string): string {
  const password = process.env[name];
  if (!password || password.length < 10)
    throw usageError(`the environment variable ${name} (--password-env) must hold at least 10 characters`);
  return password;
}
