import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Company,
  linkIn,
  type MessageWorld,
  openMessageWorld,
  type Recruiter,
} from './testing/message-world.ts';

const EMAIL = 'blake@withheld.example';
const PHONE = '+49 30 5550100';

let world: MessageWorld;
let acme: Company;
let rita: Recruiter;
let rolf: Recruiter;
beforeAll(async () => {
  world = await openMessageWorld();
  acme = await world.company('Acme');
  rita = await acme.seat('Rita One');
  rolf = await acme.seat('Rolf Two');
}, 60_000);
afterAll(() => world.close());

let number = 0;
/** A member of their own for each test. */
async function person(given: object = {}) {
  const id = `p${++number}`;
  const email = `${id}@mail.example`;
  const line = { id, firstName: 'Pat', lastName: `Person${number}`, emails: [email], ...given };
  const ids = await world.members(line);
  return { id: await rita.idOf(line.lastName), memberId: ids.get(id) ?? 0, email };
}

test('MS1 L-121 L-123 a message is mailed, answered on the page, and a yes makes a stub with e-mail and phone', async () => {
  const pat = await person({
    emails: [EMAIL],
    phones: [PHONE],
    headline: 'Account manager',
    positions: [{ title: 'Account manager', companyName: 'Hanseatic', startDate: '2019' }],
  });
  const { sent } = await rita.write(pat.id);
  expect(sent).toHaveLength(1);
  const { mail } = await world.mailTo(EMAIL);
  expect(mail.subject).toContain('A role in freight');
  expect(mail.text).toContain('Are you free for a talk?');
  const link = linkIn(mail.text);
  const shown = await world.visit(link);
  expect(shown.html).toContain('Are you free for a talk?');
  const asked = await world.visit(link, { step: 'reply', kind: 'text', text: 'Gladly.', key: 'k1' });
  expect(asked.html).toContain('Share your contact info?');
  const stubs = `/v2/mailStubs?q=contract&contract=${acme.contractUrn}&owners=${rita.seatUrn}`;
  expect((await acme.wire(stubs)).body.elements).toEqual([]);
  await world.visit(link, { step: 'share', answer: 'yes', email: EMAIL, phone: PHONE });
  expect((await acme.wire(stubs)).body.elements).toMatchObject([
    {
      firstName: 'Pat',
      currentEmployerNames: ['Hanseatic'],
      emailAddress: EMAIL,
      emailAddresses: [EMAIL],
      phoneNumber: PHONE,
      owner: rita.seatUrn,
      contract: acme.contractUrn,
    },
  ]);
  const profile = await rita.get(`/people/${pat.id}`);
  expect(profile.body).toMatchObject({ contact: { email: EMAIL, phone: PHONE }, conversations: 1 });
  const events = await acme.wire(`/v2/conversationEvents?q=criteria&viewer=${rita.seatUrn}`);
  expect(events.body.elements).toMatchObject([
    {
      type: 'INMAIL',
      visibility: 'PUBLIC',
      content: { subject: 'A role in freight', body: 'Are you free for a talk?' },
    },
    { type: 'INMAIL_REPLY', content: { body: 'Gladly.' } },
  ]);
});
