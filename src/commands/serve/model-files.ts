import type { DictionaryFile } from '../../corpora/read-dictionaries.js';
import { UserError } from '../../errors.js';
import { STANDARD_STREAM } from '../../node/files.js';
import { ServedModels } from '../../server/served-models.js';
import { loadServedFile, type ServedFile, startModel } from './served-file.js';

/** A model and its file. */
export interface NamedModel {
  readonly name: string;
  readonly path: string;
}

/** What a server has models of. */
export interface ModelFilesOptions {
  /** The models, at least one, of different names. */
  readonly named: readonly NamedModel[];
  /** Files of names that the dictionaries of all models get. */
  readonly dictionaries: readonly DictionaryFile[];
  /** The number of threads of each model. */
  readonly workers: number;
  /** Is told of each file that was found changed. */
  readonly onReload: (reload: Reload) => void;
}

/** What came of a model file that was read again. */
export interface Reload extends NamedModel {
  /** The SHA-256 of the checkpoint that answers from now on; undefined if it could not be read. */
  readonly sha256?: string;
  /** The reason why the earlier one answers on. */
  readonly error?: UserError;
}

/** The files of the models of a server, which may change while it answers. */
export class ModelFiles {
  readonly models: ServedModels;
  readonly #options: ModelFilesOptions;
  #named: readonly NamedModel[];
  #reloads: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(models: ServedModels, options: ModelFilesOptions) {
    this.models = models;
    this.#options = options;
    this.#named = options.named;
  }

  /**
   * Reads all models and starts their threads.
   *
   * @throws {UserError} if a checkpoint cannot be read, exit code 3; if threads cannot start
   */
  static async open(options: ModelFilesOptions): Promise<ModelFiles> {
    const { named, dictionaries, workers } = options;
    const files: (readonly [string, ServedFile])[] = [];
    for (const { name, path } of named) files.push([name, await loadServedFile({ path, dictionaries })]);
    const models = new ServedModels([]);
    try {
      for (const [name, file] of files) models.replace(name, await startModel(file, workers));
    } catch (error) {
      models.close();
      throw error;
    }
    return new ModelFiles(models, options);
  }

  /** The files that can be read again. */
  get paths(): string[] {
    const { dictionaries } = this.#options;
    const paths = [...this.#named.map(({ path }) => path), ...dictionaries.map(({ file }) => file)];
    return paths.filter((path) => path !== STANDARD_STREAM);
  }

  /**
   * Reads files again. A model whose content has changed takes the place of the earlier one when its threads have
   * started; one that cannot be read leaves the earlier one in its place.
   *
   * @param path the file that changed; where it is not that of a model, all are read
   */
  reload(path?: string): Promise<void> {
    const canReload = this.#options.dictionaries.every(({ file }) => file !== STANDARD_STREAM);
    const files = canReload ? this.#named.filter((each) => each.path !== STANDARD_STREAM) : [];
    const changed = files.filter((each) => each.path === path);
    this.#reloads = this.#reloads.then(async () => {
      for (const each of changed.length > 0 ? changed : files) await this.#reloadOne(each);
    });
    return this.#reloads;
  }

  /** Lets the checkpoint of another file answer for the first model, from now on. */
  takeOver(path: string): Promise<void> {
    this.#named = this.#named.map((each) => (each.name === this.models.first ? { ...each, path } : each));
    return this.reload(path);
  }

  /** Ends all threads. */
  close(): void {
    this.#isClosed = true;
    this.models.close();
  }

  async #reloadOne(named: NamedModel): Promise<void> {
    const { name, path } = named;
    const { dictionaries, workers, onReload } = this.#options;
    try {
      const file = await loadServedFile({ path, dictionaries });
      const { sha256 } = file.about;
      if (this.#isClosed || this.models.find(name)?.about.sha256 === sha256) return;
      const model = await startModel(file, workers);
      if (this.#isClosed) return model.queue.close();
      this.models.replace(name, model);
      onReload({ ...named, sha256 });
    } catch (error) {
      const known = error instanceof UserError ? error : new UserError((error as Error).message, { cause: error });
      onReload({ ...named, error: known });
    }
  }
}
