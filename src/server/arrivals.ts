/**
 * Waits for the bodies of requests. If too many are on their way, the oldest is given up for each new one: whoever opens
 * requests and does not end them keeps nobody else out.
 */
export class Arrivals {
  readonly #most: number;
  /** Gives up a body, the oldest first. */
  readonly #waiting = new Set<() => void>();

  /** @param most the largest number of bodies that are on their way */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Returns a body when it has come, or `given up`.
   *
   * @throws what the body's promise throws
   */
  async receive<Body>(body: Promise<Body>): Promise<Body | 'given up'> {
    let giveUp = (): void => {};
    const given = new Promise<'given up'>((resolve) => {
      giveUp = () => resolve('given up');
    });
    this.#waiting.add(giveUp);
    if (this.#waiting.size > this.#most) {
      const [oldest] = this.#waiting;
      if (oldest) this.#waiting.delete(oldest);
      oldest?.();
    }
    try {
      return await Promise.race([body, given]);
    } finally {
      this.#waiting.delete(giveUp);
    }
  }
}
