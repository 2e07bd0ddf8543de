import { addPoint, type CurvePoint } from '../../annotation/learning.js';
import { exists, readBytes } from '../../node/files.js';
import { openLineFile } from '../../node/line-file.js';

/** The scores of models so far, which stand in a file beside the decisions, so that they last when the work goes on later. */
export class CurveFile {
  readonly #path: string;
  readonly #seed: number;
  #points: readonly CurvePoint[];

  private constructor(path: string, seed: number, points: readonly CurvePoint[]) {
    this.#path = path;
    this.#seed = seed;
    this.#points = points;
  }

  /**
   * Opens the file `OUTPUT.curve`, which may be missing. Of its scores those count that were counted on the same random tenth, and
   * with no more sentences than there are now: others are of decisions that somebody has removed.
   *
   * @param output the file of decisions
   * @param seed draws the random tenth
   * @param accepted the number of accepted sentences
   * @throws {UserError} if it cannot be read
   */
  static async open(output: string, seed: number, accepted: number): Promise<CurveFile> {
    const path = `${output}.curve`;
    const lines = (await exists(path)) ? new TextDecoder().decode(await readBytes(path)).split('\n') : [];
    const found = lines.map(parsePoint).filter((point) => point !== undefined);
    const own = found.filter((point) => point.seed === seed && point.sentences <= accepted);
    return new CurveFile(
      path,
      seed,
      own.reduce<readonly CurvePoint[]>((points, { sentences, f1 }) => addPoint(points, { sentences, f1 }), []),
    );
  }

  /** The scores by the number of sentences that were learnt from, the last one at the end. */
  get points(): readonly CurvePoint[] {
    return this.#points;
  }

  /**
   * Adds a score.
   *
   * @throws {UserError} if it cannot be written; it counts until the work ends all the same
   */
  async add(point: CurvePoint): Promise<void> {
    this.#points = addPoint(this.#points, point);
    const file = await openLineFile(this.#path, () => true);
    try {
      await file.append(`${JSON.stringify({ seed: this.#seed, ...point })}\n`);
    } finally {
      await file.close();
    }
  }
}

/** Reads a line; undefined if it is no score, as where a stop has cut it short. */
function parsePoint(line: string): (CurvePoint & { readonly seed: number }) | undefined {
  try {
    const { seed, sentences, f1 } = JSON.parse(line);
    const isPoint = Number.isSafeInteger(seed) && Number.isSafeInteger(sentences) && typeof f1 === 'number';
    return isPoint && sentences > 0 && f1 >= 0 && f1 <= 1 ? { seed, sentences, f1 } : undefined;
  } catch {
    return undefined;
  }
}
