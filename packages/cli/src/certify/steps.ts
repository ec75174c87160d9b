/** What somebody does in the ATS. Everything is named by what a person sees: an ATS's ids are its own. */
export type Step =
  | { readonly do: 'ask for the integration' }
  | { readonly do: 'bind a user'; readonly email: string }
  | { readonly do: 'make a team'; readonly team: string }
  | { readonly do: 'add a user to the team'; readonly team: string; readonly email: string }
  | { readonly do: 'remove a user from the team'; readonly team: string; readonly email: string }
  | {
      readonly do: 'open a job';
      readonly title: string;
      readonly team: string | null;
      readonly isPublic: boolean;
    }
  | { readonly do: 'rename a job'; readonly title: string; readonly to: string }
  | { readonly do: 'close a job'; readonly title: string }
  | { readonly do: 'add a candidate'; readonly candidate: CandidateFields }
  | { readonly do: 'change a candidate'; readonly name: string; readonly candidate: CandidateFields }
  | { readonly do: 'delete a candidate'; readonly name: string }
  | { readonly do: 'add a candidate note'; readonly name: string; readonly text: string }
  | {
      readonly do: 'change a candidate note';
      readonly name: string;
      readonly text: string;
      readonly to: string;
    }
  | { readonly do: 'delete the candidate notes'; readonly name: string }
  | { readonly do: 'put forward'; readonly name: string; readonly job: string }
  | {
      readonly do: 'move';
      readonly name: string;
      readonly job: string;
      readonly stage: string;
      readonly reason?: string;
    }
  | {
      readonly do: 'add an application note';
      readonly name: string;
      readonly job: string;
      readonly text: string;
    }
  | {
      readonly do: 'add interview feedback';
      readonly name: string;
      readonly job: string;
      readonly text: string;
    }
  | { readonly do: 'delete the application notes'; readonly name: string; readonly job: string }
  | { readonly do: 'delete the newest stage'; readonly name: string; readonly job: string }
  | { readonly do: 'delete the feedback'; readonly name: string; readonly job: string }
  | { readonly do: 'delete the application'; readonly name: string; readonly job: string };

export interface CandidateFields {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly profileUrl: string | null;
  readonly company: string | null;
  readonly title: string | null;
}

/** The step in a sentence, for a person at the ATS. */
export function describeStep(step: Step): string {
  switch (step.do) {
    case 'ask for the integration':
      return 'Open the ATS’s setup page and request company-level and contract-level access in the widget';
    case 'bind a user':
      return `See to it that the ATS knows which seat of the recruiter app its user ${step.email} is`;
    case 'make a team':
      return `Make a hiring team (or role, or group) called “${step.team}”`;
    case 'add a user to the team':
    case 'remove a user from the team':
      return `${step.do === 'add a user to the team' ? 'Add' : 'Remove'} the user ${step.email} ${step.do === 'add a user to the team' ? 'to' : 'from'} the team “${step.team}”`;
    case 'open a job':
      return `Open a job “${step.title}”, ${step.team === null ? 'visible to every recruiter' : `visible to the team “${step.team}” only`}${step.isPublic ? ', and choose that it is public' : ', and choose no visibility to the public'}`;
    case 'rename a job':
      return `Change the title of the job “${step.title}” to “${step.to}”`;
    case 'close a job':
      return `Close the job “${step.title}”`;
    case 'add a candidate':
      return `Add a candidate:${describeFields(step.candidate)}`;
    case 'change a candidate':
      return `Change the candidate ${step.name} to:${describeFields(step.candidate)}`;
    case 'delete a candidate':
      return `Delete the candidate ${step.name}`;
    case 'add a candidate note':
      return `Add a note to the candidate ${step.name}: “${step.text}”`;
    case 'change a candidate note':
      return `Change the note “${step.text}” of the candidate ${step.name} to “${step.to}”`;
    case 'delete the candidate notes':
      return `Delete all notes of the candidate ${step.name}`;
    case 'put forward':
      return `Put ${step.name} forward for the job “${step.job}”`;
    case 'move':
      return `Move the application of ${step.name} for “${step.job}” to the stage “${step.stage}”${step.reason === undefined ? '' : `, with the reason “${step.reason}”`}`;
    case 'add an application note':
      return `Add a note to the application of ${step.name} for “${step.job}”: “${step.text}”`;
    case 'add interview feedback':
      return `Add interview feedback to the application of ${step.name} for “${step.job}”: “${step.text}”`;
    case 'delete the application notes':
    case 'delete the newest stage':
    case 'delete the feedback':
    case 'delete the application':
      return `In the application of ${step.name} for “${step.job}”: ${step.do}`;
  }
}

/** One a line, to be copied from. */
function describeFields(fields: CandidateFields): string {
  return Object.entries(LABELS)
    .map(([name, label]) => `\n    ${label.padEnd(14)} ${fields[name as keyof CandidateFields] ?? '(empty)'}`)
    .join('');
}

const LABELS: Readonly<Record<keyof CandidateFields, string>> = {
  firstName: 'first name',
  lastName: 'last name',
  email: 'e-mail',
  phone: 'phone',
  profileUrl: 'public profile',
  company: 'company',
  title: 'job title',
};
