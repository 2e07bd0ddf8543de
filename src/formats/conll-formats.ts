import { at } from '../text/at.js';
import type { Sentence } from '../text/sentence.js';
import { asColumn, documentLine, writeConll } from './conll.js';
import { createConllByteReader } from './conll-bytes.js';
import { type ConllColumns, PAIR_KEY } from './conll-layout.js';
import { ConllLeftOut } from './conll-left-out.js';
import type { CorpusReading, Report, SentenceFormat } from './format.js';
import { createCounter } from './issue-counter.js';
import { placeTokens } from './sentence-to-text.js';
import { TokenlessLines } from './tokenless-lines.js';

type Kind = 'conll' | 'iob2' | 'conllu';

/** Lines of token, tab, tag. */
export const conllFormat = conllFormatOf('conll', 'columns, the token first and the tag last', {}, (sentence) =>
  writeConll(sentence),
);

/** Lines of number, token, tag and two columns more, with comments. */
export const iob2Format = conllFormatOf('iob2', '.iob2 of Universal NER', { tagColumn: 3 }, (sentence, number) =>
  withComments(sentence, number, (token, tag) => `${token}\t${tag}\t-\t-`),
);

/** The ten columns of CoNLL-U, with the tag in MISC. */
export const conlluFormat = conllFormatOf(
  'conllu',
  'CoNLL-U with NER=tag in the MISC column',
  { tagColumn: 10 },
  (sentence, number) =>
    withComments(
      sentence,
      number,
      (token, tag, hasSpace) => `${token}\t_\t_\t_\t_\t_\t_\t_\t${hasSpace ? '' : 'SpaceAfter=No|'}${PAIR_KEY}=${tag}`,
    ),
);

function conllFormatOf(
  name: Kind,
  title: string,
  columns: ConllColumns,
  write: (sentence: Sentence, number: number) => string,
): SentenceFormat {
  const columnsOf = ({ tokenColumn, tagColumn }: CorpusReading): ConllColumns => ({
    tokenColumn,
    tagColumn: tagColumn ?? columns.tagColumn,
  });
  return {
    name,
    title,
    heeds: ['tokenColumn', 'tagColumn', 'unknownTag'],
    holds: 'sentences',
    columnsOf,
    createReader(source, options, report) {
      const { columnCount, onRefusal, namesFields } = options;
      const leftOut = namesFields ? new ConllLeftOut() : undefined;
      const tokenless = new TokenlessLines(options);
      const onTokenless = tokenless.take.bind(tokenless);
      const common = { source, needsTags: true, columnCount, onRefusal, leftOut, onTokenless };
      const reader = createConllByteReader({ ...common, ...columnsOf(options) });
      return {
        get lines() {
          return reader.lines;
        },
        push: reader.push,
        end() {
          const last = reader.end();
          leftOut?.report(source, tokenless.describe(), report);
          tokenless.reportLabelled(source, report);
          return last;
        },
      };
    },
    createWriter(report) {
      let last: Sentence | undefined;
      let count = 0;
      const changed = createCounter('token', report, (times, isOne) =>
        isOne
          ? 'a tab or a line feed in a token is written as a space'
          : `tabs or line feeds in tokens of ${times} sentences are written as spaces`,
      );
      return {
        write(original, source) {
          const tokens = original.tokens.map(asColumn);
          const changes = tokens.filter((token, index) => token !== original.tokens[index]).length;
          const sentence = changes > 0 ? { ...original, tokens } : original;
          if (!canHold(sentence, name, source, report)) return '';
          if (changes > 0) changed.count(`${source}:${sentence.line}`);
          const begins = last ? sentence.document !== last.document : sentence.isOfMarkedDocument === true;
          const mark = begins ? (name === 'conll' ? `${documentLine()}\n` : '# newdoc\n') : '';
          // The first line of a file must not begin with what a byte-order mark is.
          const hidesMark = !last && name === 'conll' && sentence.tokens[0]?.startsWith('\uFEFF');
          last = sentence;
          count++;
          return `${mark || (hidesMark ? '\n' : '')}${write(sentence, count)}`;
        },
        end() {
          changed.end();
          return '';
        },
      };
    },
    isCertain: (head) => name !== 'conll' && new RegExp(name === 'iob2' ? TAG_THIRD : TAG_TENTH, 'm').test(head),
  };
}

/** Matches the tag of a name, or any tag before two empty columns. */
const TAG_THIRD = '^1\\t[^\\t\\n]+\\t(?:(?:O|[BI]-[^\\t\\n]+)\\t[^\\t\\n]*\\t|[^\\t\\n]+\\t-\\t-\\r?$)';
const TAG_TENTH = '^1\\t(?:[^\\t\\n]*\\t){8}.*\\bNER=';

function withComments(
  sentence: Sentence,
  number: number,
  line: (token: string, tag: string, hasSpace: boolean) => string,
): string {
  const { text, tokens } = placeTokens(sentence);
  const isLine = !/[\n\r]/.test(text);
  const rows = tokens.map((token, index) => {
    const next = tokens[index + 1];
    const hasSpace = next === undefined || next.start > token.end;
    return `${index + 1}\t${line(token.text, at(sentence.tags, index), hasSpace)}\n`;
  });
  return `# sent_id = ${number}\n${isLine ? `# text = ${text}\n` : ''}${rows.join('')}\n`;
}

/** Returns whether a sentence would be read again as it is written; reports the token that would not. */
function canHold({ tokens, tags, line }: Sentence, name: Kind, source: string, report: Report): boolean {
  for (const [index, token] of tokens.entries()) {
    const tag = at(tags, index);
    const isBad =
      token === '' ||
      tag === '' ||
      /[\t\n]|\r$/.test(tag) ||
      (name === 'conll' && (`${token}${tag}`.trim() === '' || token === '-DOCSTART-')) ||
      (name === 'conllu' && /[|\r]/.test(tag));
    if (!isBad) continue;
    report({
      kind: 'token',
      place: `${source}:${line}`,
      what: `token ${index + 1} ${JSON.stringify(token)} with the tag ${JSON.stringify(tag)} cannot stand in columns; the sentence of ${tokens.length} tokens is left out`,
    });
    return false;
  }
  return true;
}
