/** What a person typed cannot be taken; the sentence says what to do. */
export class FormError extends Error {}

/** A form as it was sent; JSON of our own pages is read the same way. */
export class Form {
  readonly #fields: ReadonlyMap<string, string | File>;

  constructor(fields: Iterable<readonly [string, string | File]>) {
    this.#fields = new Map(fields);
  }

  static async read(request: Request): Promise<Form> {
    if (request.headers.get('content-type')?.includes('json')) {
      const given: unknown = await request.json();
      const fields = typeof given === 'object' && given !== null ? Object.entries(given) : [];
      return new Form(fields.filter(([, value]) => typeof value === 'string'));
    }
    if (!request.headers.has('content-type')) return new Form([]);
    return new Form(await request.formData());
  }

  /** Null when there is nothing in it. */
  text(name: string): string | null {
    const value = this.#fields.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  }

  needed(name: string): string {
    const value = this.text(name);
    if (value === null) throw new FormError(`Please fill in "${name}".`);
    return value;
  }

  async file(name: string): Promise<{ name: string; type: string; bytes: Uint8Array }> {
    const file = this.#fields.get(name);
    if (!(file instanceof File) || file.size === 0) throw new FormError('Please choose a file.');
    if (file.size > 10 * 1024 * 1024) throw new FormError('The file is larger than 10 MB.');
    return { name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
  }
}
