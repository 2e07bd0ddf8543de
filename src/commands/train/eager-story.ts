/**
 * A story that goes on by itself, whether or not somebody listens, and is told from its beginning to whoever does. Unlike
 * generators, several go on at the same time.
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

  /** The result; undefined as long as the story goes on, or if it failed. */
  get result(): Result | undefined {
    return this.#result;
  }

  /**
   * Tells what happens, and returns the result. It can be listened to once.
   *
   * @param all the stories that go on at the same time: where one of them fails, none is told to its end
   * @throws what one of the stories throws; Error if this one was left
   */
  async *tell(all: readonly EagerStory<Event, Result>[] = [this]): AsyncGenerator<Event, Result, undefined> {
    for (;;) {
      for (let event = this.#events.shift(); event !== undefined; event = this.#events.shift()) {
        throwFailure(all);
        yield event;
      }
      throwFailure(all);
      if (this.#isOver) break;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    throwFailure(all);
    if (this.#result === undefined) throw new Error('the story was left before its end');
    return this.#result;
  }

  /** The error that ended it, if one did. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
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

function throwFailure(stories: readonly EagerStory<unknown, unknown>[]): void {
  const failed = stories.find(({ failure }) => failure);
  if (failed) throw failed.failure?.error;
}
