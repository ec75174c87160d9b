import type { WidgetData, WidgetKind } from '@carrick/protocol/widget';

/** Behind a tag's type once it has a frame: pages that are parsed again leave it alone. */
const DONE = '+init';

const KINDS: Readonly<Record<string, WidgetKind>> = {
  hcmwidget: 'hcm',
  atsintegrationwidget: 'onboarding',
};

export function findTags(root: ParentNode): HTMLScriptElement[] {
  return [...root.querySelectorAll<HTMLScriptElement>('script[type^="IN/" i]')];
}

/** `HcmWidget` of `IN/HcmWidget`, whether it has its frame already or not. */
export function nameOf(tag: HTMLScriptElement): string {
  return tag.type.slice(3).replace(DONE, '');
}

export function kindOf(name: string): WidgetKind | undefined {
  return KINDS[name.toLowerCase()];
}

export function markDone(tag: HTMLScriptElement): void {
  if (!tag.type.endsWith(DONE)) tag.type += DONE;
}

/** What the frame is told: every `data-…` but the callbacks. It goes by message, so that no id stands in an address. */
export function dataOf({ dataset }: HTMLScriptElement): WidgetData {
  const data: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(dataset)) if (!name.startsWith('on')) data[name] = value;
  return data;
}

/** `500`, `650px` and `80%`; all the room there is for anything else. */
export function widthOf({ dataset }: HTMLScriptElement): string {
  const [, number, unit] = /^\s*([\d.]+)\s*(px|%)?\s*$/.exec(dataset.width ?? '') ?? [];
  return number === undefined ? '100%' : number + (unit ?? 'px');
}
