import * as z from 'zod';
import { badInput, badUsage } from '../../errors.js';
import { corpusReadingSchema } from '../../formats/format.js';
import type { Corpora } from '../../model/model.js';
import { decodeText, exists, readBytes } from '../../node/files.js';
import { placeOfSettingsSchema } from '../../node/package-files.js';
import { copyWhole, makeFolder, writeWhole } from '../../node/writing.js';
import { flagOf } from '../../settings/flags.js';
import type { PresetName, SettingsInput } from '../../settings/settings.js';
import { isPreset, settingsTemplate } from '../../settings/settings-file.js';
import { MEASURES } from '../../text/measure.js';
import type { Dimension } from './space.js';
import { SEARCHES, type TrialResult } from './trials.js';

const FORMAT = 'rnn-sweep';

/** An object that was checked before it was written, and that is only compared and shown. */
const trusted = <Value>() => z.custom<Value>((value) => typeof value === 'object' && value !== null);

const descriptionSchema = z.strictObject({
  format: z.literal(FORMAT),
  search: z.enum(SEARCHES),
  /** Number of configurations that are drawn. */
  trials: z.int().min(1),
  seed: z.int(),
  measure: z.enum(MEASURES),
  preset: z.custom<PresetName>(isPreset, 'expected the name of a preset'),
  /** Settings of every trial. */
  settings: trusted<SettingsInput>(),
  space: z.array(trusted<Dimension>()),
  corpora: trusted<Corpora>(),
  /** Folders of older versions do not say it: their corpora were read by default. */
  reading: corpusReadingSchema.optional(),
  /** SHA-256 of the dictionaries, if there are any. */
  dictionary: z.string().optional(),
  /** Epochs of a whole training, if the search divides them. */
  epochs: z.int().min(1).optional(),
});

/** All that decides the results of a sweep. */
export type SweepDescription = Readonly<z.infer<typeof descriptionSchema>>;

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

  get bestSettings(): string {
    return this.#at('best.yaml');
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
    const wanted = { format: FORMAT, ...description } as const;
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
   * Reads what the sweep of the folder is.
   *
   * @throws UserError if there is no sweep, or a damaged description, exit code 3
   */
  async describe(): Promise<SweepDescription> {
    const path = this.#at('sweep.json');
    if (!(await exists(path)))
      throw badInput(`${this.path}: no sweep in it`, 'rnn sweep SPACE CORPUS -o FOLDER makes one');
    const parsed = descriptionSchema.safeParse(await this.#readJson(path));
    if (!parsed.success) throw badInput(`${path}: damaged: ${z.prettifyError(parsed.error)}`, 'run the sweep again');
    return parsed.data;
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

  /** Reads the results of several trials, and tells which were not run. */
  async readAll(trials: readonly number[]): Promise<{ readonly results: TrialResult[]; readonly missing: number[] }> {
    const results: TrialResult[] = [];
    const missing: number[] = [];
    for (const trial of trials) {
      const result = await this.read(trial);
      if (result) results.push(result);
      else missing.push(trial);
    }
    return { results, missing };
  }

  async write(result: TrialResult): Promise<void> {
    await writeWhole(this.#at(`trial-${padded(result.trial)}.json`), `${JSON.stringify(result)}\n`);
  }

  /** Keeps the checkpoint of a trial as the best one, and beside it a file of the settings that it was trained with. */
  async keepBest({ trial, settings }: TrialResult, description: SweepDescription): Promise<void> {
    await copyWhole(this.modelOf(trial), this.bestModel);
    const { preset, settings: common } = description;
    await writeWhole(
      this.bestSettings,
      settingsTemplate({ preset, settings: { ...common, ...settings } }, placeOfSettingsSchema(this.bestSettings)),
    );
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
function differencesOf(found: SweepDescription, wanted: SweepDescription, except: readonly string[]): string[] {
  const [was, now] = [partsOf(found), partsOf(wanted)];
  const shown = (value: unknown): string => JSON.stringify(value) ?? 'not set';
  return [...new Set([...Object.keys(was), ...Object.keys(now)])]
    .filter((key) => !except.includes(key) && shown(was[key]) !== shown(now[key]))
    .map((key) => `${key}: ${shown(was[key])} there, ${shown(now[key])} here`);
}

function partsOf({ reading, ...rest }: SweepDescription): Readonly<Record<string, unknown>> {
  // The outside tag is a setting of sweeps, which older folders too have there.
  const options = Object.entries(reading ?? { outside: rest.settings.outside });
  return { ...rest, ...Object.fromEntries(options.map(([name, value]) => [flagOf(name), value])) };
}
