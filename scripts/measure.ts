/** `npm run bench -- NAME` and `npm run soak -- NAME`: runs bench/NAME/main.ts or bench/NAME.ts, soak likewise. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './repository.ts';

const [kind = 'bench', name = '', ...args] = process.argv.slice(2);
const folder = join(root, kind);
const script = [join(folder, name, 'main.ts'), join(folder, `${name}.ts`)].find(
  (path) => name !== '' && existsSync(path),
);
if (script) {
  process.argv = [process.execPath, script, ...args];
  await import(script);
} else {
  const known = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        if (entry.isDirectory()) return existsSync(join(folder, entry.name, 'main.ts')) ? [entry.name] : [];
        return entry.name.endsWith('.ts') ? [entry.name.slice(0, -3)] : [];
      })
    : [];
  console.error(`usage: npm run ${kind} -- NAME, where NAME is one of: ${known.join(', ') || '(none yet)'}`);
  process.exitCode = 2;
}
