import { Dialog } from '@base-ui/react/dialog';
import type { Me } from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import button from '../elements/button.module.css';
import overlay from '../elements/overlay.module.css';
import { messages } from '../messages.ts';
import { sessionRenewed, useSessionEnded } from './renewal.ts';
import { SignInForm } from './sign-in-form.tsx';
import css from './sign-in-page.module.css';

const words = messages.signIn;

/** Lies over the page when the session ended. The page, and what was typed into it, stays. */
export function SignInAgain({ me, leave }: { me: Me; leave(): void }) {
  const isEnded = useSessionEnded();
  const queryClient = useQueryClient();
  const resume = (renewed: Me) => {
    queryClient.setQueryData(meQuery.queryKey, renewed);
    sessionRenewed();
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
  };
  return (
    <Dialog.Root open={isEnded} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={overlay.dialog}>
          <Dialog.Title className={css.title}>{words.again}</Dialog.Title>
          <Dialog.Description className={css.ended}>{words.againHint}</Dialog.Description>
          <SignInForm email={me.email} onSignedIn={resume} />
          <p className={css.help}>
            <button type="button" className={button.text} onClick={leave}>
              {words.leave}
            </button>
          </p>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
