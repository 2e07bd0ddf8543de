import type { Corpus } from '../corpora/read-corpus.js';

/** Something that a person should know and that is no error. */
export interface Notice {
  readonly kind: 'notice';
  /** A line; a warning begins with `warning: `. */
  readonly text: string;
  /** Set if it tells of input that cannot be read and was left out, so that the command ends with exit code 3. */
  readonly isOfBadInput?: true;
}

export function isNotice(event: { readonly kind: string }): event is Notice {
  return event.kind === 'notice';
}

/** Makes the notices of a corpus that was read. */
export function* noticesOfCorpus({
  notices,
  refusals,
}: Pick<Corpus, 'notices' | 'refusals'>): Generator<Notice, void, undefined> {
  yield* noticesOf(...notices);
  yield* noticesOfRefusals(refusals);
}

/** Makes notices of what cannot be read and was left out. */
export function* noticesOfRefusals(texts: readonly string[]): Generator<Notice, void, undefined> {
  for (const text of texts) yield { kind: 'notice', text, isOfBadInput: true };
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

/**
 * Work that goes on while somebody follows it: step by step in a `for await` loop, or to its end by `result()`. Leaving
 * the loop early ends the work.
 */
export class Work<Event, Result> implements AsyncIterable<Event> {
  readonly #steps: AsyncGenerator<Event, Result, undefined>;
  #result: Promise<Result> | undefined;

  constructor(steps: AsyncGenerator<Event, Result, undefined>) {
    this.#steps = steps;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    let isLeft = true;
    try {
      for (;;) {
        const next = await this.#steps.next();
        if (next.done) {
          isLeft = false;
          this.#result ??= Promise.resolve(next.value);
          return;
        }
        yield next.value;
      }
    } catch (error) {
      isLeft = false;
      this.#result = Promise.reject(error);
      this.#result.catch(() => {}); // who followed the work has heard of it
      throw error;
    } finally {
      if (isLeft) await this.#leave();
    }
  }

  /**
   * Returns what comes of the work, which goes on to its end.
   *
   * @throws what the work throws; Error if it was left before its end
   */
  result(): Promise<Result> {
    this.#result ??= this.#finish();
    return this.#result;
  }

  async #finish(): Promise<Result> {
    for (;;) {
      const { value, done } = await this.#steps.next();
      if (done) return value;
    }
  }

  async #leave(): Promise<void> {
    this.#result = Promise.reject(new Error('the work was left before its end'));
    this.#result.catch(() => {});
    await this.#steps.return(undefined as never);
  }
}
