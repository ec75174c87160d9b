/** Every direct dependency is explained in docs/dependencies.md, and every installed package has a licence we can ship. */
import { type Finding, listFiles, readText, report } from './repository.ts';

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
interface Lock {
  packages: Record<string, { license?: string; link?: boolean; dev?: boolean }>;
}

const PERMISSIVE =
  /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|Unlicense|BlueOak-1\.0\.0|CC0-1\.0|Python-2\.0)$/;
/** Reach only their own files: fine for what builds and tests, and is not shipped. */
const TOOLS_ONLY = /^(MPL-2\.0|CC-BY-4\.0)$/;

const explained = readText('docs/dependencies.md');
const findings: Finding[] = [];
const names = new Set<string>();
for (const path of listFiles(/^(packages\/[^/]+\/)?package\.json$/)) {
  const manifest: Manifest = JSON.parse(readText(path));
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    if (name.startsWith('@carrick/')) continue;
    names.add(name);
    if (!explained.includes(`\`${name}\``))
      findings.push({ path, text: `${name} is not in docs/dependencies.md` });
  }
}
const lock: Lock = JSON.parse(readText('package-lock.json'));
for (const [path, { license = 'none', link, dev }] of Object.entries(lock.packages)) {
  if (!path.includes('node_modules/') || link) continue;
  const alternatives = license.replace(/[()]/g, '').split(' OR ');
  const isFine = alternatives.some((parts) =>
    parts.split(' AND ').every((part) => PERMISSIVE.test(part) || (dev && TOOLS_ONLY.test(part))),
  );
  if (!isFine) findings.push({ path, text: `licence ${license}` });
}
report(findings, `${names.size} direct dependencies explained`);
