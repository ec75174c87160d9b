import { Menu } from '@base-ui/react/menu';
import type { PersonRow } from '@carrick/protocol/recruiter';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import button from '../elements/button.module.css';
import { CheckIcon, DotsIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { messages } from '../messages.ts';
import { PersonItems, PrintItem } from '../person-actions/person-items.tsx';
import { announce } from '../shell/announcer.tsx';
import { type ProfileAddress, showing } from './profile-address.ts';

const words = messages.profile;

interface ProfileActionsProps {
  profile: PersonRow;
  /** Null where no ATS knows this person. */
  atsLabel: string | null;
  address: ProfileAddress;
}

export function ProfileActions({ profile, atsLabel, address }: ProfileActionsProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const navigate = useNavigate();
  const isOnlyAts = address.only === 'ats';
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const copyLink = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      announce(words.linkCopied);
    } catch {
      // No clipboard on an origin that is not secure, or the user said no.
      announce(words.copyFailed);
    }
  };
  return (
    <div ref={setPlace}>
      <Menu.Root>
        <Menu.Trigger ref={trigger} className={`${button.button} ${button.icon}`} aria-label={words.more}>
          <DotsIcon />
        </Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner className={overlay.layer} align="end" sideOffset={6}>
            <Menu.Popup className={overlay.menu}>
              {profile.onlyInAts ? (
                <PrintItem person={profile} />
              ) : (
                <PersonItems person={profile} opener={trigger} isOnProfile />
              )}
              <Menu.Item className={overlay.item} onClick={() => void copyLink()}>
                <span className={overlay.mark} />
                {words.copyLink}
              </Menu.Item>
              {atsLabel !== null && !profile.onlyInAts && (
                <>
                  <div className={overlay.rule} />
                  <Menu.CheckboxItem
                    className={overlay.item}
                    checked={isOnlyAts}
                    closeOnClick
                    onCheckedChange={(only) =>
                      void navigate(showing(only ? { only: 'ats' } : { tab: 'ats' }))
                    }
                  >
                    <span className={overlay.mark}>{isOnlyAts && <CheckIcon />}</span>
                    {words.onlyAts(atsLabel)}
                  </Menu.CheckboxItem>
                </>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
