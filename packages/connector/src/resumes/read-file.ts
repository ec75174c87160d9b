import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type AttachmentContentType, MAX_ATTACHMENT_BYTES } from '@carrick/protocol';
import { ConnectorError } from '../connector-error.ts';
import type { FileContent, ReadOwnFile } from './resume.ts';

/** Files below a folder, named by their path in it; nothing outside of it is read, whatever a name or a link says. */
export function filesBelow(folder: string): ReadOwnFile {
  return async (file) => {
    const root = await realpath(folder);
    const path = await realpath(resolve(root, file));
    const inside = relative(root, path);
    if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
      throw new ConnectorError('its file lies outside of the folder');
    if (!(await stat(path)).isFile()) throw new ConnectorError('what it names is no file');
    return createReadStream(path);
  };
}

/** @throws ConnectorError for more than the platform takes; no more than that is ever in memory */
export async function readWhole(content: FileContent): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of content instanceof Uint8Array ? [content] : content) {
    size += part.length;
    if (size > MAX_ATTACHMENT_BYTES)
      throw new ConnectorError(`its file is larger than ${MAX_ATTACHMENT_BYTES / 1024 / 1024} MB`);
    parts.push(part);
  }
  if (size === 0) throw new ConnectorError('its file is empty');
  return Buffer.concat(parts);
}

/** What a file is announced as, by its content; the platform looks for itself. @throws ConnectorError for what it does not take */
export function contentTypeOf(bytes: Uint8Array): AttachmentContentType {
  const head = Buffer.from(bytes.subarray(0, 1024));
  if (head.includes('%PDF-')) return 'application/pdf';
  const start = head.toString('hex', 0, 8);
  if (start === 'd0cf11e0a1b11ae1') return 'application/msword';
  if (start.startsWith('504b0304'))
    return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  if (!head.includes(0)) return 'text/plain';
  throw new ConnectorError('its file is neither PDF, DOC, DOCX nor plain text');
}
