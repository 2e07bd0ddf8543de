import type { ConversionIssue, CorpusItem, CorpusReading, Format, ReaderOptions } from '../../src/formats/format.js';
import { tagReadingOfStream, textOfSentence } from '../../src/formats/sentence-to-text.js';
import { createSentenceCutter, sentencesOf } from '../../src/formats/text-to-sentences.js';
import { spansOf } from '../../src/text/scheme.js';
import type { AnnotatedText, Sentence } from '../../src/text/sentence.js';

const SOURCE = 'corpus';

/** The items of a text in some format, and what its reader told. */
export function readAs(
  format: Format,
  text: string | Uint8Array,
  options: ReaderOptions = {},
): { readonly items: CorpusItem[]; readonly issues: ConversionIssue[] } {
  const issues: ConversionIssue[] = [];
  const reader = format.createReader(SOURCE, options, (issue) => issues.push(issue));
  const items = [...reader.push(typeof text === 'string' ? new TextEncoder().encode(text) : text), ...reader.end()];
  return { items, issues };
}

/** Writes sentences or texts in some format, turning them into what it holds. */
export function writeAs(
  format: Format,
  items: readonly CorpusItem[],
  options: CorpusReading = {},
): { readonly text: string; readonly issues: ConversionIssue[] } {
  const issues: ConversionIssue[] = [];
  const report = (issue: ConversionIssue): void => {
    issues.push(issue);
  };
  let text = '';
  if (format.holds === 'texts') {
    const writer = format.createWriter(report, options);
    for (const item of items)
      text += writer.write(
        'spans' in item ? item : textOfSentence(item, tagReadingOfStream({}), SOURCE, report),
        SOURCE,
      );
    text += writer.end();
  } else {
    const writer = format.createWriter(report, options);
    const cut = createSentenceCutter(report);
    for (const sentence of sentencesOf(items, SOURCE, cut)) text += writer.write(sentence, SOURCE);
    text += writer.end();
  }
  return { text, issues };
}

/** Every span of a corpus as its label and its text without white space, in order. */
export function spanTexts(items: readonly CorpusItem[]): string[] {
  return items.flatMap((item) => ('spans' in item ? spansOfText(item) : spansOfSentence(item)));
}

function spansOfText({ text, spans }: AnnotatedText): string[] {
  return [...spans]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map(({ label, start, end }) => `${label} ${withoutSpace(text.slice(start, end))}`);
}

function spansOfSentence({ tokens, tags }: Sentence): string[] {
  return spansOf(tags, tagReadingOfStream({}).scheme).map(
    ({ label, start, end }) => `${label} ${withoutSpace(tokens.slice(start, end).join(' '))}`,
  );
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/gu, '');
}
