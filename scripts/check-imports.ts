/** The import law of .dependency-cruiser.cjs, and that it was applied to every source file (not to none). */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, listFiles, report, root } from './repository.ts';

interface Cruise {
  modules: { source: string }[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

const house = join(import.meta.dirname, '..');
const cruised = spawnSync(
  process.execPath,
  [
    join(house, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    '--config',
    join(house, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
    ...['packages', 'examples'].filter((folder) => existsSync(join(root, folder))),
  ],
  { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
);
if (!cruised.stdout.startsWith('{')) throw new Error(`dependency-cruiser failed: ${cruised.stderr}`);
// The shape is dependency-cruiser's published result schema.
const { modules, summary } = JSON.parse(cruised.stdout) as Cruise;

const seen = new Set(modules.map((module) => module.source));
const sources = listFiles(/^(packages|examples)\/[^/]+\/src\/.*\.tsx?$/);
const findings: Finding[] = summary.violations.map(({ from, to, rule }) => ({
  path: from,
  text: `${rule.name}: ${to}`,
}));
for (const path of sources.filter((source) => !seen.has(source)))
  findings.push({ path, text: 'was not read at all' });
if (sources.length === 0) findings.push({ path: 'packages', text: 'no source files: nothing was checked' });
report(findings, `${sources.length} files obey the import law`);
