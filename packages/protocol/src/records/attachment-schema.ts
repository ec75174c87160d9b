import { type Static, Type } from '@sinclair/typebox';

const time = () => Type.Integer({ exclusiveMinimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const optionalTime = () => Type.Optional(Type.Union([time(), Type.Null()]));

/** Nobody has seen the body of this resource: the file is named by the URN or the URL that its upload was announced with. */
export const Attachment = Type.Object({
  media: Type.String({ minLength: 1 }),
  fileName: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 255 }), Type.Null()])),
  atsCreatedAt: optionalTime(),
  atsLastModifiedAt: optionalTime(),
});
export type Attachment = Static<typeof Attachment>;

export const ATTACHMENT_ENTITY_TYPES = ['APPLICATION', 'CANDIDATE'] as const;
export type AttachmentEntityType = (typeof ATTACHMENT_ENTITY_TYPES)[number];

/** The kinds of file that are taken; the documentation's first call names three of them, the newer one all. */
export const ATTACHMENT_CONTENT_TYPES = [
  'application/pdf',
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'text/plain',
] as const;
export type AttachmentContentType = (typeof ATTACHMENT_CONTENT_TYPES)[number];
export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;

const TTL_UNITS = ['MILLISECOND', 'SECOND', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const;

/** The announcement of an upload. */
export const MediaUrlRequest = Type.Object({
  contentType: Type.Union(ATTACHMENT_CONTENT_TYPES.map((type) => Type.Literal(type))),
  fileName: Type.String({ minLength: 1, maxLength: 255 }),
  hiringContext: Type.String({ minLength: 1 }),
  blobTtl: Type.Optional(
    Type.Union([
      Type.Object({
        duration: Type.Integer({ exclusiveMinimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
        unit: Type.Union(TTL_UNITS.map((unit) => Type.Literal(unit))),
      }),
      Type.Null(),
    ]),
  ),
});
export type MediaUrlRequest = Static<typeof MediaUrlRequest>;

/** Every upload says what for; one page spells the member without its last letter. */
export const USAGE_MEMBERS = ['usageParameters', 'usageParameter'] as const;
export const USAGES = ['recruiterSystemConnectResumeParameters', 'tcrmResumeParameters'] as const;
