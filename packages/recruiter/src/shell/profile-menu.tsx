import { Menu } from '@base-ui/react/menu';
import type { Me } from '@carrick/protocol/recruiter';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Avatar } from '../elements/avatar.tsx';
import { CheckIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { ExportSwitches } from '../export/export-switches.tsx';
import { words as jobs } from '../jobs/words.ts';
import { language } from '../language.ts';
import { messages } from '../messages.ts';
import { words as projects } from '../projects/words.ts';
import { words as account } from '../session/account-words.ts';
import { openKeyboardHelp } from './keyboard-help.tsx';
import { setPreference, THEMES, usePreference } from './preferences.ts';
import css from './profile-menu.module.css';

const words = messages.shell;

/** Each in its own words. */
const OFFERED = [
  ['en', 'English'],
  ['de', 'Deutsch'],
] as const;

/** The page is loaded anew: its words were chosen when it was. */
function changeLanguage(value: unknown): void {
  const [chosen] = OFFERED.find(([known]) => known === value) ?? [];
  if (!chosen || chosen === language) return;
  setPreference('language', chosen);
  location.reload();
}

/** Whether there is anything to review, and this seat may. */
export function reviewsMatches({ atss, decidesMatches }: Me): boolean {
  return decidesMatches && atss.length > 0;
}

export function ProfileMenu({ me, signOut }: { me: Me; signOut(): void }) {
  const theme = usePreference('theme');
  // In the banner, not at the end of the page: that is the landmark it belongs to.
  const [banner, setBanner] = useState<HTMLElement | null>(null);
  return (
    <div className={css.menu} ref={setBanner}>
      <Menu.Root>
        <Menu.Trigger className={css.trigger} aria-label={words.account(me.name)}>
          <Avatar name={me.name} url={null} size="line" />
        </Menu.Trigger>
        <Menu.Portal container={banner}>
          <Menu.Positioner className={overlay.layer} align="end" sideOffset={6}>
            <Menu.Popup className={overlay.menu}>
              <div className={css.who}>
                <p className={css.name} dir="auto">
                  {me.name}
                </p>
                <p className={css.detail}>{me.email}</p>
                <p className={css.detail}>
                  {me.contract} · {me.organisation}
                </p>
              </div>
              <div className={overlay.rule} />
              <Menu.RadioGroup
                value={theme}
                onValueChange={(value) => {
                  const chosen = THEMES.find((known) => known === value);
                  if (chosen) setPreference('theme', chosen);
                }}
                aria-label={words.theme}
              >
                <div className={overlay.label} aria-hidden="true">
                  {words.theme}
                </div>
                {THEMES.map((value) => (
                  <Menu.RadioItem key={value} value={value} className={overlay.item} closeOnClick={false}>
                    <span className={overlay.mark}>
                      <Menu.RadioItemIndicator>
                        <CheckIcon />
                      </Menu.RadioItemIndicator>
                    </span>
                    {words.themes[value]}
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
              <div className={overlay.rule} />
              <Menu.RadioGroup value={language} onValueChange={changeLanguage} aria-label={account.language}>
                <div className={overlay.label} aria-hidden="true">
                  {account.language}
                </div>
                {OFFERED.map(([value, name]) => (
                  <Menu.RadioItem key={value} value={value} className={overlay.item} closeOnClick={false}>
                    <span className={overlay.mark}>
                      <Menu.RadioItemIndicator>
                        <CheckIcon />
                      </Menu.RadioItemIndicator>
                    </span>
                    <span lang={value}>{name}</span>
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
              <div className={overlay.rule} />
              {me.hasOtherContracts && (
                <Menu.Item className={overlay.item} render={<Link to="/contracts" search={{}} />}>
                  <span className={overlay.mark} />
                  {account.changeContract}
                </Menu.Item>
              )}
              <Menu.Item className={overlay.item} render={<Link to="/help" />}>
                <span className={overlay.mark} />
                {account.help}
              </Menu.Item>
              <Menu.Item className={overlay.item} render={<Link to="/projects" />}>
                <span className={overlay.mark} />
                {projects.nav}
              </Menu.Item>
              <Menu.Item className={overlay.item} render={<Link to="/jobs" />}>
                <span className={overlay.mark} />
                {jobs.nav}
              </Menu.Item>
              {me.isAdmin && (
                <Menu.Item
                  className={overlay.item}
                  render={<Link to="/admin/$section" params={{ section: 'ats' }} search={{}} />}
                >
                  <span className={overlay.mark} />
                  {words.adminSettings}
                </Menu.Item>
              )}
              {reviewsMatches(me) && (
                <Menu.Item className={overlay.item} render={<Link to="/matches" />}>
                  <span className={overlay.mark} />
                  {words.reviewMatches}
                </Menu.Item>
              )}
              <Menu.Item className={overlay.item} render={<Link to="/home" />}>
                <span className={overlay.mark} />
                {words.home}
              </Menu.Item>
              <Menu.Item className={overlay.item} render={<Link to="/messages" />}>
                <span className={overlay.mark} />
                {words.messages}
              </Menu.Item>
              {me.isAdmin && <ExportSwitches />}
              {me.isAdmin && (
                <Menu.Item className={overlay.item} render={<Link to="/closed-profiles" />}>
                  <span className={overlay.mark} />
                  {messages.export.closedProfiles}
                </Menu.Item>
              )}
              <Menu.Item className={overlay.item} onClick={openKeyboardHelp}>
                <span className={overlay.mark} />
                {words.keyboard}
                <kbd className={css.key}>?</kbd>
              </Menu.Item>
              <Menu.Item className={overlay.item} onClick={signOut}>
                <span className={overlay.mark} />
                {words.signOut}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
