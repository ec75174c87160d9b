import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Circumstances, decide } from './decide.ts';
import { frequenciesOf, type Model, startingModel } from './model.ts';
import { type CandidateFields, candidatePerson, type MemberFields, memberPerson } from './person.ts';

const model = startingModel(100_000);
const decidedIn = (circumstances: Circumstances, candidate: CandidateFields, ...members: MemberFields[]) =>
  decide(
    candidatePerson(candidate),
    members.map((fields) => memberPerson(fields)),
    model,
    circumstances,
  );
const decided = (candidate: CandidateFields, ...members: MemberFields[]) =>
  decidedIn({}, candidate, ...members);
const mailbox = 'janedoe@gmail.com';
const jane: MemberFields = { memberId: 7, firstName: 'Jane', lastName: 'Doe', emails: [mailbox] };
const candidate: CandidateFields = { firstName: 'Jane', lastName: 'Doe', emailAddresses: [mailbox] };

describe('decide', () => {
  test('MA11 L-043 links by canonical e-mail when the name agrees', () => {
    const fields = { ...candidate, emailAddresses: ['Jane.Doe+x@googlemail.com'] };
    expect(decided(fields, jane)).toMatchObject({
      outcome: 'AUTO',
      memberId: 7,
      reasons: ['name.exact', 'email.canon'],
    });
  });

  test('MA11 L-044 links by phone number, however it is written', () => {
    const fields = {
      firstName: 'Jane',
      lastName: 'Doe',
      phoneNumbers: [{ number: '(0) 30 901820' }],
      addresses: [{ country: 'Germany' }],
    };
    expect(decided(fields, { ...jane, phones: ['+49 30 901820'] })).toMatchObject({ outcome: 'AUTO' });
  });

  test('MA11 L-044 links by profile address when the name agrees', () => {
    const fields = {
      firstName: 'Jane',
      lastName: 'Doe',
      linkedInProfileUrl: 'http://uk.linkedin.com/in/JaneD/',
    };
    const member = { ...jane, profileUrls: ['https://www.linkedin.com/in/janed'] };
    expect(decided(fields, member)).toMatchObject({ outcome: 'AUTO', memberId: 7 });
  });

  test('MA11 L-042 further fields alone are proposed, never linked', () => {
    const fields = {
      firstName: 'Jane',
      lastName: 'Doe',
      currentCompanyName: 'Acme Ltd',
      currentJobTitle: 'Welder',
      addresses: [{ city: 'Leeds' }],
    };
    const member = { ...jane, positions: [{ companyName: 'ACME', title: 'Welder' }], location: 'Leeds' };
    expect(decided(fields, member)).toMatchObject({
      outcome: 'REVIEW',
      proposals: [{ memberId: 7 }],
      reasons: ['identifier.none'],
    });
  });

  test('MA11 L-043 a spouse on the mailbox is not linked; with a profile address and another identifier a new name is', () => {
    const url = 'linkedin.com/in/janed';
    const married = { ...candidate, lastName: 'Okafor' };
    expect(decided({ ...candidate, firstName: 'Peter' }, jane).outcome).toBe('REVIEW');
    expect(decided(married, jane).outcome).toBe('REVIEW');
    expect(decided({ ...married, linkedInProfileUrl: url }, { ...jane, profileUrls: [url] }).outcome).toBe(
      'AUTO',
    );
  });

  test('MA13 an identifier with no name to it shows nobody', () => {
    expect(decided({ ...candidate, firstName: 'Olga', lastName: 'Petrova' }, jane).outcome).toBe('NONE');
    expect(decided({ emailAddresses: [mailbox] }, jane).outcome).toBe('NONE');
    expect(decided({ ...candidate, firstName: 'J', lastName: 'D' }, jane).outcome).toBe('NONE');
  });

  test('MA2 a role mailbox links nobody; a disposable one where it is the confirmed address', () => {
    const with_ = (address: string, own: string) =>
      decided({ ...candidate, emailAddresses: [address] }, { ...jane, emails: [own] }).outcome;
    expect(with_('jobs@acme.com', 'jobs@acme.com')).not.toBe('AUTO');
    expect(with_('Jane.Doe@mailinator.com', 'jane.doe@mailinator.com')).toBe('AUTO');
  });

  test('MA4 the deep link into the ATS is no profile address, one of the network form is', () => {
    const member = {
      ...jane,
      profileUrls: ['https://ats.example/candidates/1', 'https://linkedin.com/in/janed'],
    };
    const at = (externalProfileUrl: string) =>
      decided({ firstName: 'Jane', lastName: 'Doe', externalProfileUrl }, member).outcome;
    expect(at('https://ats.example/candidates/1')).not.toBe('AUTO');
    expect(at('https://www.linkedin.com/in/janed')).toBe('AUTO');
  });

  test('MA5 a former address counts while nobody else holds it; another one is for a person to decide', () => {
    const fields = { firstName: 'Jane', lastName: 'Doe', linkedInProfileUrl: 'linkedin.com/in/janed' };
    const former = { ...jane, profileUrls: ['linkedin.com/in/jane-new', 'linkedin.com/in/janed'] };
    expect(decided(fields, former)).toMatchObject({ outcome: 'AUTO', memberId: 7 });
    const holder = { ...jane, memberId: 8, profileUrls: ['linkedin.com/in/janed'] };
    expect(decided(fields, former, holder)).toMatchObject({ outcome: 'AUTO', memberId: 8 });
    const alsoFormer = { ...jane, memberId: 8, profileUrls: ['linkedin.com/in/x1', 'linkedin.com/in/janed'] };
    expect(decided(fields, former, alsoFormer).outcome).not.toBe('AUTO');
    const other = { ...jane, profileUrls: ['linkedin.com/in/somebody'] };
    expect(decided({ ...candidate, ...fields }, other)).toMatchObject({
      outcome: 'REVIEW',
      reasons: ['url.conflict'],
    });
  });

  test('MA9 father and son, and two middle initials, are for a person to decide', () => {
    expect(decided({ ...candidate, suffix: 'Jr' }, { ...jane, suffix: 'Sr' }).outcome).toBe('REVIEW');
    expect(decided({ ...candidate, middleInitial: 'Q' }, { ...jane, middleName: 'Rose' }).outcome).toBe(
      'REVIEW',
    );
  });

  test('MA36 a suffix on one side alone takes two identifiers', () => {
    const phone = '+49 30 901820';
    const junior = { ...candidate, suffix: 'Jr' };
    expect(decided(junior, jane)).toMatchObject({ outcome: 'REVIEW', reasons: ['name.suffix'] });
    expect(
      decided({ ...junior, phoneNumbers: [{ number: phone }] }, { ...jane, phones: [phone] }).outcome,
    ).toBe('AUTO');
  });

  test('MA12 of several who fit, the one ahead by three bits; otherwise a person decides', () => {
    const fields = { ...candidate, emailAddresses: ['a@x.org', 'b@x.org'] };
    const holding = (memberId: number, ...emails: string[]) => ({ ...jane, memberId, emails });
    expect(decided(fields, holding(1, 'a@x.org'), holding(2, 'a@x.org', 'b@x.org'))).toMatchObject({
      memberId: 2,
    });
    expect(decided(fields, holding(1, 'a@x.org'), holding(2, 'b@x.org'))).toMatchObject({
      outcome: 'REVIEW',
      proposals: [{ memberId: 1 }, { memberId: 2 }],
      reasons: ['members.several'],
    });
  });

  test('MA12 a relative on the mailbox, and a namesake without one, do not stand in the way', () => {
    const john = { ...jane, memberId: 2, firstName: 'John' };
    const namesake = {
      memberId: 3,
      firstName: 'Jane',
      lastName: 'Doe',
      positions: [{ companyName: 'Acme' }],
    };
    const fields = { ...candidate, currentCompanyName: 'Acme' };
    expect(decided(fields, john, namesake, jane)).toMatchObject({ outcome: 'AUTO', memberId: 7 });
  });

  test('MA37 weak identifiers are left out', () => {
    for (const weakness of ['SHARED', 'RECRUITER', 'SUSPECT'] as const) {
      const weak = new Map([[`email:${mailbox}`, weakness]]);
      const decision = decidedIn({ weak }, candidate, jane);
      expect(decision.outcome).not.toBe('AUTO');
      expect(decision.best?.agreeing).toEqual([]);
    }
  });

  test('MA34 a refused member is not shown again, and another takes thirteen bits', () => {
    const tombstones = new Set([7]);
    expect(decidedIn({ tombstones }, candidate, jane)).toMatchObject({ outcome: 'NONE', best: null });
    const other = { ...jane, memberId: 8 };
    expect(decidedIn({ tombstones }, candidate, jane, other)).toMatchObject({ outcome: 'AUTO', memberId: 8 });
    // Eleven bits.
    const weaker: Model = { ...model, memberCount: 700_000_000 };
    const person = candidatePerson(candidate);
    expect(decide(person, [memberPerson(other)], weaker).outcome).toBe('AUTO');
    expect(decide(person, [memberPerson(other)], weaker, { tombstones }).outcome).toBe('REVIEW');
  });

  test('MA34 a link is kept at less than it was made', () => {
    const larger: Model = { ...model, memberCount: 8_000_000_000 };
    const person = candidatePerson(candidate);
    expect(decide(person, [memberPerson(jane)], larger).outcome).toBe('REVIEW');
    expect(decide(person, [memberPerson(jane)], larger, { current: 7 }).outcome).toBe('AUTO');
  });

  test('MA44 at most five are proposed, the best first', () => {
    const many = Array.from({ length: 9 }, (_, n) => ({
      memberId: n + 1,
      firstName: 'Jane',
      lastName: 'Doe',
      location: n === 8 ? 'Leeds' : 'York',
    }));
    const fields = { firstName: 'Jane', lastName: 'Doe', addresses: [{ city: 'Leeds' }] };
    const small: Model = { ...model, memberCount: 100 };
    const decision = decide(
      candidatePerson(fields),
      many.map((one) => memberPerson(one)),
      small,
    );
    expect(decision.outcome === 'REVIEW' ? decision.proposals.map(({ memberId }) => memberId) : []).toEqual([
      9, 1, 2, 3, 4,
    ]);
  });

  test('MA30 MA31 bits add up to the weight; a rare name says more than a frequent one, up to a limit', () => {
    const counts = [
      { field: 'family', value: 'doe', count: 5000 },
      { field: 'family', value: 'fairbairn', count: 6 },
    ] as const;
    const totals = { given: 100_000, family: 100_000, company: 1, city: 1 };
    const counted: Model = { ...model, frequencies: frequenciesOf(counts, totals) };
    const named = (lastName: string) =>
      decide(candidatePerson({ ...candidate, lastName }), [memberPerson({ ...jane, lastName })], counted)
        .best;
    const [rare, frequent] = [named('Fairbairn'), named('Doe')];
    expect(rare?.weight).toBeGreaterThan((frequent?.weight ?? 0) + 3);
    for (const { weight, evidence } of [rare, frequent].filter((one) => one !== null && one !== undefined)) {
      const prior = Math.log2(0.7 / 100_000 / (1 - 0.7 / 100_000));
      expect(evidence.reduce((sum, { bits }) => sum + bits, prior)).toBeCloseTo(weight);
      expect(Math.max(...evidence.map(({ bits }) => bits))).toBeLessThanOrEqual(26);
    }
  });

  test('MA38 given names that are near are one by an employer or a title, and by no number alone', () => {
    const phones = ['+4917528775805'];
    const niko = candidatePerson({
      firstName: 'Niko',
      lastName: 'Heinke',
      phoneNumbers: phones.map((number) => ({ number })),
    });
    const nico = { memberId: 1, firstName: 'Nico', lastName: 'Heinke', phones };
    const alone = decide(niko, [memberPerson(nico)], model);
    expect(alone).toMatchObject({ outcome: 'REVIEW', reasons: ['name.alike'] });
    const clerk = { ...niko, titles: [['clerk']] };
    const positions = [{ title: 'Clerk' }];
    expect(decide(clerk, [memberPerson({ ...nico, positions })], model).outcome).toBe('AUTO');
    expect(decide(niko, [memberPerson({ ...nico, firstName: 'Niko' })], model).outcome).toBe('AUTO');
  });

  test('MA12 MA14 no order of members matters, and no reason holds a value', () => {
    const address = fc.constantFrom('a@x.org', 'b@x.org', 'c@gmail.com', 'c+d@gmail.com');
    const url = fc.constantFrom('linkedin.com/in/aa', 'linkedin.com/in/bb');
    const facts = fc.record({
      firstName: fc.constantFrom('Jane', 'J', 'John', '健一', ''),
      lastName: fc.constantFrom('Doe', 'Smith', 'Doe-Smith', '髙橋', ''),
      emails: fc.array(address, { maxLength: 3 }),
      profileUrls: fc.array(url, { maxLength: 2 }),
      phones: fc.constantFrom([], ['+49 30 901820']),
      location: fc.constantFrom(null, 'Leeds', 'Berlin, Germany'),
    });
    fc.assert(
      fc.property(
        fc.array(facts, { maxLength: 5 }),
        fc.array(address, { maxLength: 2 }),
        url,
        (people, emailAddresses, linkedInProfileUrl) => {
          const fields = {
            ...candidate,
            emailAddresses,
            linkedInProfileUrl,
            phoneNumbers: [{ number: '+4930901820' }],
          };
          const members = people.map((person, index) => ({ ...person, memberId: index + 1 }));
          const decision = decided(fields, ...members);
          expect(decided(fields, ...members.toReversed())).toEqual(decision);
          for (const reason of decision.reasons) expect(reason).toMatch(/^[a-z]+\.[a-zA-Z]+$/);
        },
      ),
    );
  });

  test('MA51 leaving out who cannot be proposed changes no link, no proposal and no reason for one', () => {
    const counts = [
      { field: 'family', value: 'doe', count: 900 },
      { field: 'family', value: 'fairbairn', count: 2 },
      { field: 'given', value: 'jane', count: 700 },
      { field: 'city', value: 'leeds', count: 300 },
    ] as const;
    const totals = { given: 20_000, family: 20_000, company: 20_000, city: 20_000 };
    const counted: Model = { ...model, memberCount: 20_000, frequencies: frequenciesOf(counts, totals) };
    const side = {
      firstName: fc.constantFrom('Jane', 'J', 'Jnae', 'Philippa', '健一', ''),
      lastName: fc.constantFrom('Doe', 'Fairbairn', 'Fairbain', 'Doe-Smith', '髙橋', ''),
    };
    const city = fc.constantFrom('Leeds', 'Kings Lynn', 'York');
    const company = fc.constantFrom('Acme', 'Globex', null);
    const address = fc.constantFrom('a@x.org', 'some.body77@x.org', 'some.body77@y.org');
    const member = fc.record({
      ...side,
      location: city,
      company,
      emails: fc.array(address, { maxLength: 1 }),
    });
    const other = fc.record({ ...side, city, company, emails: fc.array(address, { maxLength: 1 }) });
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 8 }),
        other,
        (people, { city, company, emails, ...names }) => {
          const person = candidatePerson({
            ...names,
            emailAddresses: emails,
            addresses: [{ city }],
            currentCompanyName: company,
          });
          const members = people.map(({ company, ...fields }, index) =>
            memberPerson({ ...fields, positions: [{ companyName: company }], memberId: index + 1 }),
          );
          const { best, ...whole } = decide(person, members, counted);
          const { best: _, ...short } = decide(person, members, counted, { areHopelessLeftOut: true });
          if (whole.outcome === 'NONE') expect(short.outcome).toBe('NONE');
          else expect(short).toEqual(whole);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
