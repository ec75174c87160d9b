import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository that the checks read: this one, or the copy a test planted something in. */
export const root = process.env.CARRICK_CHECK_ROOT ?? join(import.meta.dirname, '..');

/** Tracked and not yet tracked files (paths from the root), without what .gitignore names. */
export function listFiles(pattern: RegExp): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  const deleted = execFileSync('git', ['ls-files', '-d', '-z'], { cwd: root, encoding: 'utf8' });
  const gone = new Set(deleted.split('\0'));
  return [...new Set(listed.split('\0'))]
    .filter((path) => path !== '' && !gone.has(path) && pattern.test(path))
    .sort();
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export interface Finding {
  path: string;
  line?: number;
  text: string;
}

/** Prints the findings of a check and makes them its exit code. */
export function report(findings: readonly Finding[], summary: string): void {
  for (const { path, line, text } of findings)
    console.log(`${path}${line === undefined ? '' : `:${line}`}  ${text}`);
  console.log(findings.length === 0 ? summary : `${findings.length} found`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

/** Every line of the files that matches, as a finding. */
export function findLines(
  paths: readonly string[],
  pattern: RegExp,
  explain: (match: string) => string,
): Finding[] {
  return paths.flatMap((path) =>
    readText(path)
      .split('\n')
      .flatMap((content, index) => {
        const match = pattern.exec(content);
        return match ? [{ path, line: index + 1, text: explain(match[0]) }] : [];
      }),
  );
}
