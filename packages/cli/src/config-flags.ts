import { type Config, defaultText, OPTIONS } from '@carrick/platform';

type OptionName = keyof Config;

/** The flags of some of the platform's options, for a command's own table. */
export function configFlags(names: readonly OptionName[]): Record<string, { type: 'string' }> {
  return Object.fromEntries(
    names.flatMap((name) => flagOf(name).map((flag) => [flag, { type: 'string' as const }])),
  );
}

export function configHelp(names: readonly OptionName[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const { docs, env } = OPTIONS[name];
      const initial = defaultText(OPTIONS[name]);
      const otherwise = initial === null ? '' : `, else ${initial}`;
      return flagOf(name).map((flag) => [flag, `${docs} (${env}${otherwise})`]);
    }),
  );
}

function flagOf(name: OptionName): string[] {
  const { flag } = OPTIONS[name];
  return flag === undefined ? [] : [flag];
}
