/** What a training is given by the program that runs it; nothing of it changes the result. */
export interface TrainingEnvironment {
  /** Threads; by default as many as there are processors. */
  readonly workers?: number | undefined;
  /** Stops the training, which keeps its best epoch so far. */
  readonly signal?: AbortSignal | undefined;
  /** Returns the seconds since any fixed moment. */
  readonly clock: () => number;
  /** Lets timers and signals be heard between two steps. */
  readonly pause: () => Promise<void>;
}
