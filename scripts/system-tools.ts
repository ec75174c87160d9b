import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';

/** The browser of the browser tests: Debian's, or the one that CARRICK_CHROMIUM names. */
export const chromium = process.env.CARRICK_CHROMIUM ?? '/usr/bin/chromium';

/** A program that some tests need and npm cannot bring. */
interface SystemTool {
  name: string;
  paths: string[];
  packages: string[];
  neededBy: string;
}

const TOOLS: SystemTool[] = [
  {
    name: 'Chromium',
    paths: [chromium],
    packages: ['chromium', 'fonts-liberation'],
    neededBy: 'browser tests',
  },
  {
    name: 'MariaDB',
    paths: [
      '/usr/sbin/mariadbd',
      '/usr/bin/mariadbd',
      '/usr/local/bin/mariadbd',
      '/opt/homebrew/bin/mariadbd',
    ],
    packages: ['mariadb-server'],
    neededBy: 'tests with a real MariaDB',
  },
];

/** Installs what is missing where we are root on Debian. Returns what is still missing. */
export function ensureSystemTools(): SystemTool[] {
  const missing = TOOLS.filter((tool) => !isPresent(tool));
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return missing;
  const packages = missing.flatMap((tool) => tool.packages);
  console.log(`installing ${packages.join(', ')} (apt-get)`);
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
  return missing.filter((tool) => !isPresent(tool));
}

function isPresent(tool: SystemTool): boolean {
  return tool.paths.some((path) => isExecutable(path));
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A failure is told by apt-get itself, and the tool is then still missing. */
function apt(...args: string[]): void {
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
