import type { FinderCriterion, ResourceDefinition } from '@carrick/protocol';

/** A parameter of a finder, in OpenAPI's words. */
export function finderParameter(
  { name, finder, type, isRequired, isMany }: FinderCriterion,
  { finders = [] }: Pick<ResourceDefinition, 'finders'>,
): object {
  const isOfAll = finder === undefined || finders.length === 1;
  const schema: object = {
    text: { type: 'string' },
    number: { type: 'integer', minimum: 0 },
    boolean: { type: 'boolean' },
  }[type];
  return {
    name,
    in: 'query',
    required: isRequired === true && isOfAll,
    ...(isOfAll ? {} : { description: `Of q=${finder}${isRequired ? ', required' : ''}.` }),
    ...(isMany
      ? {
          description: 'Repeated, with an index (`name[0]=`), or as `List(…)` of protocol 2.0.0.',
          style: 'form',
          explode: true,
          schema: { type: 'array', items: schema },
        }
      : { schema }),
  };
}
