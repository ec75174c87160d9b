import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const BUILT = join(import.meta.dirname, '../../packages/widgets/dist');
const KB = 1024;

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

const sizeOf = (file: string) => gzipSync(readFileSync(join(BUILT, file)), { level: 9 }).length;

/** Scripts and styles of an entry, with everything it imports. */
function sizeOfEntry(manifest: Record<string, Chunk>, entry: string): number {
  const files = new Set<string>();
  const collect = (name: string) => {
    const chunk = manifest[name];
    if (!chunk || files.has(chunk.file)) return;
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    chunk.imports?.forEach(collect);
  };
  collect(entry);
  return [...files].reduce((total, file) => total + sizeOf(file), 0);
}

test.skipIf(!existsSync(join(BUILT, 'in.js')))(
  'WI24 the widgets stay small: what a page of an ATS loads, compressed',
  () => {
    const manifest = JSON.parse(readFileSync(join(BUILT, 'manifest.json'), 'utf8'));
    const sizes = {
      loader: sizeOf('in.js'),
      onboarding: sizeOfEntry(manifest, 'src/onboarding/main.tsx'),
      profile: sizeOfEntry(manifest, 'src/profile/main.tsx'),
    };
    expect(sizes.loader).toBeLessThanOrEqual(3 * KB);
    expect(sizes.onboarding).toBeLessThanOrEqual(15 * KB);
    expect(sizes.profile).toBeLessThanOrEqual(25 * KB);
    expect(sizes.onboarding).toBeGreaterThan(KB);
  },
);
