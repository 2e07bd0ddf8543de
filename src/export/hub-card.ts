import { scoresOfHeldOut } from '../evaluation/score-tagger.js';
import { labelsOf } from '../model/language.js';
import type { EpochScores, Model } from '../model/model.js';
import { percent } from '../reports/numbers.js';
import { hasSpans } from '../text/scheme.js';

/** What a person says of a model that goes to the Hub. */
export interface CardOptions {
  /** The name of the model, as in `newspaper-names`. */
  readonly name: string;
  /** The identifier of a licence, as in `cc-by-4.0`; `unknown` if nobody said one. */
  readonly licence?: string | undefined;
  /** Codes of languages, as in `pt`. */
  readonly languages?: readonly string[] | undefined;
  /** Sentences to try the model on. */
  readonly examples?: readonly string[] | undefined;
  /** Scores of the model on a corpus of that name; by default those of dev at the best epoch. */
  readonly scores?: { readonly corpus: string; readonly scores: EpochScores } | undefined;
}

const MEASURES = [
  ['precision', 'Precision'],
  ['recall', 'Recall'],
  ['f1', 'F1'],
  ['accuracy', 'Accuracy'],
] as const;

/**
 * Writes the card of a model for the Hugging Face Hub: Markdown with metadata in front, whose `model-index` has the scores
 * (https://huggingface.co/docs/hub/model-cards). The values of the metadata are JSON, which is YAML.
 */
export function modelCard(model: Model, options: CardOptions): string {
  const { name, licence = 'unknown', languages = [], examples = [] } = options;
  const { history, heldOut, language, corpora } = model;
  const best = heldOut ? scoresOfHeldOut(heldOut) : history.epochs[history.bestEpoch - 1]?.dev;
  const scored = options.scores ?? (best && { corpus: 'dev', scores: best });
  const measures = MEASURES.filter(([measure]) => hasSpans(language.scheme) || measure === 'accuracy');
  const metadata = {
    license: licence,
    ...(languages.length > 0 && { language: languages }),
    library_name: 'rnn-tagger',
    pipeline_tag: 'token-classification',
    tags: ['token-classification', 'named-entity-recognition', 'rnn-tagger'],
    ...(examples.length > 0 && { widget: examples.map((text) => ({ text })) }),
    ...(scored && {
      'model-index': [
        {
          name,
          results: [
            {
              task: { type: 'token-classification', name: 'Token classification' },
              dataset: { name: scored.corpus, type: scored.corpus },
              metrics: measures.map(([type, title]) => ({ type, value: scored.scores[type], name: title })),
            },
          ],
        },
      ],
    }),
  };
  const front = Object.entries(metadata).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  const { sentences, tokens } = corpora.train;
  const table = scored
    ? `## Scores

| on ${scored.corpus} | ${measures.map(([, title]) => title).join(' | ')} |
|---|${measures.map(() => '---:|').join('')}
| | ${measures.map(([type]) => percent(scored.scores[type])).join(' | ')} |

`
    : '';
  return `---
${front.join('')}---

# ${name}

A tagger that rnn-tagger trained on ${sentences} sentences (${tokens} tokens). It tells apart: ${labelsOf(language).join(', ')}.

## Use

    npx rnn-tagger tag -m model.json "${(examples[0] ?? 'A sentence .').replace(/["$`\\]/g, '\\$&')}"

In JavaScript, also in browsers:

    import { loadModel } from 'rnn-tagger/tagger';
    const model = loadModel(await (await fetch('model.json')).text());
    model.tag('A sentence.');

${table}## Training

The checkpoint holds all settings and the SHA-256 of its corpora: \`npx rnn-tagger inspect -m model.json\` shows them.
`;
}
