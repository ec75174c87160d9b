import { postmanCollection } from '../../packages/platform/src/reference/postman.ts';

export const path = 'docs/generated/postman.json';

export function generate(): string {
  return `${JSON.stringify(postmanCollection(), null, 2)}\n`;
}
