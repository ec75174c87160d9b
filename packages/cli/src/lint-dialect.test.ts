import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { command } from './commands/lint-dialect.ts';

const folder = mkdtempSync(join(tmpdir(), 'carrick-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const headers = { 'LinkedIn-Version': '202604' };
const fine = { method: 'GET', url: 'https://api.example.com/v2/simpleJobPostingTasks?ids=1', headers };
const old = { method: 'GET', url: 'https://api.example.com/v2/seats?q=x', headers };
const listed = ({ headers: named, ...request }: typeof fine) => ({
  request: { ...request, headers: Object.entries(named).map(([name, value]) => ({ name, value })) },
});

async function lint(content: unknown, json = false): Promise<{ code: number; output: string }> {
  const file = join(folder, 'calls.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const stopping = new AbortController().signal;
    const code = await command.run({ flags: { json }, positionals: [file], stopping });
    return { code, output: write.mock.calls.map(([text]) => String(text)).join('') };
  } finally {
    write.mockRestore();
  }
}

describe('carrick lint-dialect', () => {
  it.each([
    ['HAR', { log: { entries: [listed(fine), listed(old)] } }],
    ['a plain list', [fine, old]],
  ])('WP50 reads %s', async (_, content) => {
    expect(await lint(content)).toEqual({
      code: 1,
      output:
        '2. GET https://api.example.com/v2/seats\n   absent: seats has no documented counterpart under /rest/\n' +
        '1 of 2 calls to /v2 would be rejected; 2 calls in all\n',
    });
    const { output } = await lint(content, true);
    expect(JSON.parse(output)).toMatchObject({ call: 2, method: 'GET', rule: 'absent' });
  });

  it('WP50 ends with 0 when nothing would be rejected, and says what it cannot read', async () => {
    expect((await lint([fine])).code).toBe(0);
    await expect(lint('no json')).rejects.toThrow('is not JSON');
    await expect(lint({})).rejects.toThrow('neither a HAR file nor a list');
  });
});
