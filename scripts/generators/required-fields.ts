import { requiredFields } from '../../packages/platform/src/reference/required-fields.ts';

export const path = 'docs/generated/required-fields.md';

export function generate(): string {
  return requiredFields();
}
