import { READER_ROLE } from '../kernel/app-role.ts';
import { connect } from '../kernel/connect.ts';
import { type Rewritten, rewriteFiles } from '../kernel/rewrite-files.ts';
import { type Certificate, type SignedCertificate, signCertificate } from './certificate.ts';
import type { ErasureDesk } from './erase.ts';
import { type Erasure, type ErasureRow, erasureOf } from './erasures.ts';
import { placesOf } from './sweep.ts';

/**
 * Writes the files of the database anew for all erasures since the last time, and says so in their certificates. A table is locked
 * while it is written, so this is done for many at once, now and then. @returns how many were waiting
 */
export async function proveErasures({
  ctx,
  ownerUrl,
}: Pick<ErasureDesk, 'ctx' | 'ownerUrl'>): Promise<number> {
  const waiting = await findErased(ownerUrl);
  if (waiting.length === 0) return 0;
  const tables = new Set(waiting.flatMap(({ kind }) => placesOf(kind)));
  const files = await rewriteFiles(ownerUrl, [...tables, 'erasure']);
  const at = ctx.clock.now();
  for (const { tenantId, id, certificate } of waiting)
    await ctx.db.pipeline(tenantId, (tx) => [
      tx`update erasure set state = 'proved', proved_at = ${at},
           certificate = ${certificate === null ? null : renewed(ctx.keys.certificate, certificate, { at, files })}
         where tenant_id = ${tenantId} and erasure_id = ${id}::uuid and state = 'erased'`,
    ]);
  return waiting.length;
}

/** Of all organisations. */
async function findErased(ownerUrl: string): Promise<Erasure[]> {
  const sql = connect(ownerUrl, { max: 1, applicationName: 'carrick-erasure' });
  try {
    return await sql.begin(async (tx) => {
      await tx.unsafe(`set local role ${READER_ROLE}`);
      const rows = await tx<ErasureRow[]>`select * from erasure where state = 'erased'`;
      return rows.map(erasureOf);
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function renewed(seed: Buffer, text: string, { at, files }: { at: number; files: Rewritten }): string {
  const { publicKey: _, signature: __, ...certificate } = JSON.parse(text) as SignedCertificate; // our own
  return signCertificate(seed, {
    ...certificate,
    filesRewrittenAt: new Date(at).toISOString(),
    files,
  } satisfies Certificate);
}
