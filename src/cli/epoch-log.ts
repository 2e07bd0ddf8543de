import { isRegularFile, readBytes } from '../node/files.js';
import { openForWriting, type TextSink, writeWhole } from '../node/writing.js';
import type { EpochFigures } from '../reports/training-html.js';

const OPTION = '--log';

/** A file of JSON lines with a record for each epoch of a training, and a summary at its end. */
export class EpochLog {
  readonly #sink: TextSink;
  /** What the records say that a training which was stopped has left in the file. */
  readonly #logged: ReadonlySet<string>;

  private constructor(sink: TextSink, logged: ReadonlySet<string>) {
    this.#sink = sink;
    this.#logged = logged;
  }

  /**
   * Opens a log.
   *
   * @param goesOn whether the records in the file stay: those of a training that was stopped are not written again when it is resumed
   * @throws {UserError} if it cannot be written
   */
  static async open(path: string, goesOn: boolean): Promise<EpochLog> {
    const before = goesOn && (await isRegularFile(path)) ? (await readBytes(path)).toString() : '';
    const whole = before.slice(0, before.lastIndexOf('\n') + 1);
    if (whole !== before) await writeWhole(path, whole, OPTION); // a kill has cut the last record
    return new EpochLog(await openForWriting(path, goesOn, OPTION), new Set(epochsOfLastTraining(whole)));
  }

  async writeEpoch(figures: EpochFigures): Promise<void> {
    if (!this.#logged.has(essenceOf(figures)))
      await this.#sink.write(`${JSON.stringify({ kind: 'epoch', ...figures })}\n`);
  }

  /** Writes an epoch over all sentences, after which nothing was scored. */
  async writeWholeEpoch(figures: Omit<EpochFigures, 'dev' | 'isBest' | 'memory'>): Promise<void> {
    if (!this.#logged.has(essenceOf(figures)))
      await this.#sink.write(`${JSON.stringify({ kind: 'whole-epoch', ...figures })}\n`);
  }

  /** Writes the summary, and closes the file. */
  async end(summary: object): Promise<void> {
    await this.#sink.write(`${JSON.stringify({ kind: 'summary', ...summary })}\n`);
    await this.#sink.end();
  }
}

/** Returns what the records behind the last summary say. */
function epochsOfLastTraining(text: string): string[] {
  const records = text.split('\n').flatMap((line) => {
    try {
      const record: unknown = JSON.parse(line);
      return isRecord(record) ? [record] : [];
    } catch {
      return [];
    }
  });
  const last = records.slice(records.findLastIndex(({ kind }) => kind === 'summary') + 1);
  return last.filter(({ kind }) => kind === 'epoch' || kind === 'whole-epoch').map(essenceOf);
}

function isRecord(value: unknown): value is EpochFigures & { readonly kind: unknown } {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** Returns what is the same when an epoch is trained again: all but times and memory. */
function essenceOf({
  run,
  seed,
  network,
  epoch,
  loss,
  dev,
}: Pick<EpochFigures, 'run' | 'seed' | 'network' | 'epoch' | 'loss'> & Partial<EpochFigures>): string {
  return JSON.stringify([run, seed, network, epoch, loss, dev]);
}
