import { fileURLToPath } from 'node:url';

/** Top of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Modules {
  'commands/annotate/learner': typeof import('../../src/commands/annotate/learner.js');
  'formats/conll-bytes': typeof import('../../src/formats/conll-bytes.js');
  'numerics/wasm': typeof import('../../src/numerics/wasm.js');
  'numerics/reference': typeof import('../../src/numerics/reference.js');
  'numerics/random': typeof import('../../src/numerics/random.js');
  'text/dictionaries': typeof import('../../src/text/dictionaries.js');
  'text/sorted-words': typeof import('../../src/text/sorted-words.js');
  'text/features': typeof import('../../src/text/features.js');
  'model/lexicon': typeof import('../../src/model/lexicon.js');
  'node/processors': typeof import('../../src/node/processors.js');
  'node/team': typeof import('../../src/node/team.js');
  'node/corpus-files': typeof import('../../src/corpora/read-corpus.js');
  'evaluation/evaluation': typeof import('../../src/evaluation/evaluation.js');
  'training/member': typeof import('../../src/training/member.js');
  'training/order': typeof import('../../src/training/order.js');
  'training/trainer': typeof import('../../src/training/trainer.js');
  'settings/settings': typeof import('../../src/settings/settings.js');
}

/**
 * A module as the build left it, which is what people run: a loader of TypeScript wraps every closure, which costs
 * time, and finds no worker.
 */
export function built<Name extends keyof Modules>(name: Name): Promise<Modules[Name]> {
  return import(new URL(`../../dist/${name}.js`, import.meta.url).href);
}
