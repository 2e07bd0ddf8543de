import type { DictionaryFile } from '../../corpora/read-dictionaries.js';
import { taggingPage } from '../../export/page.js';
import type { AnsweredRequest } from '../../node/answered-requests.js';
import { packageVersion, readPageScript } from '../../node/package-files.js';
import { processorCount } from '../../node/processors.js';
import { watchFiles } from '../../node/watched-files.js';
import { type AppOptions, createApp } from '../../server/app.js';
import type { Listening, ListenOptions } from '../../server/listen.js';
import { ServerMetrics } from '../../server/metrics.js';
import { ModelFiles, type NamedModel, type Reload } from './model-files.js';

export interface ServeOptions extends ListenOptions, Omit<AppOptions, 'page' | 'version' | 'metrics' | 'isEnding'> {
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
  const files = await ModelFiles.open({
    named: options.models,
    dictionaries: options.dictionaries ?? [],
    workers: options.workers ?? Math.max(1, processorCount() - 1),
    onReload(reload) {
      metrics.countLoad(reload.name, reload.error ? 'refused' : 'taken');
      options.onReload?.(reload);
    },
  });
  const metrics = new ServerMetrics(files.models);
  let isEnding = false;
  const app = createApp(files.models, {
    ...options,
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
    const unwatch = options.watch ? watchFiles(files.paths, (path) => void files.reload(path)) : undefined;
    return {
      url,
      reload: () => files.reload(),
      async close() {
        isEnding = true;
        unwatch?.();
        const isAnswered = await close();
        files.close();
        return isAnswered;
      },
    };
  } catch (error) {
    files.close();
    throw error;
  }
}
