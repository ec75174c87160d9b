import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_LINE_BYTES } from './line-bytes.ts';
import { type FileValue, readValues } from './lines.ts';

async function* pieces(...parts: (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  yield* parts;
}
async function read(...parts: (string | Uint8Array)[]): Promise<FileValue[]> {
  const values: FileValue[] = [];
  for await (const value of readValues(pieces(...parts))) values.push(value);
  return values;
}

describe('readValues', () => {
  test('ME4 values do not depend on where the stream is cut', async () => {
    // A file that begins with an array is that array.
    const values = fc.array(fc.jsonValue(), { maxLength: 5 }).filter(([first]) => !Array.isArray(first));
    await fc.assert(
      fc.asyncProperty(
        values,
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('\n', '\r\n', '\n\n'),
        async (all, size, end) => {
          const bytes = Buffer.from(all.map((value) => JSON.stringify(value) + end).join(''));
          const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
            bytes.subarray(i * size, (i + 1) * size),
          );
          expect(await read(...cut)).toEqual(await read(bytes));
          expect((await read(...cut)).map((one) => ('value' in one ? one.value : null))).toEqual(
            all.map((value) => JSON.parse(JSON.stringify(value))),
          );
        },
      ),
    );
  });

  test('ME3 a broken line is refused by its number, its neighbours are read', async () => {
    expect(await read('\uFEFF{"id":1}\n\nnot json\n{"id":2}')).toEqual([
      { number: 1, value: { id: 1 } },
      { number: 3, refused: 'invalid JSON' },
      { number: 4, value: { id: 2 } },
    ]);
  });

  test('ME4 a line that is too long is refused, those after it are read', async () => {
    const half = ' '.repeat(MAX_LINE_BYTES / 2 + 1);
    expect(await read('1\n', half, half, half, '\n2\n')).toEqual([
      { number: 1, value: 1 },
      { number: 2, refused: 'longer than 1 MB' },
      { number: 3, value: 2 },
    ]);
  });

  test('ME4 what is not UTF-8 is refused', async () => {
    expect(await read(Buffer.from([0x22, 0xff, 0x22]))).toEqual([{ number: 1, refused: 'not UTF-8' }]);
  });

  test('ME5 one object over many lines is one value', async () => {
    expect(await read(JSON.stringify({ basics: { name: 'Jane' } }, null, 2))).toEqual([
      { number: 1, value: { basics: { name: 'Jane' } } },
    ]);
  });

  test('ME3 a first line that only looks like the opening of one object costs no neighbour', async () => {
    expect(await read('{"id":"1",\n{"id":"2"}\n{"id":"3"}\n')).toEqual([
      { number: 1, refused: 'invalid JSON' },
      { number: 2, value: { id: '2' } },
      { number: 3, value: { id: '3' } },
    ]);
  });

  test('ME5 a file that is one array is its elements, wherever the stream is cut, in one line or many', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(undefined, 2, '\t'),
        async (all, size, indent) => {
          const bytes = Buffer.from(`\uFEFF ${JSON.stringify(all, null, indent)}\n`);
          const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
            bytes.subarray(i * size, (i + 1) * size),
          );
          const values = (await read(...cut)).map((one) => ('value' in one ? one.value : one.refused));
          expect(values).toEqual(JSON.parse(JSON.stringify(all)));
        },
      ),
    );
  });

  test('ME5 a broken element of an array is refused by its line, its neighbours are read', async () => {
    expect(await read('[\n  {"id": 1},\n  {"id": 2,},\n\n  {"id": "]},["}\n]\n')).toEqual([
      { number: 2, value: { id: 1 } },
      { number: 3, refused: 'invalid JSON' },
      { number: 5, value: { id: ']},[' } },
    ]);
    expect(await read('[1,', `"${'x'.repeat(MAX_LINE_BYTES)}"`, ',\n3]')).toEqual([
      { number: 1, value: 1 },
      { number: 1, refused: 'longer than 1 MB' },
      { number: 2, value: 3 },
    ]);
    expect(await read('[{"id":1},\n{"id":')).toEqual([
      { number: 1, value: { id: 1 } },
      { number: 2, refused: 'the array is not closed' },
    ]);
    expect(await read('[1]\n\n[2]')).toEqual([
      { number: 1, value: 1 },
      { number: 3, refused: 'something follows the array' },
    ]);
  });
});
