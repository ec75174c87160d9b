import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const house = join(import.meta.dirname, '..');
const PACKAGES = ['protocol', 'platform', 'connector', 'cli', 'recruiter'];

/** A small repository in a temporary folder (with a space in its path) that a test plants files in. */
export class PlantedRepository {
  readonly root = mkdtempSync(join(tmpdir(), 'carrick planted-'));

  constructor(files: Record<string, string> = {}) {
    execFileSync('git', ['init', '-q'], { cwd: this.root });
    this.write(files);
  }

  /** Empty packages that know each other by name, as npm links them. */
  static withPackages(files: Record<string, string>): PlantedRepository {
    const planted = new PlantedRepository({ '.gitignore': 'node_modules\n' });
    mkdirSync(join(planted.root, 'node_modules', '@carrick'), { recursive: true });
    for (const name of PACKAGES) {
      const manifest = { name: `@carrick/${name}`, type: 'module', exports: { '.': './src/index.ts' } };
      planted.write({
        [`packages/${name}/package.json`]: JSON.stringify(manifest),
        [`packages/${name}/src/index.ts`]: 'export const one = 1;\n',
      });
      symlinkSync(join(planted.root, 'packages', name), join(planted.root, 'node_modules', '@carrick', name));
    }
    planted.write(files);
    return planted;
  }

  write(files: Record<string, string>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), content);
    }
  }

  /** Runs one of scripts/check-*.ts on this repository. */
  check(name: string): { code: number | null; output: string } {
    const done = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(house, 'scripts', `check-${name}.ts`)],
      {
        encoding: 'utf8',
        env: { ...process.env, CARRICK_CHECK_ROOT: this.root },
      },
    );
    return { code: done.status, output: done.stdout + done.stderr };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
