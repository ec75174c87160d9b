import type { JsonSchema } from './read-shapes.ts';

export interface FieldDescription {
  /** `author/firstName` for a field inside another. */
  readonly name: string;
  readonly type: string;
  /** Inside another field: when that one is sent. */
  readonly isRequired: boolean;
  /** What of the schema is more than its type. */
  readonly rule: string;
}

/** Every field of a record, those inside others behind them. */
export function describeFields(schema: JsonSchema, above = ''): FieldDescription[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([field, content]) => {
    const inner = presentOf(content);
    const name = `${above}${field}`;
    const element = inner.items && presentOf(inner.items);
    return [
      { name, type: typeName(inner), isRequired: required.has(field), rule: ruleOf(inner) },
      ...describeFields(inner, `${name}/`),
      ...(element ? describeFields(element, `${name}/*/`) : []),
    ];
  });
}

/** Of an optional field the variant that is not null. */
function presentOf(schema: JsonSchema): JsonSchema {
  const variants = schema.anyOf?.filter(({ type }) => type !== 'null');
  const [only, ...others] = variants ?? [];
  return only && others.length === 0 ? only : schema;
}

function symbolsOf(schema: JsonSchema): readonly unknown[] {
  return schema.anyOf?.filter((variant) => variant.const !== undefined).map((variant) => variant.const) ?? [];
}

function typeName(schema: JsonSchema): string {
  if (symbolsOf(schema).length > 0) return 'enum';
  if (schema.type === 'array') return `${typeName(presentOf(schema.items ?? {}))}[]`;
  if (schema.type === 'integer') return 'long';
  return schema.type ?? 'any';
}

function ruleOf(schema: JsonSchema): string {
  const symbols = symbolsOf(schema);
  const element = schema.items && presentOf(schema.items);
  return [
    symbols.length > 0 ? symbols.join(', ') : null,
    schema.pattern === undefined ? null : 'an address of the form X@X.X',
    schema.minLength === undefined ? null : 'not empty',
    schema.maxLength === undefined ? null : `at most ${schema.maxLength.toLocaleString('en')} characters`,
    schema.maxItems === undefined ? null : `at most ${schema.maxItems}`,
    schema.type === 'integer' ? 'epoch milliseconds, above 0' : null,
    element && ruleOf(element) !== '' ? `each: ${ruleOf(element)}` : null,
  ]
    .filter((part) => part !== null)
    .join('; ');
}
