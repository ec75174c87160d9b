import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { greenhouseWebhook } from '@carrick/connector/daemon';
import { afterAll, expect, test, vi } from 'vitest';
import { parseFlags } from './command.ts';
import { command } from './commands/connect.ts';
import { openHookServer } from './hook-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'carrick-connect-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as it is typed; whatever goes wrong is its last word. */
async function typed(...args: string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const { flags } = parseFlags(command, args);
    await command.run({ flags, positionals: [], stopping: new AbortController().signal });
    return write.mock.calls.map(([text]) => String(text)).join('');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    write.mockRestore();
  }
}

test('CO80 carrick connect reads a folder of files, the guide’s first one included', async () => {
  const mapping = join(folder, 'ats.yaml');
  writeFileSync(mapping, 'name: Our ATS\nkinds:\n  candidate:\n    select: candidates.csv\n');
  writeFileSync(
    join(folder, 'candidates.csv'),
    'id,firstName,lastName,emailAddresses[0],atsCreatedAt,atsLastModifiedAt,cursor\n' +
      'C-1,Ada,Byron,ada@people.example,2026-01-05 10:00:00,2026-01-06 09:30:00,2026-01-06 09:30:00\n',
  );
  const run = (source: string) => typed('--mapping', mapping, '--source', source, '--dry-run', '--json');
  expect(JSON.parse(await run(folder))).toMatchObject({ candidate: { source: 1, valid: 1, refused: 0 } });
  expect(await run(join(folder, 'absent'))).toMatch(/^The folder .* cannot be read\.$/);
  expect(await run('ftp://x')).toMatch(/^--source is the ATS: mysql:/);
  expect(await run('greenhouse:')).toContain('GREENHOUSE_CLIENT_ID');
});

test('CO88 a web hook that comes to the connector’s port wakes its source', async () => {
  let woken = 0;
  const server = await openHookServer(
    0,
    greenhouseWebhook('hook-secret', () => woken++),
  );
  try {
    const body = '{"action":"ping","note":"\\u00fc"}';
    const signature = `sha256 ${createHmac('sha256', 'hook-secret').update(body).digest('hex')}`;
    const statuses = [
      await fetch(server.url, { method: 'POST', headers: { signature }, body }),
      await fetch(server.url, { method: 'POST', headers: { signature: 'sha256 00' }, body }),
      await fetch(server.url, { headers: { signature } }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([204, 401, 405]);
    expect(woken).toBe(1);
  } finally {
    await server.close();
  }
});
