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

/** Holds the notices of a story back until it has come to its end: if it fails, its error is the one message. */
export async function* holdNotices<Report>(
  story: AsyncGenerator<Notice, Report, undefined>,
): AsyncGenerator<Notice, Report, undefined> {
  const notices: Notice[] = [];
  for (;;) {
    const { value, done } = await story.next();
    if (!done) {
      notices.push(value);
      continue;
    }
    yield* notices;
    return value;
  }
}
