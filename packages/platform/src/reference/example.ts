import { ONBOARDING_EXAMPLES, RECORD_EXAMPLES, type ResourceKind, recordToWire } from '@carrick/protocol';
import type { ApiResource } from './api-resources.ts';

type Json = Readonly<Record<string, unknown>>;

const EXAMPLES: { readonly [K in ResourceKind]?: Json } = { ...RECORD_EXAMPLES, ...ONBOARDING_EXAMPLES };

/** What is written to a resource, under the names of its dialect; empty where nothing is. */
export function exampleOf({ definition }: Pick<ApiResource, 'definition'>): Json {
  return recordToWire(definition, EXAMPLES[definition.kind] ?? {});
}
