import type { DictionaryFile } from '../../corpora/read-dictionaries.js';
import { taggingPage } from '../../export/page.js';
import type { AnsweredRequest } from '../../node/answered-requests.js';
import { exists } from '../../node/files.js';
import { packageVersion, readPageScript } from '../../node/package-files.js';
import { processorCount } from '../../node/processors.js';
import { watchFiles } from '../../node/watched-files.js';
import { type AppOptions, createApp } from '../../server/app.js';
import type { Listening, ListenOptions } from '../../server/listen.js';
import { ServerMetrics } from '../../server/metrics.js';
import { at } from '../../text/at.js';
import { ModelFiles, type NamedModel, type Reload } from './model-files.js';
import { Trainer, type TrainerOptions, type TrainingEvent } from './training/trainer.js';

/** What a server does where an annotation tool asks for a training. */
export interface TrainingOptions extends Pick<TrainerOptions, 'output' | 'access'> {
  /** Is told of each training. */
  readonly onTraining: (event: TrainingEvent) => void;
}

export interface ServeOptions
  extends ListenOptions,
    Omit<AppOptions, 'page' | 'version' | 'metrics' | 'isEnding' | 'training'> {
  /** The models, at least one, of different names; the first answers where no name is given. */
  readonly models: readonly NamedModel[];
  /** Files of names that the dictionaries of all models get. */
  readonly dictionaries?: readonly DictionaryFile[] | undefined;
  /** The number of threads that tag with each model; by default one less than there are processors. */
  readonly workers?: number | undefined;
  /** Whether files of models are looked at every second, and read again when they have changed. */
  readonly watch?: boolean | undefined;
  /** Is told of each model file that was found changed. */
  readonly onReload?: ((reload: Reload) => void) | undefined;
  /** Undefined if nobody may train. */
  readonly training?: TrainingOptions | undefined;
}

/** A server that answers. */
export interface Serving extends Listening {
  /** Reads the files of models again. What answers now goes on until what has changed can answer. */
  reload(): Promise<void>;
}

/**
 * Serves checkpoints over HTTP until the server is closed.
 *
 * @throws {UserError} if a checkpoint cannot be read, exit code 3; if threads cannot start or the address cannot be
 * listened on
 */
export async function startServer(options: ServeOptions): Promise<Serving> {
  const script = await readPageScript();
  const { training } = options;
  const workers = options.workers ?? Math.max(1, processorCount() - 1);
  const files = await ModelFiles.open({
    named: await withTrained(options.models, training?.output),
    dictionaries: options.dictionaries ?? [],
    workers,
    onReload(reload) {
      metrics.countLoad(reload.name, reload.error ? 'refused' : 'taken');
      options.onReload?.(reload);
    },
  });
  const metrics = new ServerMetrics(files.models);
  let isEnding = false;
  const trainer =
    training &&
    new Trainer({
      ...training,
      initFrom: at(options.models, 0).path,
      workers,
      takeOver: () => files.takeOver(training.output),
    });
  const app = createApp(files.models, {
    ...options,
    training: trainer,
    page: { html: taggingPage({ scriptUrl: 'tagger.js' }), script },
    version: packageVersion(),
    metrics,
    isEnding: () => isEnding,
  });
  const onAnswered = (request: AnsweredRequest): void => {
    metrics.countRequest(request);
    options.onAnswered?.(request);
  };
  try {
    // Loads WebAssembly of Node itself, which ends the process without a word where the kernels' fails with a message.
    const { listen } = await import('../../server/listen.js');
    const { url, close } = await listen(app, { ...options, onAnswered });
    const paths = training ? [...files.paths, training.output] : files.paths;
    const unwatch = options.watch ? watchFiles(paths, (path) => void files.reload(path)) : undefined;
    return {
      url,
      reload: () => files.reload(),
      async close() {
        isEnding = true;
        unwatch?.();
        const isAnswered = await close();
        trainer?.close();
        files.close();
        return isAnswered;
      },
    };
  } catch (error) {
    files.close();
    throw error;
  }
}

/** Returns the models with the one that was trained before, if it is there, in the place of the first. */
async function withTrained(models: readonly NamedModel[], output: string | undefined): Promise<readonly NamedModel[]> {
  if (output === undefined || !(await exists(output))) return models;
  return models.map((model, index) => (index === 0 ? { ...model, path: output } : model));
}
