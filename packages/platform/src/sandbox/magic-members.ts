import type { Context } from '../kernel/context.ts';
import { importMembers, type MemberHook } from '../members/index.ts';

interface MagicMember {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly settings: { readonly shareWithThirdParties?: true; readonly closed?: true };
  /** What becomes of a candidate with this name and address. */
  readonly outcome: string;
}

/** People in the directory of a sandbox, so that every outcome of matching and exporting can be had. */
export const MAGIC_MEMBERS: readonly MagicMember[] = [
  {
    id: 'magic-member-matched',
    firstName: 'Magda',
    lastName: 'Matched',
    email: 'matched@magic.example',
    settings: { shareWithThirdParties: true },
    outcome: 'Matched automatically. May be exported.',
  },
  {
    id: 'magic-member-not-shared',
    firstName: 'Nora',
    lastName: 'Notshared',
    email: 'not-shared@magic.example',
    settings: {},
    outcome: 'Matched automatically. An export is refused: EXPORT_NOT_PERMITTED.',
  },
  {
    id: 'magic-member-closed',
    firstName: 'Clara',
    lastName: 'Closed',
    email: 'closed@magic.example',
    settings: { shareWithThirdParties: true, closed: true },
    outcome: 'Matched with nobody: the account is closed.',
  },
  ...(['a', 'b'] as const).map((twin) => ({
    id: `magic-member-twin-${twin}`,
    firstName: 'Tilda',
    lastName: 'Twin',
    email: 'twins@magic.example',
    settings: { shareWithThirdParties: true as const },
    outcome: 'Matched with nobody: two members have this name and address.',
  })),
];

export async function addMagicMembers(ctx: Context, hooks: readonly MemberHook[]): Promise<void> {
  await importMembers(ctx, lines(), { hooks });
}

async function* lines(): AsyncIterable<string> {
  for (const { id, firstName, lastName, email, settings } of MAGIC_MEMBERS)
    yield `${JSON.stringify({ id, firstName, lastName, emails: [email], ...settings })}\n`;
}
