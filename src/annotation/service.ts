import type { DecisionRequest, DoneList, Overview, Step, UndoStep } from './protocol.js';
import type { SentenceId } from './sentence.js';

/** What a server of the page asks of the work behind it. */
export interface AnnotationService {
  /** Returns the sentence to be decided, the same until it is. */
  current(): Promise<Step>;
  /**
   * Returns a sentence, decided or not.
   *
   * @throws {UserError} if there is none
   */
  find(id: SentenceId): Promise<Step>;
  overview(): Overview;
  /**
   * Saves a decision, and returns the next sentence. Once it returns, the decision is on the disk.
   *
   * @throws {UserError} if there is no such sentence, spans are no ranges of its tokens, or it cannot be saved
   */
  decide(request: DecisionRequest): Promise<Step>;
  /**
   * Takes the last decision back, and returns its sentence; the current one if there is nothing to take back.
   *
   * @throws {UserError} if that cannot be saved
   */
  undo(): Promise<UndoStep>;
  /**
   * Offers a label no longer.
   *
   * @throws {UserError} if it is used, or was not added on the page
   */
  removeLabel(label: string): Overview;
  /** Returns decided sentences, from the given one on, the last one first. */
  done(from: number, most: number, search: string): DoneList;
  /**
   * Saves the newest model.
   *
   * @throws {UserError} if there is none, or it cannot be written
   */
  saveModel(): Promise<{ readonly path: string; readonly notices: readonly string[] }>;
}
