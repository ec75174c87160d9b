/** Records of every kind but candidates, as ATSs hold them. The n-th of a kind is always the same, in every organisation. */
const NOTE =
  'Spoke for half an hour about the team, the notice period of three months and the wish to work from home on two days. ' +
  'Would like to hear back next week; prefers to be called in the morning.';
const STAGES = ['New', 'Phone screen', 'Onsite interview', 'Reference check', 'Offer extended'];
const AUTHOR = { firstName: 'Odile', lastName: 'Marchand' };

export type Fields = Readonly<Record<string, unknown>>;

const createdAt = (n: number): number => 1_600_000_000_000 + n * 60_000;

/** A prime number of jobs, so that candidates who apply again apply elsewhere. */
export const jobOf = (application: number): string => `J-${application % 499}`;

export function application(n: number, candidates: number): Fields {
  return {
    atsCandidateId: `C-${n % candidates}`,
    atsJobPostingId: jobOf(n),
    atsJobPostingName: `Senior Software Engineer ${n % 499}`,
    atsCreatedAt: createdAt(n),
    atsLastModifiedAt: createdAt(n) + 1,
    candidateEmail: `person.${n % candidates}@mail${n % 97}.example`,
    firstName: 'Ada',
    lastName: `Byron ${n}`,
    source: 'Referral',
  };
}

export function note(n: number): Fields {
  return { note: `${NOTE} (${n})`, author: AUTHOR, atsCreatedAt: createdAt(n) };
}

export function interviewFeedback(n: number): Fields {
  return {
    atsCreatedAt: createdAt(n),
    interviewer: { firstName: 'Paul', lastName: 'Eiger' },
    evaluations: [
      { attribute: 'Structural analysis', result: `${n % 5}/5` },
      { attribute: 'Communication', result: 'Strong' },
    ],
    feedback: NOTE,
    interviewType: 'ONSITE',
  };
}

export function stage(n: number): Fields {
  return { stage: STAGES[n % STAGES.length], atsCreatedAt: createdAt(n) };
}

/** As it is posted. */
export function job(n: number, organization: string): Fields {
  return {
    integrationContext: organization,
    externalJobPostingId: `J-${n}`,
    title: `Senior Software Engineer ${n}`,
    description: `<p>${NOTE}</p><ul><li>${NOTE}</li></ul>`,
    location: 'Lyon, France',
    companyApplyUrl: `https://ats.example/apply/${n}`,
    listedAt: createdAt(n),
    availability: 'PRIVATE_TO_ATS_INTEGRATION',
    companyJobCode: `R-${n}`,
  };
}

/** The same as it is kept. */
export function storedJob(n: number): Fields {
  const { integrationContext: _, externalJobPostingId: __, companyJobCode, ...kept } = job(n, '');
  return { ...kept, state: 'LISTED', isRestricted: false, expiresAt: null, extra: { companyJobCode } };
}
