import { defaultText, OPTIONS } from '../../packages/platform/src/config.ts';

export const path = 'docs/generated/config.md';

/** The option table of the platform as its users read it. */
export function generate(): string {
  const rows = Object.values(OPTIONS).map((row) => {
    const flag = row.flag === undefined ? '' : `\`--${row.flag}\``;
    const text = defaultText(row);
    const initial = text === null ? '' : `\`${text}\``;
    return `| \`${row.env}\` | ${flag} | ${initial} | ${row.docs} |`;
  });
  return [
    '# Options',
    '',
    'Written by `npm run gen` from `packages/platform/src/config.ts`. Flags win over the environment.',
    '',
    '| Environment variable | Flag | Default | |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
