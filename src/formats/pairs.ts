import { badInput } from '../errors.js';
import { internStrings } from '../text/counts.js';
import type { PairedSentence } from '../text/sentence.js';
import { splitColumns } from './conll-layout.js';

/**
 * Reads sentences with gold and predicted tags. Columns are separated by tabs if the line contains one, else by spaces; the
 * last two are the gold and the predicted tag. A sentence ends at a line of white space. As for the conlleval script, no other
 * line is special: a -DOCSTART- with tags is a token.
 *
 * @param source name of the file in messages
 * @param tokenColumn number of the column with the token, from 1
 * @throws {UserError} with `source:line`, if a line has too few columns, or not as many as the first one
 */
export function readPairs(text: string, source: string, tokenColumn = 1): PairedSentence[] {
  const once = internStrings();
  const sentences: PairedSentence[] = [];
  let tokens: string[] = [];
  let gold: string[] = [];
  let predicted: string[] = [];
  let columnCount = 0;
  let columnsLine = 0;
  const finish = (line: number): void => {
    if (tokens.length > 0) sentences.push({ tokens, gold, predicted, line: line - tokens.length });
    tokens = [];
    gold = [];
    predicted = [];
  };

  let line = 0;
  for (const raw of linesOf(text)) {
    line++;
    if (raw.trim() === '') {
      finish(line);
      continue;
    }
    const columns = splitColumns(raw);
    if (columnCount === 0) {
      columnCount = columns.length;
      columnsLine = line;
      if (columnCount < tokenColumn + 2)
        throw badInput(
          `${source}:${line}: expected a token, a gold and a predicted tag, found ${columnCount === 1 ? '1 column' : `${columnCount} columns`}`,
          'the last two columns are gold and predicted tags, as in "London B-LOC O"',
        );
    }
    if (columns.length !== columnCount)
      throw badInput(
        `${source}:${line}: expected ${columnCount} columns as in line ${columnsLine}, found ${columns.length}`,
        'separate columns by one tab or by spaces, and sentences by an empty line',
      );
    const token = columns[tokenColumn - 1];
    const [goldTag, predictedTag] = columns.slice(-2);
    if (!token || !goldTag || !predictedTag)
      throw badInput(`${source}:${line}: the token or one of its tags is empty`, 'fill it in, or remove the line');
    tokens.push(token);
    gold.push(once(goldTag));
    predicted.push(once(predictedTag));
  }
  finish(line + 1);
  if (sentences.length === 0)
    throw badInput(`${source}: no sentence in it`, 'each line holds a token, its gold and its predicted tag');
  return sentences;
}

function* linesOf(text: string): Generator<string, void, undefined> {
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    yield text.slice(start, text.charAt(end - 1) === '\r' && end > start ? end - 1 : end);
    start = end + 1;
  }
}
