import { inLanguage } from '../language.ts';
import { terms } from '../messages.ts';

const en = {
  title: 'Help',
  lead: 'Short answers. An administrator of your contract knows the rest.',
  contents: 'On this page',
  sections: {
    activation: {
      title: 'Activate your ATS',
      questions: {
        who: {
          q: 'Who can switch it on?',
          a: 'An administrator of your contract: the picture at the top, Admin settings, ATS Integration. Company-level access is export, the In-ATS indicator and the profile widget; contract-level access is messages, notes and seats.',
        },
        order: {
          q: 'In which order?',
          a: 'Your ATS asks for the integration, its vendor finishes the setup, then the administrator switches it on. Until the vendor is ready the switch says whose turn it is, and can remind the vendor after ten minutes.',
        },
        grows: {
          q: 'When do past applicants appear?',
          a: 'As soon as the first records arrive. While the first sync runs the counts still grow, and the search says so.',
        },
      },
    },
    exporting: {
      title: 'Export people to your ATS',
      questions: {
        how: {
          q: 'How do I export somebody?',
          a: 'Choose “Export to …” on a profile, in a row’s menu, for selected people or with the key e; then choose the job by title or id. It is complete when your ATS has fetched the profile, and you are told.',
        },
        missing: {
          q: 'Why is a job missing from the list?',
          a: 'Only open jobs are listed, and only those that you may see in your ATS. A new job takes until the next sync.',
        },
        cannot: {
          q: 'Why can’t I export this person?',
          a: 'The person’s settings do not allow sharing with other systems, your ATS marks the person “do not contact”, or export is switched off for your contract.',
        },
        gone: {
          q: 'I exported somebody who is not in the ATS.',
          a: 'The export summary on the profile tells whether your ATS was told and whether it fetched the profile. An administrator can send it again.',
        },
      },
    },
    data: {
      title: 'What is done with data',
      questions: {
        what: {
          q: 'What is shared?',
          a: 'An export sends name, current employer, location, profile address and member id; e-mail and phone only after the person said yes. Your ATS sends jobs, candidates, applications, stages, notes and feedback. The administrator sees the whole list before switching on.',
        },
        sees: {
          q: 'Who sees it?',
          a: 'Jobs, applications, notes and feedback follow the access rules of your ATS, in every list and every count. Private notes are their author’s alone.',
        },
        erase: {
          q: 'Somebody asks to be forgotten.',
          a: 'An administrator erases the person under Admin settings, Erasure requests, and gets a certificate. The record in the ATS has to be deleted there too. Members can erase themselves on their own page.',
        },
      },
    },
    common: {
      title: 'Common questions',
      questions: {
        wrong: {
          q: 'These are two different people.',
          a: 'Open “Why matched” on the ATS tab and choose “Not the right profile”. The two are never linked by the matcher again; you can undo it.',
        },
        absent: {
          q: 'My colleague sees an application that I do not see.',
          a: 'The job is secured in the ATS and you are not in the group. An administrator finds the reason under Preview as user.',
        },
        keys: {
          q: 'Can I work with the keyboard alone?',
          a: 'Yes. Press ? for the list of keys. Single-key shortcuts can be switched off there.',
        },
        password: {
          q: 'I forgot my password, or have several contracts.',
          a: 'The sign-in page mails you a link. With seats on several contracts you change between them in the menu of your picture, without signing in again.',
        },
      },
    },
  },
  toAdmin: 'Admin settings',
  page: (title: string) => `${title} · ${terms.product}`,
} as const;

export const words = inLanguage('help', en);
export type HelpWords = typeof en;
