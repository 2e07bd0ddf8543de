import type { DictionaryFile } from '../corpora/read-dictionaries.js';
import { taggingPage } from '../export/page.js';
import { writeCheckpoint } from '../model/checkpoint.js';
import { shareModel } from '../model/shared-model.js';
import { openModel, readModelFile } from '../node/model-file.js';
import { readPageScript } from '../node/package-files.js';
import { processorCount } from '../node/processors.js';
import { type AppOptions, createApp } from '../server/app.js';
import type { Listening, ListenOptions } from '../server/listen.js';
import { TaggingQueue } from '../server/tagging-queue.js';
import { startTaggingThreads } from '../tagging/parallel-tagger.js';
import type { WriteTask } from '../tagging/tasks.js';
import { withNamesOfFiles } from './names-of-files.js';

export interface ServeOptions extends ListenOptions, Omit<AppOptions, 'page' | 'about'> {
  readonly model: string;
  /** Files of names that the dictionaries of the checkpoint get. */
  readonly dictionaries?: readonly DictionaryFile[] | undefined;
  /** The number of threads that tag; by default one less than there are processors. */
  readonly workers?: number | undefined;
}

/**
 * Serves a checkpoint over HTTP until the server is closed.
 *
 * @throws {UserError} if the checkpoint cannot be read, exit code 3; if threads cannot start or the address cannot be
 * listened on
 */
export async function startServer(options: ServeOptions): Promise<Listening> {
  const file = await readModelFile(options.model);
  const trained = openModel(file);
  const named = await withNamesOfFiles(trained, options.dictionaries);
  const bytes = named === trained ? Uint8Array.from(file.bytes) : new TextEncoder().encode(writeCheckpoint(named));
  const model = shareModel(named);
  const script = await readPageScript();
  const size = options.workers ?? Math.max(1, processorCount() - 1);
  const queue = new TaggingQueue(() => {
    const pool = startTaggingThreads<WriteTask, Uint8Array>(model, size);
    return {
      size,
      write: (records) => pool.run({ kind: 'write', records, format: 'jsonl' }),
      close: () => pool.close(),
    };
  });
  const page = { html: taggingPage({ scriptUrl: 'tagger.js' }), script, model: bytes };
  const app = createApp(queue, { ...options, page, about: { tags: model.language.tags.length } });
  try {
    await queue.tag([], { isGone: false }); // throws here if the threads cannot start
    // Loads WebAssembly of Node itself, which ends the process without a word where the kernels' fails with a message.
    const { listen } = await import('../server/listen.js');
    const { url, close } = await listen(app, options);
    return {
      url,
      async close() {
        const isAnswered = await close();
        queue.close();
        return isAnswered;
      },
    };
  } catch (error) {
    queue.close();
    throw error;
  }
}
