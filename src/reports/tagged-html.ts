import { roundConfidence } from '../model/decode.js';
import type { Language } from '../model/language.js';
import type { TaggedSentence } from '../model/tagger.js';
import { hasTokens } from '../text/record.js';
import { createSpanReader, hasSpans } from '../text/scheme.js';
import { escapeHtml, htmlPageParts } from './html.js';
import type { RecordWriter } from './record-writer.js';

/** Hues of labels in degrees. Neighbours are far apart; further labels reuse them in order. */
const HUES = [210, 35, 130, 285, 0, 175, 60, 320, 240, 95];

/** Creates a writer of a self-contained page without a script, with entities in their label's colour as in displaCy. */
export function createHtmlWriter({ scheme, innerScheme, tags }: Language): RecordWriter {
  const ofSpans = hasSpans(scheme);
  const read = createSpanReader(innerScheme);
  const labels = [...new Set(ofSpans ? tags.flatMap((tag) => read([tag]).map(({ label }) => label)) : tags)].sort();
  const hues = new Map(labels.map((label, index) => [label, HUES[index % HUES.length]]));
  const mark = (text: string, label: string, title: string): string =>
    `<mark style="--hue:${hues.get(label) ?? 0}"${title}>${escapeHtml(text)}<b>${escapeHtml(label)}</b></mark>`;
  const legend = ofSpans ? labels.map((label) => mark('', label, '')).join(' ') : '';
  const { head, foot } = htmlPageParts(
    'Tagged text',
    `${legend === '' ? '' : `<p class="legend">${legend}</p>\n`}<div class="text">`,
    '</div>\n',
    STYLE,
  );
  const marked = (sentence: TaggedSentence): string => (ofSpans ? withSpans(sentence, mark) : withTags(sentence, mark));
  return {
    head,
    write(record) {
      if (hasTokens(record)) return record.place ? marked(record) : `<p>${marked(record)}</p>\n`;
      return record.kind === 'gap' ? escapeHtml(record.text) : `<p class="error">${escapeHtml(record.error)}</p>\n`;
    },
    foot,
  };
}

type Mark = (text: string, label: string, title: string) => string;

function withSpans({ text, spans }: TaggedSentence, mark: Mark): string {
  let html = '';
  let position = 0;
  for (const { start, end, label, confidence } of spans) {
    const title =
      confidence === undefined ? '' : ` title="${escapeHtml(label)}, confidence ${roundConfidence(confidence)}"`;
    html += escapeHtml(text.slice(position, start)) + mark(text.slice(start, end), label, title);
    position = end;
  }
  return html + escapeHtml(text.slice(position));
}

/** Returns the text with each token's tag, for plain tags. */
function withTags({ text, tokens }: TaggedSentence, mark: Mark): string {
  let html = '';
  let position = 0;
  for (const { start, end, tag } of tokens) {
    html += escapeHtml(text.slice(position, start)) + mark(text.slice(start, end), tag, '');
    position = end;
  }
  return html + escapeHtml(text.slice(position));
}

const STYLE = `
.text { line-height: 2.2; white-space: pre-wrap; overflow-wrap: anywhere; }
.text p { margin: 0.4rem 0; max-width: none; min-height: 1em; }
mark {
  color: inherit; background: hsl(var(--hue) 75% 86%); border-radius: 0.35rem; padding: 0.25rem 0.4rem;
  -webkit-box-decoration-break: clone; box-decoration-break: clone;
}
mark b { font-size: 0.65rem; letter-spacing: 0.04em; margin-left: 0.4rem; vertical-align: middle; }
.legend mark b { margin-left: 0; }
.error { color: var(--quiet); font-style: italic; }
@media (prefers-color-scheme: dark) { mark { background: hsl(var(--hue) 45% 26%); } }
@media print { mark { border: 1px solid hsl(var(--hue) 45% 50%); } }
`;
