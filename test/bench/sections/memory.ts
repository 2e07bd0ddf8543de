import { runTrainCommand } from '../command.js';
import { findCorpus } from '../corpora.js';
import type { Section } from '../section.js';
import { median } from '../timing.js';

/** Epochs of the small corpus, so that start-up weighs as little as in one epoch of the large one. */
const SMALL_EPOCHS = 12;
const REPETITIONS = 3;

/** What `rnn train` takes on a large corpus, and whether a token costs as much there as in a small one. */
export const sections: Section[] = [
  {
    name: 'memory',
    async run() {
      const large = findCorpus('nerkor-hu/train.tsv');
      const small = findCorpus('wnut17/wnut17train.conll');
      if (!large || !small) return { skipped: 'nerkor-hu and wnut17 are not where the corpora should be' };
      const speeds = { large: [] as number[], small: [] as number[] };
      let megabytes = 0;
      for (let repetition = 0; repetition < REPETITIONS; repetition++) {
        const onLarge = await runTrainCommand(large, ['--epochs', '1']);
        const onSmall = await runTrainCommand(small, ['--epochs', `${SMALL_EPOCHS}`]);
        speeds.large.push(onLarge.trainTokensPerSecond);
        speeds.small.push(onSmall.trainTokensPerSecond);
        megabytes = Math.max(megabytes, onLarge.residentMegabytes);
      }
      const [largeSpeed, smallSpeed] = [median(speeds.large), median(speeds.small)];
      return [
        { what: 'resident while training on nerkor-hu, 1 epoch', measured: megabytes, unit: 'MB', atMost: 500 },
        {
          what: 'cost of a token, the dearer of wnut17 and nerkor-hu against the other',
          measured: Math.max(largeSpeed, smallSpeed) / Math.min(largeSpeed, smallSpeed),
          unit: 'x',
          atMost: 1.15,
          note: `wnut17 ${Math.round(smallSpeed / 1000)}k, nerkor-hu ${Math.round(largeSpeed / 1000)}k tokens/s`,
        },
      ];
    },
  },
];
