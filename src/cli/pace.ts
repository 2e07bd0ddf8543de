import type { Stage, TimedEpoch, TimedStep } from '../commands/train/events.js';

/** Measures the speed of a training, and the time that it will still take with all its epochs. */
export class Pace {
  /** Numbers of steps of all networks: of those that have been done, and of all. */
  done = 0;
  total = 1;
  /** Number of steps that are to be done by this network, by those beside it, and by those that begin later. */
  #left = 1;
  #seconds = 0;
  #trainSeconds = 0;
  /** Number of steps that the seconds were taken for; those before the training was resumed are not among them. */
  #steps = 0;
  #tokens = 0;
  #stage: Pick<Stage, 'index' | 'count' | 'together' | 'later'> = { index: 0, count: 1, together: 1, later: 0 };

  /** Begins the training of one of several networks, which have as many steps each. */
  enter(stage: Stage): void {
    this.#stage = stage;
  }

  count(event: TimedStep | TimedEpoch): void {
    this.#seconds += event.seconds;
    if (event.kind === 'epoch') return;
    const { tokens, place: own, places: steps, seconds } = event;
    const { index, count, together, later } = this.#stage;
    this.done = index * steps + own;
    this.total = count * steps;
    // The networks beside this one have come about as far as it has, although their steps are told later.
    this.#left = later * steps + together * (steps - own);
    this.#trainSeconds += seconds;
    this.#steps++;
    this.#tokens += tokens;
  }

  get tokensPerSecond(): number {
    return this.#trainSeconds > 0 ? this.#tokens / this.#trainSeconds : 0;
  }

  /** Remaining time, as in `1:05 left`. */
  get timeLeft(): string {
    const seconds = Math.round((this.#seconds * this.#left) / Math.max(1, this.#steps));
    const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const parts = clock[0] === 0 ? clock.slice(1) : clock;
    return `${parts.map((part, index) => String(part).padStart(index === 0 ? 1 : 2, '0')).join(':')} left`;
  }
}
