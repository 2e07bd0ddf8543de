import type { Answer, AnsweringQueue, Caller, Question } from './answering-queue.js';

/** What a server tells of a model. */
export interface ModelDescription {
  /** The SHA-256 of the checkpoint, unpacked. */
  readonly sha256: string;
  /** The labels of the names that it finds, or of single tokens. */
  readonly labels: readonly string[];
}

/** A model that answers requests. */
export interface ServedModel {
  readonly about: ModelDescription;
  /** The checkpoint, for the page that tags in the browser. */
  readonly file: Uint8Array<ArrayBuffer>;
  readonly queue: Pick<AnsweringQueue, 'answer' | 'isReady' | 'waiting' | 'retire' | 'close'>;
}

/** The models of a server by their names. */
export class ServedModels {
  readonly #models: Map<string, ServedModel>;

  /** @param models at least one; the first answers where no name is given */
  constructor(models: Iterable<readonly [string, ServedModel]>) {
    this.#models = new Map(models);
  }

  get names(): string[] {
    return [...this.#models.keys()];
  }

  /** The name of the model that answers where no name is given. */
  get first(): string {
    return this.names[0] ?? '';
  }

  /** Returns the models with their names, the first one first. */
  list(): (readonly [string, ServedModel])[] {
    return [...this.#models];
  }

  find(name: string): ServedModel | undefined {
    return this.#models.get(name);
  }

  /**
   * Answers a question with a model.
   *
   * @throws {Error} if there is no model of that name, or its thread has died
   */
  answer(name: string, question: Question, caller: Caller): Promise<Answer | undefined> {
    const model = this.find(name);
    if (!model) throw new Error(`no model is named ${name}`);
    return model.queue.answer(question, caller);
  }

  /** Puts a model in the place of the one that has its name, which answers what it has been asked and then ends. */
  replace(name: string, model: ServedModel): void {
    const before = this.find(name);
    this.#models.set(name, model);
    before?.queue.retire();
  }

  /** Ends the threads of all models. */
  close(): void {
    for (const { queue } of this.#models.values()) queue.close();
  }
}
