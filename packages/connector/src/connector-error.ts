/** A failure the operator can act on; its message says what to do. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
}
