import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import {
  type AttachmentContentType,
  formatUrn,
  isMediaUrn,
  MAX_ATTACHMENT_BYTES,
  ProtocolError,
  parseUrn,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { fileTypeOf } from './file-type.ts';
import type { AtsScope } from './hooks.ts';

/** Ours: how long a file may be uploaded to the address that was handed out for it. */
const UPLOAD_LIFE_MS = 3_600_000;
const CHUNK_BYTES = 256 * 1024;
const MAC_BYTES = 16;
const TOKEN_BYTES = 8 + 16 + 8 + MAC_BYTES;
export const UPLOADS = '/media/uploads/';

export interface Announced {
  readonly urn: string;
  /** Path of the signed address; it says whose upload it is and until when. */
  readonly path: string;
  readonly expiresAt: number;
}

/** Reserves a place for one file. */
export async function announceUpload(
  ctx: Context,
  { tenantId, atsNo }: AtsScope,
  file: { readonly fileName: string; readonly lifeMs: number | null },
): Promise<Announced> {
  const mediaId = randomUUID();
  const now = ctx.clock.now();
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`insert into media (tenant_id, media_id, ats_no, file_name, created_at, expires_at)
       values (${tenantId}, ${mediaId}, ${atsNo}, ${file.fileName}, ${now}, ${file.lifeMs === null ? null : now + file.lifeMs})`,
  ]);
  const expiresAt = now + UPLOAD_LIFE_MS;
  return {
    urn: formatUrn('media', mediaId),
    path: `${UPLOADS}${tokenOf(ctx, { tenantId, mediaId, expiresAt })}`,
    expiresAt,
  };
}

interface Upload {
  readonly tenantId: number;
  readonly mediaId: string;
  readonly expiresAt: number;
}

/** A file as it was taken. */
export interface StoredFile {
  readonly urn: string;
  readonly contentType: AttachmentContentType;
  readonly size: number;
}

/**
 * Stores the file of an announced upload, once.
 * @throws ProtocolError ACCESS_DENIED for an address that is none of ours or had its time, CONFLICT for a second file,
 *   BODY_TOO_LARGE, INVALID_RECORD for a file of another kind
 */
export async function storeFile(ctx: Context, token: string, bytes: Buffer): Promise<StoredFile> {
  const upload = readToken(ctx, token);
  const now = ctx.clock.now();
  if (!upload || upload.expiresAt <= now)
    throw new ProtocolError('ACCESS_DENIED', 'This upload address is not valid, or no longer');
  if (bytes.length > MAX_ATTACHMENT_BYTES) throw new ProtocolError('BODY_TOO_LARGE');
  const contentType = fileTypeOf(bytes);
  if (!contentType)
    throw new ProtocolError('INVALID_RECORD', 'The file is empty, or neither PDF, DOC, DOCX nor plain text');
  const { tenantId, mediaId } = upload;
  await ctx.db.transaction(tenantId, async (tx) => {
    const [claimed] = await tx`
      update media set content_type = ${contentType}, size = ${bytes.length}, uploaded_at = ${now}
      where tenant_id = ${tenantId} and media_id = ${mediaId} and uploaded_at is null returning media_no`;
    if (!claimed) throw new ProtocolError('CONFLICT', 'A file was uploaded here already, or it is gone');
    const chunks: Statement[] = [];
    for (let no = 0; no * CHUNK_BYTES < bytes.length; no++) {
      const chunk = bytes.subarray(no * CHUNK_BYTES, (no + 1) * CHUNK_BYTES);
      chunks.push(
        tx`insert into media_chunk (tenant_id, media_id, chunk_no, bytes) values (${tenantId}, ${mediaId}, ${no}, ${chunk})`,
      );
    }
    await tx.commitWith(chunks);
  });
  return { urn: formatUrn('media', mediaId), contentType, size: bytes.length };
}

/** The upload that a URN or an address of ours names; null for anything else. */
export function mediaIdOf(ctx: Context, tenantId: number, reference: string): string | null {
  if (isMediaUrn(reference)) {
    const id = parseUrn(reference)?.id ?? '';
    return UUID.test(id) ? id : null;
  }
  const path = URL.parse(reference)?.pathname ?? '';
  const upload = path.startsWith(UPLOADS) ? readToken(ctx, path.slice(UPLOADS.length)) : null;
  return upload?.tenantId === tenantId ? upload.mediaId : null;
}

/** The pieces of a file, in order. */
export function fileChunks(tx: Sql, tenantId: number, mediaNo: number): Statement<{ bytes: Uint8Array }> {
  return tx<{ bytes: Uint8Array }>`
    select c.bytes from media m
    join media_chunk c on c.tenant_id = m.tenant_id and c.media_id = m.media_id
    where m.tenant_id = ${tenantId} and m.media_no = ${mediaNo} order by c.chunk_no`;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function tokenOf(ctx: Context, { tenantId, mediaId, expiresAt }: Upload): string {
  const content = Buffer.alloc(TOKEN_BYTES - MAC_BYTES);
  content.writeBigUInt64BE(BigInt(tenantId), 0);
  content.write(mediaId.replaceAll('-', ''), 8, 'hex');
  content.writeBigUInt64BE(BigInt(expiresAt), 24);
  return Buffer.concat([content, macOf(ctx, content)]).toString('base64url');
}

function readToken(ctx: Context, token: string): Upload | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== TOKEN_BYTES || bytes.toString('base64url') !== token) return null;
  const content = bytes.subarray(0, TOKEN_BYTES - MAC_BYTES);
  if (!timingSafeEqual(bytes.subarray(-MAC_BYTES), macOf(ctx, content))) return null;
  return {
    tenantId: Number(content.readBigUInt64BE(0)),
    mediaId: content.toString('hex', 8, 24).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    expiresAt: Number(content.readBigUInt64BE(24)),
  };
}

function macOf({ keys }: Context, content: Buffer): Buffer {
  return createHmac('sha256', keys.uploadUrl).update(content).digest().subarray(0, MAC_BYTES);
}
