import { describe, expect, test } from 'vitest';
import type { TaggedSentence } from '../../src/model/tagger.js';
import { createRedactedWriter, type StandInScope } from '../../src/reports/redacted.js';
import { type ReplacedName, StandIns } from '../../src/text/stand-ins.js';
import { drawModel } from '../helpers/small-model.js';

const LANGUAGE = drawModel().language;

/** A sentence whose names stand between brackets in `marked`. */
function sentenceOf(marked: string, place?: TaggedSentence['place']): TaggedSentence {
  const spans: TaggedSentence['spans'][number][] = [];
  let text = '';
  for (const piece of marked.split(/(\[[^\]]*\])/)) {
    const isName = piece.startsWith('[');
    const content = isName ? piece.slice(1, -1) : piece;
    if (isName) spans.push({ label: 'PER', start: text.length, end: text.length + content.length, text: content });
    text += content;
  }
  return { text, tokens: [], spans, ...(place && { place }) };
}

function open(scope: StandInScope, asJson = false) {
  const scopes: (readonly [number, readonly ReplacedName[]])[] = [];
  const writer = createRedactedWriter(
    { standIns: new StandIns('number'), scope, asJson, onNames: (names, number) => scopes.push([number, names]) },
    LANGUAGE,
  );
  return { writer, scopes };
}

describe('a redacted text', () => {
  test('is one line a record, also where the record has line feeds or could not be read', () => {
    const { writer } = open('document');
    expect(writer.write(sentenceOf('[Ada] met\n[Bob] .'))).toBe('[PER-1] met [PER-2] .\n');
    expect(writer.write(sentenceOf('[Bob] left'))).toBe('[PER-2] left\n');
    expect(writer.write({ kind: 'failed', error: 'too long' })).toBe('\n');
  });

  test('keeps the layout of a document', () => {
    const { writer } = open('document');
    const written = [
      writer.write(sentenceOf('[Ada]\nleft.', { start: 0 })),
      writer.write({ kind: 'gap', text: '\n\n' }),
      writer.write(sentenceOf('[Ada] is back.', { start: 11 })),
    ];
    expect(written.join('')).toBe('[PER-1]\nleft.\n\n[PER-1] is back.');
  });

  test('hides what is hidden beside the spans', () => {
    const { writer } = open('document');
    const sentence = sentenceOf('[Ada] and Bob');
    const hidden = [...sentence.spans, { label: 'LOC', start: 8, end: 11, text: 'Bob' }];
    expect(writer.write({ ...sentence, hidden })).toBe('[PER-1] and [LOC-1]\n');
  });
});

describe('stand-ins begin anew', () => {
  test('with each record, and the names of each are told', () => {
    const { writer, scopes } = open('record');
    for (const name of ['Ada', 'Bob']) expect(writer.write(sentenceOf(`[${name}]`))).toBe('[PER-1]\n');
    writer.end();
    expect(scopes).toEqual([
      [1, [{ standIn: '[PER-1]', label: 'PER', names: ['Ada'] }]],
      [2, [{ standIn: '[PER-1]', label: 'PER', names: ['Bob'] }]],
    ]);
  });

  test('where a text begins, and where columns mark a document', () => {
    const { writer, scopes } = open('document');
    writer.write({ kind: 'gap', text: '', columns: '-DOCSTART- O\n' });
    writer.write(sentenceOf('[Ada] [Bob]', { start: 0 }));
    expect(writer.write(sentenceOf('[Bob]', { start: 20 }))).toBe('[PER-2]');
    expect(writer.write(sentenceOf('[Bob]', { start: 0 }))).toBe('[PER-1]');
    expect(writer.write(sentenceOf('[Eve]', { start: 90, document: 'b.txt' }))).toBe('[PER-1]');
    writer.write({ kind: 'gap', text: '', columns: '-DOCSTART- O\n' });
    writer.write({ kind: 'gap', text: '', columns: '\n' });
    expect(writer.write(sentenceOf('[Kim]'))).toBe('[PER-1]\n');
    writer.end();
    expect(scopes.map(([number]) => number)).toEqual([1, 2, 3, 4]);
  });

  test('never, where a key gives each name its own', () => {
    const { writer, scopes } = open('all');
    writer.write(sentenceOf('[Ada]', { start: 0 }));
    expect(writer.write(sentenceOf('[Bob]', { start: 0 }))).toBe('[PER-2]');
    writer.end();
    expect(scopes).toHaveLength(1);
  });
});

test('JSON has the offsets of both texts, in a document from its start', () => {
  const { writer } = open('document', true);
  const document = 'Ada met Bob. Bob left.';
  const lines = [
    writer.write(sentenceOf('[Ada] met [Bob].', { start: 0 })),
    writer.write({ kind: 'gap', text: ' ' }),
    writer.write(sentenceOf('[Bob] left.', { start: 13 })),
  ];
  const redacted = '[PER-1] met [PER-2]. [PER-2] left.';
  const records = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  expect(records).toHaveLength(2);
  for (const { text, start, end, spans, redacted: own } of records) {
    expect(document.slice(start, end)).toBe(text);
    expect(redacted.slice(own.start, own.end)).toBe(own.text);
    expect(own.spans.map(({ original }: { original: object }) => original)).toEqual(
      spans.map((span: TaggedSentence['spans'][number]) => ({ start: span.start, end: span.end })),
    );
    for (const { start: from, end: to, original, label } of own.spans) {
      expect(redacted.slice(from, to)).toMatch(/^\[PER-\d\]$/);
      expect(document.slice(original.start, original.end)).toMatch(/^(Ada|Bob)$/);
      expect(label).toBe('PER');
    }
  }
  expect(JSON.parse(writer.write({ kind: 'failed', error: 'too long', fields: '"id":1,' }))).toMatchObject({
    id: 1,
    error: 'too long',
  });
});
