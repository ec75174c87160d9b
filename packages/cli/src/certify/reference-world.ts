import { randomBytes } from 'node:crypto';
import {
  bindAts,
  createContract,
  createOrganisation,
  createPartner,
  createSeat,
  findOauthApplication,
  importMembers,
  type Platform,
  requestIntegrations,
  type SideDatabase,
  switchIntegration,
} from '@carrick/platform';
import { INTEGRATION_BUNDLES } from '@carrick/protocol';
import { type AtsOptions, openAts, type RunningAts } from '@carrick/reference-ats';
import { makeAtsRecords } from '../demo/ats-records.ts';
import { fillAts } from '../demo/fill-ats.ts';
import { makePeople, memberId, memberLine } from '../demo/people.ts';
import { Random } from '../demo/random.ts';
import { openEyes } from './eyes.ts';
import { referenceHands } from './reference-hands.ts';
import { Stage } from './stage.ts';

const KNOWN = 24;
const STRANGERS = 8;
const SEED = 7;

export interface ReferenceWorld {
  readonly stage: Stage;
  readonly ats: RunningAts;
  close(): Promise<void>;
}

export interface ReferenceOptions {
  /** Of the company: several live on one platform. */
  readonly number: number;
  readonly database: SideDatabase;
  /** Makes the ATS's connector; a broken one shows whether a certification notices. */
  readonly connect?: AtsOptions['connect'];
}

const PEOPLE = ['Ines Marlow', 'Rowan Fell', 'Tomoko Hale'] as const;

/**
 * A company on the platform that has never heard of its ATS, and the reference ATS with a small history that has never heard of the
 * platform: what a certification begins with.
 */
export async function openReferenceWorld(
  platform: Platform,
  { number, database, connect }: ReferenceOptions,
): Promise<ReferenceWorld> {
  const { deployment, baseUrl } = platform;
  const { ctx, memberHooks } = deployment;
  const organisation = await createOrganisation(ctx, {
    urn: `urn:li:organization:${95_000_000 + number}`,
    name: `Certified Company ${number}`,
  });
  const { tenantId } = organisation;
  const contract = await createContract(ctx, tenantId, { name: `Contract ${number}` });
  const partner = await createPartner(ctx, { name: 'Bosun' });
  const seats = PEOPLE.map((name, index) => {
    const [firstName = '', lastName = ''] = name.split(' ');
    const email = `${firstName.toLowerCase()}@company${number}.example`;
    return {
      id: `U-${index + 1}`,
      firstName,
      lastName,
      email,
      password: randomBytes(9).toString('base64url'),
    };
  });
  for (const [index, { id, password, ...seat }] of seats.entries())
    await createSeat(ctx, memberHooks, tenantId, {
      ...seat,
      password,
      isAdmin: index === 0,
      contractId: contract.contractId,
      memberExternalId: `certified-${number}-${id}`,
    });

  const ats = await openAts({
    name: 'Bosun',
    company: { id: `company-${number}`, name: `Certified Company ${number}` },
    databaseUrl: database.url,
    secretsKey: database.secretsKey,
    host: '127.0.0.1',
    port: 0,
    platform: baseUrl,
    partner: { clientId: partner.clientId, clientSecret: partner.clientSecret },
    // A viewer may be asked about twelve times a minute.
    poll: { everyMs: 5_500, backMs: 60_000 },
    isPaced: false,
    now: () => ctx.clock.now(),
    ...(connect && { connect }),
  });
  const close = async () => {
    await ats.close();
    await database.close();
  };
  try {
    await fillHistory(platform, ats, seats, number);
    await fetch(`${ats.url}/setup/provision`, { method: 'POST', redirect: 'manual' });
    const customer = await ats.connector.customers.get(`company-${number}`);
    const application = customer && (await findOauthApplication(ctx, customer.clientId));
    if (!application) throw new Error('the reference ATS has no application of its own after provisioning');
    const scope = {
      tenantId,
      atsNo: await bindAts(ctx, tenantId, application.applicationId, application.name),
    };
    const keys = [
      ...INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_COMPANY.map((type) => ({
        type,
        contextUrn: organisation.urn,
      })),
      ...INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_CONTRACT.map((type) => ({
        type,
        contextUrn: contract.urn,
      })),
    ];
    const hands = referenceHands(ats.url, async () => {
      await requestIntegrations(ctx, organisation, application, keys);
      return JSON.stringify(
        keys.map(({ type, contextUrn }) => ({
          integrationContext: contextUrn,
          integrationType: type,
          tenantType: 'RECRUITER',
        })),
      );
    });
    const [admin, r1, r2] = await Promise.all(seats.map((seat) => openEyes(baseUrl, scope.atsNo, seat)));
    if (!admin || !r1 || !r2) throw new Error('three seats were made'); // by PEOPLE
    const stage = new Stage({
      baseUrl,
      deployment,
      scope,
      organization: organisation.urn,
      contract: contract.urn,
      application,
      hands,
      seats: { admin, r1, r2 },
      async switchOn() {
        for (const key of keys) await switchIntegration(ctx, scope, key, true);
      },
    });
    return { stage, ats, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Jobs, open and closed, and some twenty candidates of two years, half of them members. */
async function fillHistory(
  { deployment: { ctx, memberHooks } }: Platform,
  ats: RunningAts,
  seats: readonly { id: string; firstName: string; lastName: string; email: string }[],
  number: number,
): Promise<void> {
  const now = ctx.clock.now();
  const random = new Random(SEED);
  const thisYear = new Date(now).getUTCFullYear();
  const people = makePeople(KNOWN + STRANGERS, random, thisYear);
  const known = people.slice(0, KNOWN);
  const context = {
    organization: '',
    everybody: known.map(memberId),
    staff: known.slice(0, 1).map(memberId),
    thisYear,
  };
  // Every company has the same people in its ATS: they are in the directory once.
  if (number === 1) {
    const lines = known.map(
      (person) => `${JSON.stringify({ ...memberLine(person, random, context), followsOrganizations: [] })}\n`,
    );
    async function* all() {
      yield* lines;
    }
    await importMembers(ctx, all(), { hooks: memberHooks });
  }
  const { records } = makeAtsRecords(known, people.slice(KNOWN), seats, new Random(SEED), now);
  await fillAts(ats, records, seats);
}
