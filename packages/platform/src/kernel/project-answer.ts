import { type CollectionResponse, parseFields, project, type RawParams } from '@carrick/protocol';

/** What a projection of the query leaves of an entity, of paging or of metadata; everything where the query has none. */
export function projectorOf(
  { projections }: RawParams,
  name: 'fields' | 'pagingFields',
): (value: object) => unknown {
  const fields = projections.get(name);
  if (fields === undefined) return (value) => value;
  const projection = parseFields(fields);
  return (value) => project(value, projection);
}

/** What a finder found, with the projections of its elements and of its paging. */
export function projectCollection(
  params: RawParams,
  { elements, paging }: CollectionResponse<object>,
): object {
  return {
    elements: elements.map(projectorOf(params, 'fields')),
    paging: projectorOf(params, 'pagingFields')(paging),
  };
}
