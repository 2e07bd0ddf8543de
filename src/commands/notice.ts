/** Something that a person should know and that is no error. */
export interface Notice {
  readonly kind: 'notice';
  /** A line; a warning begins with `warning: `. */
  readonly text: string;
}

/** Makes a notice of each text. */
export function* noticesOf(...texts: readonly string[]): Generator<Notice, void, undefined> {
  for (const text of texts) yield { kind: 'notice', text };
}
