import { taggingPage } from '../export/page.js';
import { shareModel } from '../model/shared-model.js';
import { openModel, readModelFile } from '../node/model-file.js';
import { readPageScript } from '../node/page-script.js';
import { processorCount } from '../node/team.js';
import { type AppOptions, createApp } from '../server/app.js';
import { type Listening, type ListenOptions, listen } from '../server/listen.js';
import { TaggingQueue } from '../server/tagging-queue.js';
import { createLineWriters } from '../tagging/line-writers.js';

export interface ServeOptions extends ListenOptions, Omit<AppOptions, 'page' | 'about'> {
  readonly model: string;
  /** Threads that tag; undefined: one less than there are processors. */
  readonly workers?: number | undefined;
}

/**
 * Serves a checkpoint over HTTP until it is closed.
 *
 * @throws UserError where it is none that can be read, exit code 3, or the address is not to be had
 */
export async function startServer(options: ServeOptions): Promise<Listening> {
  const file = await readModelFile(options.model);
  const model = shareModel(openModel(file));
  const script = await readPageScript();
  const size = options.workers ?? Math.max(1, processorCount() - 1);
  const queue = new TaggingQueue(() => createLineWriters(model, size));
  const page = { html: taggingPage({ scriptUrl: 'tagger.js' }), script, model: Uint8Array.from(file.bytes) };
  const app = createApp(queue, { ...options, page, about: { tags: model.language.tags.length } });
  try {
    const { url, close } = await listen(app, options);
    return {
      url,
      async close() {
        await close();
        queue.close();
      },
    };
  } catch (error) {
    queue.close();
    throw error;
  }
}
