import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MemberFacts } from '../members/index.ts';
import { IdentifierKeys } from './keys.ts';
import { type CandidateFields, candidateIdentity, memberIdentity } from './normalize.ts';
import { decide } from './score.ts';

const candidate = (fields: Partial<CandidateFields> = {}): CandidateFields => ({
  firstName: 'Jane',
  lastName: 'Doe',
  emailAddresses: ['jane.doe@gmail.com'],
  ...fields,
});
const member = (memberId: number, facts: Partial<MemberFacts> = {}): MemberFacts => ({
  memberId,
  firstName: 'Jane',
  lastName: 'Doe',
  middleName: null,
  maidenName: null,
  suffix: null,
  emails: [],
  phones: [],
  profileUrls: [],
  positions: [],
  address: null,
  location: null,
  isFoundByEmail: true,
  isFoundByPhone: true,
  isClosed: false,
  ...facts,
});
const decided = (fields: CandidateFields, ...members: MemberFacts[]) =>
  decide(
    fields,
    candidateIdentity(fields),
    members.map((facts) => memberIdentity(facts)),
  );
const linked = (fields: CandidateFields, ...members: MemberFacts[]) => {
  const decision = decided(fields, ...members);
  return decision.outcome === 'AUTO' ? decision.memberId : null;
};

describe('decide', () => {
  test('MA11 L-043 links by canonical e-mail when the name agrees', () => {
    expect(decided(candidate(), member(7, { emails: ['JaneDoe+x@googlemail.com'] }))).toEqual({
      outcome: 'AUTO',
      memberId: 7,
      reasons: ['email.canon', 'name.agrees'],
    });
  });

  test('MA11 links by profile address when the name agrees', () => {
    const fields = candidate({ emailAddresses: [], linkedInProfileUrl: 'http://uk.linkedin.com/in/JaneD/' });
    expect(linked(fields, member(7, { profileUrls: ['https://www.linkedin.com/in/janed'] }))).toBe(7);
  });

  test('MA11 L-043 does not link when the name contradicts the identifier', () => {
    const fields = candidate({ firstName: 'John' });
    expect(decided(fields, member(7, { emails: ['jane.doe@gmail.com'] }))).toEqual({
      outcome: 'NONE',
      reasons: ['name.contradicts'],
    });
  });

  test('MA11 does not link by name alone', () => {
    expect(linked(candidate(), member(7, { emails: ['other@gmail.com'] }))).toBeNull();
  });

  test('MA2 a role mailbox links nobody, confirmed or not', () => {
    const emailAddresses = ['jobs@acme.com'];
    expect(linked(candidate({ emailAddresses }), member(7, { emails: emailAddresses }))).toBeNull();
  });

  test('MA2 a disposable mailbox links where it is exactly the confirmed address', () => {
    const emailAddresses = ['Jane.Doe@mailinator.com'];
    expect(linked(candidate({ emailAddresses }), member(7, { emails: ['jane.doe@mailinator.com'] }))).toBe(7);
    expect(
      linked(candidate({ emailAddresses }), member(7, { emails: ['janedoe@mailinator.com'] })),
    ).toBeNull();
  });

  test('MA4 the deep link into the ATS is no profile address, one of the network form is', () => {
    const own = member(7, {
      profileUrls: ['https://ats.example/candidates/1', 'https://linkedin.com/in/janed'],
    });
    const at = (externalProfileUrl: string) => candidate({ emailAddresses: [], externalProfileUrl });
    expect(linked(at('https://ats.example/candidates/1'), own)).toBeNull();
    expect(linked(at('https://www.linkedin.com/in/janed'), own)).toBe(7);
  });

  test('MA5 a former address counts while nobody else holds it', () => {
    const fields = candidate({ emailAddresses: [], linkedInProfileUrl: 'linkedin.com/in/janed' });
    const former = member(7, { profileUrls: ['linkedin.com/in/jane-new', 'linkedin.com/in/janed'] });
    expect(decided(fields, former)).toMatchObject({ memberId: 7, reasons: ['url.former', 'name.agrees'] });
    expect(linked(fields, former, member(8, { profileUrls: ['linkedin.com/in/janed'] }))).toBe(8);
    const alsoFormer = member(8, { profileUrls: ['linkedin.com/in/another', 'linkedin.com/in/janed'] });
    expect(linked(fields, former, alsoFormer)).toBeNull();
  });

  test('MA12 of several who fit, the one with more identifiers; on a tie none', () => {
    const fields = candidate({ emailAddresses: ['a@x.org', 'b@x.org'] });
    expect(
      linked(fields, member(1, { emails: ['a@x.org'] }), member(2, { emails: ['a@x.org', 'b@x.org'] })),
    ).toBe(2);
    expect(decided(fields, member(1, { emails: ['a@x.org'] }), member(2, { emails: ['b@x.org'] }))).toEqual({
      outcome: 'NONE',
      reasons: ['members.several'],
    });
  });

  test('MA12 a relative on the same mailbox does not stand in the way', () => {
    const emails = ['family@doe.org'];
    const fields = candidate({ emailAddresses: emails });
    expect(linked(fields, member(1, { emails }), member(2, { emails, firstName: 'John' }))).toBe(1);
  });

  test('MA13 an identifier with no name to it links nobody', () => {
    const own = member(7, { emails: ['jane.doe@gmail.com'] });
    expect(decided(candidate({ firstName: 'Unknown', lastName: '-' }), own)).toEqual({
      outcome: 'NONE',
      reasons: ['name.silent'],
    });
    expect(linked(candidate({ firstName: 'J', lastName: 'D' }), own)).toBeNull();
    expect(decided(candidate({ firstName: 'Unknown' }), own)).toMatchObject({
      memberId: 7,
      reasons: ['email.exact', 'name.partly'],
    });
  });

  test('MA12 MA14 no order of members matters, and no reason holds a value', () => {
    const mailbox = fc.constantFrom('a@x.org', 'b@x.org', 'c@gmail.com', 'c+d@gmail.com');
    const url = fc.constantFrom('linkedin.com/in/aa', 'linkedin.com/in/bb');
    const facts = fc.record({
      firstName: fc.constantFrom('Jane', 'J', 'John'),
      lastName: fc.constantFrom('Doe', 'Smith', 'Doe-Smith'),
      emails: fc.array(mailbox, { maxLength: 3 }),
      profileUrls: fc.array(url, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(
        fc.array(facts, { maxLength: 5 }),
        fc.array(mailbox, { maxLength: 2 }),
        url,
        (people, emailAddresses, profile) => {
          const fields = candidate({ emailAddresses, linkedInProfileUrl: profile });
          const members = people.map((person, index) => member(index + 1, person));
          const decision = decided(fields, ...members);
          expect(decided(fields, ...members.toReversed())).toEqual(decision);
          for (const reason of decision.reasons)
            expect(reason).toMatch(/^(email|url|name|identifier|members)\.[a-z]+$/);
        },
      ),
    );
  });
});

describe('identifier keys', () => {
  test('MA7 keys depend on pepper, kind and canonical value alone', () => {
    const keys = new IdentifierKeys(Buffer.alloc(32, 1));
    const ofEmail = (...emailAddresses: string[]) =>
      keys.ofCandidate(candidateIdentity(candidate({ emailAddresses })));
    expect(ofEmail('J.Doe@gmail.com')).toEqual(ofEmail('jdoe+x@googlemail.com'));
    expect(ofEmail('j.doe@gmail.com', 'jdoe@gmail.com')).toHaveLength(1);
    const [one] = ofEmail('jdoe@gmail.com');
    const [other] = new IdentifierKeys(Buffer.alloc(32, 2)).ofCandidate(
      candidateIdentity(candidate({ emailAddresses: ['jdoe@gmail.com'] })),
    );
    expect(one?.key).toMatch(/^-?\d{1,19}$/);
    expect(one?.key).not.toBe(other?.key);
  });

  test('MA7 a closed account and a role mailbox have no key', () => {
    const keys = new IdentifierKeys(Buffer.alloc(32, 1));
    const closed = memberIdentity(
      member(1, { emails: ['jane@x.org'], profileUrls: ['linkedin.com/in/jane'], isClosed: true }),
    );
    expect(keys.ofMember(closed)).toEqual([]);
    expect(keys.ofCandidate(candidateIdentity(candidate({ emailAddresses: ['info@x.org'] })))).toEqual([]);
  });
});
