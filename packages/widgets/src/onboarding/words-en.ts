/** From the ATS, or to it. */
export type Direction = 'from' | 'to';

export const en = {
  heading: 'Choose what to connect',
  between: (organisation: string, ats: string) => `${organisation} and ${ats}`,
  chooseContract: 'For which contract?',
  chooseContractWhy: 'You administer several. What belongs to one contract is asked for that one only.',
  changeContract: 'Change contract',
  contractIs: (contract: string) => `Contract: ${contract}`,
  bundles: {
    RECRUITER_SYSTEM_CONNECT_COMPANY: {
      name: () => 'For the whole company',
      features: (ats: string) => [
        `Recruiters see who is already in ${ats}, and how far they got.`,
        `Recruiters send people they find to a job in ${ats}.`,
        `A person’s current profile stands beside the record in ${ats}.`,
      ],
      data: [
        {
          what: 'Jobs, candidates, applications and their stages',
          direction: 'from' as Direction,
          who: 'Recruiters whom your access rules allow',
        },
        {
          what: 'Notes, interview feedback and resumes, if they are sent',
          direction: 'from' as Direction,
          who: 'Recruiters whom your access rules allow',
        },
        {
          what: 'Name, employer, place and profile of people who are exported',
          direction: 'to' as Direction,
          who: 'Whoever works there on that job',
        },
      ],
    },
    RECRUITER_SYSTEM_CONNECT_CONTRACT: {
      name: (contract: string) => `For the contract ${contract}`,
      features: (ats: string) => [
        `${ats} shows which messages your recruiters wrote, and their notes.`,
        `Contact data that a person agrees to share comes to ${ats}.`,
      ],
      data: [
        {
          what: 'Recruiters’ messages: who wrote to whom, and when',
          direction: 'to' as Direction,
          who: 'Whoever works there on that person',
        },
        {
          what: 'Recruiters’ notes; private ones only for their author',
          direction: 'to' as Direction,
          who: 'Whoever works there on that person',
        },
        {
          what: 'E-mail and phone, after the person said yes',
          direction: 'to' as Direction,
          who: 'Whoever works there on that person',
        },
      ],
    },
  },
  notOffered: 'Not offered here:',
  notOfferedNames: {
    APPLY_CONNECT: 'applying with a profile (connected)',
    APPLY_WITH_LINKEDIN: 'applying with a profile',
    APPLY_STARTERS_EXP: 'beginning an application on a profile',
    CANDIDATE_RELATIONSHIP_MANAGEMENT: 'talent relationship management',
  } as Readonly<Record<string, string>>,
  nothing: 'This page asks for nothing that can be connected here.',
  tableCaption: 'Which data goes where',
  columns: { what: 'Data', direction: 'Goes', who: 'Seen by' },
  direction: (direction: Direction, ats: string) => (direction === 'from' ? `from ${ats}` : `to ${ats}`),
  showData: 'Which data goes where?',
  status: {
    NOT_REQUESTED: 'Not requested',
    REQUESTED: 'Requested',
    PARTNER_READY: 'Partner ready',
    ENABLED: 'Enabled',
  },
  request: 'Request',
  requestFor: (bundle: string) => `Request: ${bundle}`,
  confirm: (ats: string) => `Ask ${ats} to set this up? Nothing flows before you switch it on.`,
  confirmYes: 'Yes, request',
  cancel: 'Cancel',
  waiting: (ats: string) => `${ats} has been asked to set it up. This page shows when it is done.`,
  notify: 'Notify partner',
  notifyLater: (time: string) => `If nothing happens, you can remind the partner from ${time}.`,
  notified: (time: string) => `The partner was reminded at ${time}.`,
  switchOn: 'Now switch it on in',
  settings: 'Admin settings',
  on: 'It is on: data flows.',
  elsewhere: (names: string) => `Already on with ${names}. You can have both.`,
  ask: 'Only administrators can connect this. Ask one of:',
  askNobody: 'Only administrators can connect this, and your contract has none at present.',
};
