/**
 * A story that goes on by itself, whether or not somebody listens, and is told from its beginning to who does. Other than with a
 * generator, several go on at the same time.
 */
export class EagerStory<Event, Result> {
  readonly #events: Event[] = [];
  readonly #end: Promise<void>;
  #result: Result | undefined;
  #failure: { readonly error: unknown } | undefined;
  #isOver = false;
  #isLeft = false;
  #wake: () => void = () => {};

  constructor(story: AsyncGenerator<Event, Result, undefined>) {
    this.#end = this.#follow(story);
  }

  /** What came of it; undefined as long as it goes on, or if it failed. */
  get result(): Result | undefined {
    return this.#result;
  }

  /**
   * Tells what happens, and returns what comes of it. It can be listened to once.
   *
   * @throws what the story throws; Error if it was left
   */
  async *tell(): AsyncGenerator<Event, Result, undefined> {
    for (;;) {
      for (let event = this.#events.shift(); event !== undefined; event = this.#events.shift()) yield event;
      if (this.#isOver) break;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failure) throw this.#failure.error;
    if (this.#result === undefined) throw new Error('the story was left before its end');
    return this.#result;
  }

  /** Ends the story where it stands, if it has not come to its end. */
  async leave(): Promise<void> {
    this.#isLeft = true;
    await this.#end;
  }

  async #follow(story: AsyncGenerator<Event, Result, undefined>): Promise<void> {
    try {
      for (;;) {
        const { value, done } = this.#isLeft ? await story.return(undefined as never) : await story.next();
        if (done) {
          if (!this.#isLeft) this.#result = value;
          break;
        }
        this.#events.push(value);
        this.#wake();
      }
    } catch (error) {
      this.#failure = { error };
    }
    this.#isOver = true;
    this.#wake();
  }
}
