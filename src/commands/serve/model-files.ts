import { UserError } from '../../errors.js';
import { STANDARD_STREAM } from '../../node/files.js';
import { ServedModels } from '../../server/served-models.js';
import { loadServedFile, type ServedFile, startModel } from './served-file.js';

/** A model and its file. */
export interface NamedModel {
  readonly name: string;
  readonly path: string;
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
  readonly #named: readonly NamedModel[];
  readonly #workers: number;
  readonly #onReload: (reload: Reload) => void;
  #reloads: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(
    named: readonly NamedModel[],
    workers: number,
    models: ServedModels,
    onReload: (reload: Reload) => void,
  ) {
    this.#named = named;
    this.#workers = workers;
    this.models = models;
    this.#onReload = onReload;
  }

  /**
   * Reads all models and starts their threads.
   *
   * @param workers the number of threads of each model
   * @param onReload is told of each file that was found changed
   * @throws {UserError} if a checkpoint cannot be read, exit code 3; if threads cannot start
   */
  static async open(
    named: readonly NamedModel[],
    workers: number,
    onReload: (reload: Reload) => void,
  ): Promise<ModelFiles> {
    const files: (readonly [string, ServedFile])[] = [];
    for (const { name, path } of named) files.push([name, await loadServedFile(path)]);
    const models = new ServedModels([]);
    const all = new ModelFiles(named, workers, models, onReload);
    try {
      for (const [name, file] of files) models.replace(name, await startModel(file, workers));
    } catch (error) {
      models.close();
      throw error;
    }
    return all;
  }

  /** The files that can be read again. */
  get paths(): string[] {
    return this.#named.map(({ path }) => path).filter((path) => path !== STANDARD_STREAM);
  }

  /**
   * Reads files again. A model whose content has changed takes the place of the earlier one when its threads have
   * started; one that cannot be read leaves the earlier one in its place.
   *
   * @param path the file; undefined for all
   */
  reload(path?: string): Promise<void> {
    const named = this.#named.filter((each) => each.path !== STANDARD_STREAM && (path ?? each.path) === each.path);
    this.#reloads = this.#reloads.then(async () => {
      for (const each of named) await this.#reloadOne(each);
    });
    return this.#reloads;
  }

  /** Ends all threads. */
  close(): void {
    this.#isClosed = true;
    this.models.close();
  }

  async #reloadOne(named: NamedModel): Promise<void> {
    const { name, path } = named;
    try {
      const file = await loadServedFile(path);
      const { sha256 } = file.about;
      if (this.#isClosed || this.models.find(name)?.about.sha256 === sha256) return;
      const model = await startModel(file, this.#workers);
      if (this.#isClosed) return model.queue.close();
      this.models.replace(name, model);
      this.#onReload({ ...named, sha256 });
    } catch (error) {
      const known = error instanceof UserError ? error : new UserError((error as Error).message, { cause: error });
      this.#onReload({ ...named, error: known });
    }
  }
}
