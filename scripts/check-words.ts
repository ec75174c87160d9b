/** Words that must not be shown or shipped: another vendor's names on our screens, paths of one person's machine. */
import { findLines, listFiles, report } from './repository.ts';

const VENDOR = /\b(?:LinkedIn|InMail|Sales Navigator)\b/;
const MACHINE = /(?<![\w.])\/(?:home|Users)\/[a-z][\w-]*\/|(?<![\w.~])\/wor[k]\//;

const screens = listFiles(/^packages\/(recruiter|widgets)\/.*\.(ts|tsx|css|html|svg|json)$/);
const everything = listFiles(/\.(ts|tsx|mjs|cjs|js|css|sql|html|md|json|ya?ml|sh)$|^\.ci\//).filter(
  (path) => path !== 'package-lock.json',
);
report(
  [
    ...findLines(screens, VENDOR, (match) => `${match}: no vendor's product name on our screens`),
    ...findLines(everything, MACHINE, (match) => `${match}: a path of one machine`),
  ],
  `${everything.length} files`,
);
