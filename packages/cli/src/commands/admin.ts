import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  createSeat,
  type Deployment,
  listContracts,
  openDeployment,
  openToEverySeat,
  setBoardFedElsewhere,
  setDecidesMatches,
  setIntegrationStatus,
} from '@carrick/platform';
import { INTEGRATION_BUNDLES } from '@carrick/protocol';
import { type Command, CommandError, type Flags, optional, required, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { existingDeployment } from '../existing-deployment.ts';
import { ERASURE_ACTIONS } from './admin-erasure.ts';
import { INTEGRATION_ACTIONS } from './admin-integrations.ts';
import {
  type AdminAction,
  addressFrom,
  contractsOf,
  organisationOf,
  organizationUrn,
  passwordFrom,
} from './admin-organisation.ts';
import { PARTNER_ACTIONS } from './admin-partner.ts';

const NAMES = ['dataDir', 'logLevel'] as const;

const ACTIONS: Readonly<Record<string, AdminAction>> = {
  'create-organisation': async ({ ctx }, flags) => {
    const urn = optional(flags, 'urn');
    const country = optional(flags, 'country')?.toUpperCase();
    if (country !== undefined && !/^[A-Z]{2}$/.test(country)) throw usageError('--country takes two letters');
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
      contractId: await contractIdOf(deployment, flags),
      email: addressFrom(required(flags, 'email')),
      password: passwordFrom(required(flags, 'password-env')),
      firstName: required(flags, 'first-name'),
      lastName: required(flags, 'last-name'),
      isAdmin: flags.admin === true,
      ...(member === undefined ? {} : { memberExternalId: member }),
    });
    return { seat: `urn:li:seat:${seat.seatId}`, email: seat.email, admin: seat.isAdmin };
  },
  'set-seat': async (deployment, flags) => {
    const { tenantId } = await organisationOf(deployment, flags);
    const seat = required(flags, 'seat');
    const decides = required(flags, 'decides-matches');
    const [, seatId] = /^urn:li:seat:(\d{1,15})$/.exec(seat) ?? [];
    if (seatId === undefined) throw usageError('--seat takes urn:li:seat:…');
    if (decides !== 'yes' && decides !== 'no') throw usageError('--decides-matches takes yes or no');
    if (!(await setDecidesMatches(deployment.ctx, tenantId, Number(seatId), decides === 'yes')))
      throw new CommandError(`the organisation has no ${seat}`);
    return { seat, decidesMatches: decides === 'yes' };
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
        ...INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_COMPANY.map((type) => ({
          type,
          contextUrn: organization,
        })),
        ...(await listContracts(ctx, tenantId)).flatMap((contract) =>
          INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_CONTRACT.map((type) => ({
            type,
            contextUrn: contract.urn,
          })),
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
  ...PARTNER_ACTIONS,
  ...INTEGRATION_ACTIONS,
  ...ERASURE_ACTIONS,
};

export const command: Command = {
  summary:
    'Create organisations, contracts, seats, partners and applications; take integrations through their states; say what feeds a job board; erase and hand out personal data.',
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
    seat: { type: 'string' },
    'decides-matches': { type: 'string' },
    partner: { type: 'string' },
    'integration-name': { type: 'string' },
    enable: { type: 'boolean' },
    viewers: { type: 'boolean' },
    'client-id': { type: 'string' },
    bundle: { type: 'string' },
    type: { type: 'string' },
    'callback-url': { type: 'string' },
    'contact-email': { type: 'string' },
    'guide-url': { type: 'string' },
    access: { type: 'string' },
    active: { type: 'string' },
    origins: { type: 'string' },
    fed: { type: 'string' },
    candidate: { type: 'string' },
    ats: { type: 'string' },
    everything: { type: 'boolean' },
    erasure: { type: 'string' },
    file: { type: 'string' },
  },
  help: {
    ...configHelp(NAMES),
    json: 'the result as one line of JSON',
    name: 'of the organisation, contract, partner or person',
    urn: 'create-organisation: its URN, else one with a random number',
    country: 'create-organisation: two letters, else US',
    organization: 'urn:li:organization:…; for what is created in it, and request-integration',
    contract:
      'urn:li:contract:…; create-seat needs it when the organisation has several; …-integration: only its own',
    email: 'create-seat, …-partner-user: what the holder signs in with',
    'first-name': 'create-seat',
    'last-name': 'create-seat',
    'password-env':
      'create-seat, create-partner-user: name of the environment variable that holds the password',
    member:
      'create-seat: the id of a member of the directory, when the holder stands there already; erase, export-data: whose data',
    admin: 'create-seat: the holder may administer the contract',
    seat: 'set-seat, erase, export-data: urn:li:seat:…',
    'decides-matches':
      'set-seat: yes or no: whether the seat corrects links and goes through proposals; administrators always do',
    partner: "create-application: the partner's client id; without it the company runs an ATS of its own",
    'integration-name': "create-application, approve-integration: the ATS's name as recruiters see it",
    enable: 'create-application: all integrations ENABLED at once, so that records are accepted',
    viewers: 'create-application: jobs without an access list are open to every seat',
    'client-id':
      "…-integration, set-application-access: the customer application's; create-partner-user, describe-provider: the partner's",
    bundle: 'request-integration: company or contract, else both',
    type: '…-integration: only this type, such as ONE_CLICK_EXPORT, else all',
    'contact-email': "describe-provider: who is told that a vendor's customer waits",
    'guide-url': "describe-provider: how the vendor's product is activated",
    'callback-url': 'approve-integration: where notifications go; an export cannot do without',
    access: 'set-application-access: blocked, pending or enabled',
    active: 'set-partner-user: yes or no: whether the person gets into the console',
    candidate: "erase, export-data: the candidate's id in the ATS, with --ats",
    ats: 'erase, export-data: which ATS of the organisation, from 1',
    everything: 'erase, export-data: the whole organisation',
    erasure:
      'erase-confirm: what `erase` printed; with --organization unless a member or a whole organisation is erased',
    file: 'erase-confirm: where the certificate goes; check-certificate: which one; export-data: where the lines go',
    origins:
      'set-widget-origins: pages that may show the widgets, such as https://ats.example.com, separated by commas',
    fed: "set-job-board: `elsewhere` where the company's board gets its jobs from a career site, else `here`",
  },
  async run({ flags, positionals }) {
    const [name = '', ...rest] = positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw usageError(`admin takes one of: ${Object.keys(ACTIONS).join(', ')}`);
    if (rest.length > 0) throw usageError(`${rest.join(' ')}: admin takes one action and flags`);
    const deployment = await openDeployment(existingDeployment(flags));
    try {
      const result = await action(deployment, flags);
      process.stdout.write(
        flags.json === true
          ? `${JSON.stringify(result)}\n`
          : Object.entries(result)
              .map(
                ([key, value]) =>
                  `${key}: ${typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)}\n`,
              )
              .join(''),
      );
    } finally {
      await deployment.close();
    }
    return 0;
  },
};

async function contractIdOf(deployment: Deployment, flags: Flags): Promise<number> {
  const [only, ...others] = await contractsOf(deployment, flags);
  if (!only || others.length > 0)
    throw usageError(
      `--contract is needed, one of: ${[only, ...others].map((each) => each?.urn).join(', ')}`,
    );
  return only.contractId;
}
