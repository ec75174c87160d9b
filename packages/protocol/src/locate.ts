import { ROOTS } from './dialect.ts';
import { RESOURCES, type ResourceDefinition } from './resources.ts';
import { REST_RESOURCES } from './resources-rest.ts';

/** The resource that a path names, with its keys as they stand there. */
export interface Located {
  readonly resource: ResourceDefinition;
  readonly parent?: { readonly resource: ResourceDefinition; readonly rawKey: string };
  readonly rawKey?: string;
}

/** The resource's name where the path names none that exists. */
export function locate(path: string): Located | { readonly unknown: string } {
  const isRest = path.startsWith(ROOTS.rest);
  const table: readonly ResourceDefinition[] = isRest ? REST_RESOURCES : RESOURCES;
  const root = (name: string) => table.find((each) => each.parent === undefined && each.name === name);
  // Split before anything is decoded: a key may hold an escaped slash. Some clients end the path with one of their own.
  const [first = '', second, third, fourth, ...more] = path
    .slice((isRest ? ROOTS.rest : ROOTS.v2).length)
    .replace(/\/$/, '')
    .split('/');
  if (third === undefined) {
    const resource = root(first);
    if (resource && !(second !== undefined && resource.isSingleton))
      return { resource, ...(second === undefined ? {} : { rawKey: second }) };
  } else {
    const resource = table.find((each) => each.parent === first && each.name === third);
    const parent = root(first);
    if (resource && parent && more.length === 0)
      return {
        resource,
        parent: { resource: parent, rawKey: second ?? '' },
        ...(fourth === undefined ? {} : { rawKey: fourth }),
      };
  }
  return { unknown: third ?? first };
}
