import { openApi } from '../../packages/platform/src/reference/openapi.ts';

export const path = 'docs/generated/openapi.json';

export function generate(): string {
  return `${JSON.stringify(openApi(), null, 2)}\n`;
}
