import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/**
 * The file of a backup: a line that says what it is, then, gzipped, frames of four bytes of length and so many bytes. First the
 * header as JSON; for each of its tables, in its order, the rows as COPY writes them and an empty frame; last the trailer as JSON,
 * with the SHA-256 of everything before it.
 */
const MAGIC = 'CARRICK BACKUP 1\n';
const MOST_FRAME_BYTES = 1 << 30;
const FILE_MODE = 0o600;

/** A file that is no backup, or not a whole and unharmed one; the message is fit for the user. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** Writes frames to a file that appears under its name when it is complete and on disk. @throws what `content` throws */
export async function writeArchive(
  file: string,
  content: (write: ArchiveWriter) => AsyncIterable<Buffer>,
): Promise<void> {
  const draft = `${file}.part`;
  try {
    await pipeline(
      Readable.from(content(new ArchiveWriter()), { objectMode: false }),
      createGzip({ level: 6 }),
      async function* (compressed: AsyncIterable<Buffer>) {
        yield Buffer.from(MAGIC);
        yield* compressed;
      },
      createWriteStream(draft, { mode: FILE_MODE, flags: 'wx', flush: true }),
    );
    await rename(draft, file);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (isTaken)
      throw new BackupError(
        `${draft} is there already: another backup is being written, or one was broken off`,
      );
    await rm(draft, { force: true });
    throw error;
  }
}

/** Turns content into frames and keeps the sum over them. */
export class ArchiveWriter {
  readonly #sum: Hash = createHash('sha256');

  frame(bytes: Uint8Array): Buffer {
    const framed = Buffer.alloc(4 + bytes.length);
    framed.writeUInt32BE(bytes.length);
    framed.set(bytes, 4);
    this.#sum.update(framed);
    return framed;
  }

  json(value: unknown): Buffer {
    return this.frame(Buffer.from(JSON.stringify(value)));
  }

  trailer(values: Readonly<Record<string, unknown>>): Buffer {
    return this.json({ ...values, sha256: this.#sum.copy().digest('hex') });
  }
}

/** Reads an archive from front to back. Whatever is wrong with the file is a BackupError. */
export class ArchiveReader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #sum: Hash = createHash('sha256');
  #rest: Buffer = Buffer.alloc(0);

  constructor(file: string) {
    this.#chunks = unpacked(file)[Symbol.asyncIterator]();
  }

  async frame(): Promise<Buffer> {
    const head = await this.#take(4);
    const length = head.readUInt32BE();
    if (length > MOST_FRAME_BYTES)
      throw new BackupError('the backup is damaged: a part of it has no sensible length');
    const bytes = await this.#take(length);
    this.#sum.update(head).update(bytes);
    return bytes;
  }

  async json(): Promise<unknown> {
    const bytes = await this.frame();
    try {
      return JSON.parse(bytes.toString('utf8'));
    } catch {
      throw new BackupError('the backup is damaged: a part of it cannot be read');
    }
  }

  /** The frames up to the empty one. */
  async *frames(): AsyncGenerator<Buffer> {
    for (let bytes = await this.frame(); bytes.length > 0; bytes = await this.frame()) yield bytes;
  }

  /** @throws BackupError when what was read is not what was written */
  async trailer(): Promise<Readonly<Record<string, unknown>>> {
    const sha256 = this.#sum.copy().digest('hex');
    const trailer = await this.json();
    if (
      typeof trailer !== 'object' ||
      trailer === null ||
      !('sha256' in trailer) ||
      trailer.sha256 !== sha256
    )
      throw new BackupError('the backup is damaged: its checksum does not agree');
    return trailer as Readonly<Record<string, unknown>>; // an object, as just seen
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next();
        if (next.done) throw new BackupError('the backup is not complete: its end is missing');
        this.#rest = next.value;
      }
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      missing -= part.length;
      parts.push(part);
    }
    return parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts);
  }
}

async function* unpacked(file: string): AsyncGenerator<Buffer> {
  try {
    const source = createReadStream(file);
    const gunzip = createGunzip();
    const packed = withoutMagic(source);
    const done = pipeline(packed, gunzip);
    done.catch(() => {}); // the iteration below fails with it
    for await (const chunk of gunzip) yield chunk as Buffer; // a stream of bytes
    await done;
  } catch (error) {
    if (error instanceof BackupError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') throw new BackupError(`there is no file ${file}`);
    if (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE')
      throw new BackupError('the backup is damaged or not complete', { cause: error });
    throw error;
  }
}

async function* withoutMagic(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0);
  let isPast = false;
  for await (const chunk of source) {
    if (isPast) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < MAGIC.length) continue;
    if (head.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) break;
    isPast = true;
    yield head.subarray(MAGIC.length);
  }
  if (!isPast) throw new BackupError('this file is no backup that this version of Carrick can read');
}
