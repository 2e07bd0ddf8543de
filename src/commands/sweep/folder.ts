import * as z from 'zod';
import { badInput, badUsage } from '../../errors.js';
import { type CorpusReading, corpusReadingSchema } from '../../formats/corpus-reading.js';
import type { Corpora } from '../../model/model.js';
import { decodeText, exists, readBytes, writeWhole } from '../../node/files.js';
import { copyWhole, makeFolder } from '../../node/replacing.js';
import { flagOf } from '../../settings/flags.js';
import type { PresetName, SettingsInput } from '../../settings/settings.js';
import { MEASURES, type Measure } from '../../text/measure.js';
import type { Dimension } from './space.js';
import { SEARCHES, type Search, type TrialResult } from './trials.js';

const FORMAT = 'rnn-sweep';

/** All that decides the results of a sweep. */
export interface SweepDescription {
  readonly format: typeof FORMAT;
  readonly search: Search;
  /** Number of configurations that are drawn. */
  readonly trials: number;
  readonly seed: number;
  /** Epochs of a whole training, if the search divides them. */
  readonly epochs?: number | undefined;
  readonly measure: Measure;
  readonly preset: PresetName;
  /** Settings of every trial. */
  readonly settings: SettingsInput;
  readonly space: readonly Dimension[];
  readonly corpora: Corpora;
  readonly reading: CorpusReading;
}

const descriptionSchema = z.looseObject({
  format: z.literal(FORMAT),
  search: z.enum(SEARCHES),
  trials: z.int().min(1),
  measure: z.enum(MEASURES),
  epochs: z.int().min(1).optional(),
  settings: z.looseObject({ outside: z.string().optional() }),
  space: z.array(z.looseObject({ name: z.string() })),
  reading: corpusReadingSchema.optional(),
});

const resultSchema = z.looseObject({ trial: z.int().min(1), configuration: z.int().min(1), round: z.int().min(1) });

/** A folder with the description of a sweep, and for each trial a file with its result and one with its checkpoint. */
export class SweepFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path.replace(/(?<=.)\/+$/, '');
  }

  get bestModel(): string {
    return this.#at('best.json');
  }

  modelOf(trial: number): string {
    return this.#at(`trial-${padded(trial)}.model.json`);
  }

  /**
   * Makes the folder of a sweep, or goes on with the one that is there. A random search may have more trials than before.
   *
   * @throws UserError if it holds another sweep, exit code 2, or cannot be written
   */
  async open(description: Omit<SweepDescription, 'format'>): Promise<void> {
    const path = this.#at('sweep.json');
    const wanted = { format: FORMAT, ...description };
    if (await exists(path)) {
      const found = await this.describe();
      const differences = differencesOf(found, wanted, description.search === 'random' ? ['trials'] : []);
      if (differences.length > 0)
        throw badUsage(
          `${this.path} holds another sweep:\n  ${differences.join('\n  ')}`,
          'name another folder with -o, or remove this one',
        );
      if (found.trials >= description.trials) return;
    }
    await makeFolder(this.path);
    await writeWhole(path, `${JSON.stringify(wanted, undefined, 2)}\n`);
  }

  /**
   * Reads what the sweep of the folder is. Folders of older versions do not say how the corpus is read: by default, with the outside tag
   * of the settings.
   *
   * @throws UserError if there is no sweep, or a damaged description, exit code 3
   */
  async describe(): Promise<SweepDescription> {
    const path = this.#at('sweep.json');
    if (!(await exists(path)))
      throw badInput(`${this.path}: no sweep in it`, 'rnn sweep SPACE CORPUS -o FOLDER makes one');
    const parsed = descriptionSchema.safeParse(await this.#readJson(path));
    if (!parsed.success) throw badInput(`${path}: damaged: ${z.prettifyError(parsed.error)}`, 'run the sweep again');
    const { settings, reading = { outside: settings.outside } } = parsed.data;
    return { ...parsed.data, reading } as unknown as SweepDescription;
  }

  /**
   * Reads the result of a trial; undefined if it was not run.
   *
   * @throws UserError if its file is damaged, exit code 3
   */
  async read(trial: number): Promise<TrialResult | undefined> {
    const path = this.#at(`trial-${padded(trial)}.json`);
    if (!(await exists(path))) return undefined;
    const parsed = resultSchema.safeParse(await this.#readJson(path));
    if (!parsed.success || parsed.data.trial !== trial)
      throw badInput(`${path}: no result of trial ${trial}`, 'remove it, and the trial is run again');
    return parsed.data as unknown as TrialResult;
  }

  async write(result: TrialResult): Promise<void> {
    await writeWhole(this.#at(`trial-${padded(result.trial)}.json`), `${JSON.stringify(result)}\n`);
  }

  /** Keeps the checkpoint of a trial as the best one. */
  async keepBest(trial: number): Promise<void> {
    await copyWhole(this.modelOf(trial), this.bestModel);
  }

  async #readJson(path: string): Promise<unknown> {
    try {
      return JSON.parse(decodeText(await readBytes(path), path));
    } catch (error) {
      if (error instanceof SyntaxError)
        throw badInput(`${path}: broken JSON (${error.message})`, 'remove it, and run it again');
      throw error;
    }
  }

  #at(name: string): string {
    return `${this.path}/${name}`;
  }
}

function padded(trial: number): string {
  return String(trial).padStart(4, '0');
}

/** Lists what differs between two descriptions, a line each; options of reading are named by their flags. */
function differencesOf(found: object, wanted: object, except: readonly string[]): string[] {
  const [stored, now] = [linesOf(found), linesOf(wanted)];
  const shown = (value: unknown): string => JSON.stringify(value) ?? 'not set';
  return [...new Set([...Object.keys(stored), ...Object.keys(now)])]
    .filter((key) => !except.includes(key) && shown(stored[key]) !== shown(now[key]))
    .map((key) => `${key}: ${shown(stored[key])} there, ${shown(now[key])} here`);
}

function linesOf(description: object): Readonly<Record<string, unknown>> {
  const { reading, ...rest } = JSON.parse(JSON.stringify(description));
  return { ...rest, ...Object.fromEntries(Object.entries(reading).map(([name, value]) => [flagOf(name), value])) };
}
