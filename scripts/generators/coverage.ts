import { coverage } from '../../conformance/coverage.ts';

export const path = 'conformance/COVERAGE.md';

export function generate(): string {
  return coverage();
}
