import { readFileSync, writeFileSync } from 'node:fs';
import {
  askErasure,
  certificateKey,
  confirmErasure,
  type Deployment,
  ErasureError,
  isSignedBy,
  listErasures,
  memberByExternalId,
  proveErasures,
  readPersonalData,
  runErasure,
  type Subject,
} from '@carrick/platform';
import { CommandError, type Flags, optional, required, usageError } from '../command.ts';
import { type AdminAction, contractsOf, organisationOf } from './admin-organisation.ts';

/** Requests about a member or a whole organisation are kept under no organisation. */
const NO_ORGANISATION = 0;

export const ERASURE_ACTIONS: Readonly<Record<string, AdminAction>> = {
  erase: async (deployment, flags) => {
    const { id, counts } = await explained(askErasure(deployment, await subjectOf(deployment, flags), null));
    return { erasure: id, counts, next: `carrick admin erase-confirm --erasure ${id}` };
  },
  'erase-confirm': async (deployment, flags) => {
    const id = required(flags, 'erasure');
    const tenantId = await keeperOf(deployment, flags);
    await explained(confirmErasure(deployment, tenantId, id));
    const erasure = await explained(runErasure(deployment, tenantId, id));
    await proveErasures(deployment);
    const proved = (await deployment.ctx.db.read(tenantId, (tx) => listErasures(tx, 1000))).find(
      (each) => each.id === id,
    );
    const text = proved?.certificate ?? erasure?.certificate ?? '';
    const file = optional(flags, 'file');
    if (file !== undefined) writeFileSync(file, text, { mode: 0o600 });
    return {
      erasure: id,
      state: proved?.state ?? 'erased',
      counts: proved?.counts ?? {},
      certificate: file ?? text,
    };
  },
  erasures: async (deployment, flags) => {
    const tenantId = await keeperOf(deployment, flags);
    const erasures = await deployment.ctx.db.read(tenantId, (tx) => listErasures(tx, 1000));
    return {
      erasures: erasures.map(({ id, kind, state, askedAt, erasedAt }) => ({
        erasure: id,
        kind,
        state,
        askedAt: new Date(askedAt).toISOString(),
        erasedAt: erasedAt === null ? null : new Date(erasedAt).toISOString(),
      })),
    };
  },
  'check-certificate': async ({ ctx }, flags) => {
    const publicKey = certificateKey(ctx.keys.certificate);
    if (!isSignedBy(publicKey, readFileSync(required(flags, 'file'), 'utf8')))
      throw new CommandError('this certificate was changed, or another deployment signed it');
    return { signed: true, publicKey };
  },
  'export-data': async (deployment, flags) => {
    const file = required(flags, 'file');
    const places = await explained(readPersonalData(deployment, await subjectOf(deployment, flags)));
    const lines = places.flatMap(({ place, rows }) =>
      rows.map((row) => `${JSON.stringify({ place, row })}\n`),
    );
    writeFileSync(file, lines.join(''), { mode: 0o600 });
    return { file, rows: lines.length };
  },
};

/** What the flags name: one of them, or everything of an organisation when that is said in so many words. */
async function subjectOf(deployment: Deployment, flags: Flags): Promise<Subject> {
  const given = ['candidate', 'member', 'seat', 'contract', 'everything'].filter(
    (name) => flags[name] !== undefined,
  );
  if (given.length !== 1)
    throw usageError(
      'name one subject: --member, or with --organization: --candidate and --ats, --seat, --contract, --everything',
    );
  if (given[0] === 'member') {
    const externalId = required(flags, 'member');
    const memberId = await deployment.ctx.db.read(null, (tx) => memberByExternalId(tx, externalId));
    if (memberId === null) throw new CommandError(`the directory has no member ${externalId}`);
    return { kind: 'member', memberId };
  }
  const { tenantId } = await organisationOf(deployment, flags);
  switch (given[0]) {
    case 'candidate': {
      const atsNo = Number(required(flags, 'ats'));
      if (!Number.isSafeInteger(atsNo) || atsNo < 1) throw usageError('--ats takes a number, from 1');
      return { kind: 'candidate', tenantId, atsNo, candidateId: required(flags, 'candidate') };
    }
    case 'seat': {
      const [, seatId] = /^urn:li:seat:(\d{1,15})$/.exec(required(flags, 'seat')) ?? [];
      if (seatId === undefined) throw usageError('--seat takes urn:li:seat:…');
      return { kind: 'seat', tenantId, seatId: Number(seatId) };
    }
    case 'contract': {
      const [contract] = await contractsOf(deployment, flags);
      if (!contract) throw new CommandError('the organisation has no such contract');
      return { kind: 'contract', tenantId, contractId: contract.contractId };
    }
    default:
      return { kind: 'organisation', tenantId };
  }
}

async function keeperOf(deployment: Deployment, flags: Flags): Promise<number> {
  if (optional(flags, 'organization') === undefined) return NO_ORGANISATION;
  return (await organisationOf(deployment, flags)).tenantId;
}

async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ErasureError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}
