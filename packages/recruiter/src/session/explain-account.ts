import { RequestFailure } from '../api/request.ts';
import { messages } from '../messages.ts';
import { words } from './account-words.ts';

/** What was refused, in the language of the page. */
export function explainAccount(error: unknown): string {
  if (!(error instanceof RequestFailure)) throw error;
  switch (error.status) {
    case 0:
      return messages.states.offline;
    case 400:
      return error.code === 'PASSWORD_TOO_SHORT' ? words.tooShort : words.failed;
    case 410:
      return words.spent;
    case 429:
      return words.tooMany;
    default:
      return words.failed;
  }
}
