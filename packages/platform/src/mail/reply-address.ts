import { createHmac, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const MAC_BYTES = 12;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** 28 bytes in base 32. Lower case, for mail systems may fold the case of a local part; with `replies+` before it 53 of 64 characters. */
const TOKEN = /^[a-z2-7]{45}$/;

/**
 * Where an answer by ordinary mail goes: `replies+TOKEN@domain`. The token is the id of a reply link and a signature over it; whoever
 * knows it may answer, so it stands in the mail to that one member only. The same token begins the Message-ID, for programs that
 * answer to the sender and name the mail they answer.
 */
export class ReplyAddresses {
  readonly #key: Buffer;
  readonly #local: string;
  readonly #domain: string;

  /** @param address such as `replies@mail.example.com` */
  constructor(key: Buffer, address: string) {
    this.#key = key;
    this.#local = address.slice(0, address.lastIndexOf('@'));
    this.#domain = address.slice(address.lastIndexOf('@') + 1);
  }

  addressOf(linkId: string): string {
    return `${this.#local}+${this.#tokenOf(linkId)}@${this.#domain}`;
  }

  /** @param n distinguishes the mails of one link */
  messageIdOf(linkId: string, n: string): string {
    return `<${this.#tokenOf(linkId)}.${n}@${this.#domain}>`;
  }

  /** The link that one of these addresses or Message-IDs was made for; null when none was. */
  linkIdIn(texts: readonly string[]): string | null {
    for (const text of texts)
      for (const token of text.toLowerCase().match(/[a-z2-7]{45}(?=[.@])/g) ?? []) {
        const linkId = this.#linkIdOf(token);
        if (linkId !== null) return linkId;
      }
    return null;
  }

  #tokenOf(linkId: string): string {
    const id = Buffer.from(linkId.replaceAll('-', ''), 'hex');
    if (id.length !== ID_BYTES) throw new RangeError('not the id of a link');
    return encode(Buffer.concat([id, this.#macOf(id)]));
  }

  #linkIdOf(token: string): string | null {
    if (!TOKEN.test(token)) return null;
    const bytes = decode(token);
    const id = bytes.subarray(0, ID_BYTES);
    if (!timingSafeEqual(bytes.subarray(ID_BYTES), this.#macOf(id))) return null;
    return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  #macOf(id: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update('reply-address').update(id).digest().subarray(0, MAC_BYTES);
  }
}

function encode(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

/** Of 45 digits the last bit is filling. */
function decode(text: string): Buffer {
  const bits = [...text].map((digit) => ALPHABET.indexOf(digit).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
