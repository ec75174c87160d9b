import type { Element } from '../customers/platform-api.ts';

export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

export const texts = (value: unknown): string[] =>
  [value].flat().filter((each): each is string => typeof each === 'string' && each !== '');

export const object = (value: unknown): Element =>
  typeof value === 'object' && value !== null ? (value as Element) : {};

/** A person as the platform shows one to an ATS. Addresses have come as a list, as one text and under another name. */
export function stubProfile(stub: Element) {
  return {
    person: text(stub.member) ?? '',
    firstName: text(stub.firstName) ?? '',
    lastName: text(stub.lastName) ?? '',
    profileUrl: text(stub.profileUrl),
    headline: text(stub.headline),
    location: text(stub.location),
    currentEmployers: texts(stub.currentEmployerNames),
    emailAddresses: [...new Set([...texts(stub.emailAddresses), ...texts(stub.emailAddress)])],
    phoneNumbers: texts(stub.phoneNumber),
    currentTitle: text(stub.currentTitle),
  };
}
