import { type Deployment, importMembers } from '@carrick/platform';
import { INTEGRATION_BUNDLES } from '@carrick/protocol';
import type { RunningAts } from '@carrick/reference-ats';
import { CommandError } from '../command.ts';
import type { TenantDetails } from '../ensure-tenant.ts';
import { makeAtsRecords } from './ats-records.ts';
import { COMPANY, staffLines } from './company.ts';
import { type AtsUser, fillAts } from './fill-ats.ts';
import { makePeople, memberId, memberLine } from './people.ts';
import { Random } from './random.ts';

const SEED = 20_260_105;
const MEMBERS = 2000;
const KNOWN_CANDIDATES = 300;
const STRANGERS = 300;
/** Rounds of the connector until a history must be there. */
const MOST_ROUNDS = 20;

const STAFF: readonly AtsUser[] = COMPANY.seats.map((seat) => ({ ...seat, id: seat.memberExternalId }));

/** What the connector calls the demo company. */
export const CUSTOMER = { id: 'halyard-pine', name: COMPANY.name };

/**
 * Fills the demo world: people through the member import, candidates into the ATS's own database, from where the connector brings
 * them over the wire. With the same `now` it writes the same again, so a seeding that was broken off is simply repeated.
 */
export async function seedDemo(
  deployment: Deployment,
  ats: RunningAts,
  company: TenantDetails,
  now: number,
): Promise<void> {
  const random = new Random(SEED);
  const thisYear = new Date(now).getUTCFullYear();
  const people = makePeople(MEMBERS + STRANGERS, random, thisYear);
  const members = people.slice(0, MEMBERS);
  const context = {
    organization: company.organization,
    everybody: members.map(memberId),
    staff: COMPANY.seats.map(({ memberExternalId }) => memberExternalId),
    thisYear,
  };
  const lines = [...staffLines(), ...members.map((person) => memberLine(person, random, context))];
  await importMembers(deployment.ctx, ndjson(lines), { hooks: deployment.memberHooks });

  // They are spread over all origins.
  const known = random.some(members, KNOWN_CANDIDATES);
  const { records } = makeAtsRecords(known, people.slice(MEMBERS), COMPANY.seats, random, now);
  await fillAts(ats, records, STAFF);
  await connectAts(ats, company);
}

/** What an administrator does once: the features are asked for, users are bound to their seats; the history follows. */
async function connectAts({ connector }: RunningAts, company: TenantDetails): Promise<void> {
  const asked = [
    ...INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_COMPANY.map(
      (type) => [type, company.organization] as const,
    ),
    ...INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_CONTRACT.map((type) => [type, company.contract] as const),
  ];
  await connector.customers.onboarded(
    CUSTOMER.id,
    asked.map(([integrationType, integrationContext]) => ({
      integrationType,
      integrationContext,
      tenantType: 'RECRUITER',
    })),
  );
  for (const { id, email } of STAFF) {
    const seat = company.seats.find((each) => each.email === email);
    if (seat) await connector.customers.bindUser(CUSTOMER.id, id, seat.person);
  }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { failing, quarantined } = await connector.runOnce();
    if (failing[0] || quarantined > 0)
      throw new CommandError(
        `the demo world does not reach the platform: ${failing[0]?.reason ?? `${quarantined} records were refused`}`,
      );
    if ((await connector.customers.get(CUSTOMER.id))?.historySentAt) return;
  }
  throw new CommandError('the demo world does not reach the platform: its history does not end');
}

async function* ndjson(lines: readonly object[]): AsyncGenerator<string> {
  for (const line of lines) yield `${JSON.stringify(line)}\n`;
}
