import { Menu } from '@base-ui/react/menu';
import type { Me } from '@carrick/protocol/recruiter';
import { Link } from '@tanstack/react-router';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { Avatar } from '../elements/avatar.tsx';
import { CheckIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { ExportSwitches } from '../export/export-switches.tsx';
import { words as jobs } from '../jobs/words.ts';
import { language } from '../locale.ts';
import { messages } from '../messages.ts';
import { words as projects } from '../projects/words.ts';
import { words as reports } from '../reports/words.ts';
import { words as account } from '../session/account-words.ts';
import { openKeyboardHelp } from './keyboard-help.tsx';
import { type Preference, setPreference, THEMES, usePreference } from './preferences.ts';
import css from './profile-menu.module.css';

const words = messages.shell;

/** Each in its own words. */
const LANGUAGES = [
  { value: 'en', name: <span lang="en">English</span> },
  { value: 'de', name: <span lang="de">Deutsch</span> },
] as const;

/** The page is loaded anew: its words were chosen when it was. */
function changeLanguage(chosen: Preference<'language'>): void {
  if (chosen === language) return;
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
              <Choice
                label={words.theme}
                chosen={theme}
                options={THEMES.map((value) => ({ value, name: words.themes[value] }))}
                choose={(value) => setPreference('theme', value)}
              />
              <div className={overlay.rule} />
              <Choice
                label={account.language}
                chosen={language}
                options={LANGUAGES}
                choose={changeLanguage}
              />
              <div className={overlay.rule} />
              {me.hasOtherContracts && (
                <Entry render={<Link to="/contracts" search={{}} />}>{account.changeContract}</Entry>
              )}
              <Entry render={<Link to="/help" />}>{account.help}</Entry>
              <Entry render={<Link to="/projects" />}>{projects.nav}</Entry>
              <Entry render={<Link to="/jobs" />}>{jobs.nav}</Entry>
              {me.isAdmin && (
                <Entry render={<Link to="/admin/$section" params={{ section: 'ats' }} search={{}} />}>
                  {words.adminSettings}
                </Entry>
              )}
              {reviewsMatches(me) && <Entry render={<Link to="/matches" />}>{words.reviewMatches}</Entry>}
              <Entry render={<Link to="/reports" />}>{reports.nav}</Entry>
              <Entry render={<Link to="/home" />}>{words.home}</Entry>
              <Entry render={<Link to="/messages" />}>{words.messages}</Entry>
              {me.isAdmin && <ExportSwitches />}
              {me.isAdmin && (
                <Entry render={<Link to="/closed-profiles" />}>{messages.export.closedProfiles}</Entry>
              )}
              <Entry onClick={openKeyboardHelp}>
                {words.keyboard}
                <kbd className={css.key}>?</kbd>
              </Entry>
              <Entry onClick={signOut}>{words.signOut}</Entry>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly chosen: string;
  readonly options: readonly { readonly value: Value; readonly name: ReactNode }[];
  choose(value: Value): void;
}

/** One of several; the menu stays open. */
function Choice<Value extends string>({ label, chosen, options, choose }: ChoiceProps<Value>) {
  return (
    <Menu.RadioGroup
      value={chosen}
      onValueChange={(value) => {
        const option = options.find((each) => each.value === value);
        if (option) choose(option.value);
      }}
      aria-label={label}
    >
      <div className={overlay.label} aria-hidden="true">
        {label}
      </div>
      {options.map(({ value, name }) => (
        <Menu.RadioItem key={value} value={value} className={overlay.item} closeOnClick={false}>
          <span className={overlay.mark}>
            <Menu.RadioItemIndicator>
              <CheckIcon />
            </Menu.RadioItemIndicator>
          </span>
          {name}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

function Entry({
  children,
  ...rest
}: Pick<ComponentProps<typeof Menu.Item>, 'render' | 'onClick' | 'children'>) {
  return (
    <Menu.Item className={overlay.item} {...rest}>
      <span className={overlay.mark} />
      {children}
    </Menu.Item>
  );
}
