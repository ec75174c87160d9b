/** The lock file resolves on every platform that we name, without install scripts, and names no download host. */
import { spawnSync } from 'node:child_process';
import { type Finding, readText, report, root } from './repository.ts';

const PLATFORMS = [
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['darwin', 'arm64'],
] as const;

const findings: Finding[] = [];
if (/"resolved": "https?:/.test(readText('package-lock.json'))) {
  findings.push({
    path: 'package-lock.json',
    text: 'names a download host (see omit-lockfile-registry-resolved)',
  });
}
for (const [os, cpu] of PLATFORMS) {
  const args = ['ci', '--dry-run', '--os', os, '--cpu', cpu, '--ignore-scripts', '--no-audit', '--no-fund'];
  const tried = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  if (tried.status !== 0) {
    findings.push({
      path: 'package-lock.json',
      text: `does not resolve for ${os} ${cpu}: ${tried.stderr.trim()}`,
    });
  }
}
report(findings, `resolves for ${PLATFORMS.map((platform) => platform.join(' ')).join(', ')}`);
