/**
 * Writes the files of docs/generated from the code that they describe. Each file of scripts/generators exports
 * `path` (from the root) and `generate()`. With --check nothing is written: a difference is reported instead.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Finding, readText, report, root } from './repository.ts';

interface Generator {
  path: string;
  generate(): string | Promise<string>;
}

const isCheck = process.argv.includes('--check');
const folder = join(root, 'scripts', 'generators');
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
const findings: Finding[] = [];
for (const name of names) {
  // Every file of this folder has this shape.
  const { path, generate } = (await import(join(folder, name))) as Generator;
  const target = join(root, path);
  const content = await generate();
  if (isCheck) {
    const present = existsSync(target) ? readText(path) : undefined;
    if (present !== content) findings.push({ path, text: 'differs from its source: npm run gen' });
  } else {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}
report(findings, `${names.length} generated files`);
