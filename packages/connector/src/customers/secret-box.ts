import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ConnectorError } from '../connector-error.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Customers' secrets as they are stored. What was encrypted for one customer cannot be read as another's. */
export class SecretBox {
  readonly #key: Buffer;

  constructor(secretsKey: string) {
    if (!/^[0-9a-f]{64}$/i.test(secretsKey))
      throw new ConnectorError(
        'secretsKey must be 64 hexadecimal digits, as `openssl rand -hex 32` prints them.',
      );
    this.#key = Buffer.from(secretsKey, 'hex');
  }

  seal(customerId: string, secret: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce).setAAD(Buffer.from(customerId));
    const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return sealed.toString('base64url');
  }

  /** @throws ConnectorError for another key, another customer or changed bytes */
  open(customerId: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    try {
      const decipher = createDecipheriv(ALGORITHM, this.#key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(customerId))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([
        decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)),
        decipher.final(),
      ]).toString('utf8');
    } catch (cause) {
      throw new ConnectorError(
        `The stored secret of customer ${customerId} cannot be read. Is secretsKey the one it was stored under?`,
        { cause },
      );
    }
  }
}
