import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutFieldRecords, fieldsOfRefused, readFieldRecord } from '../../src/formats/field-records.js';
import type { PlacedTokens } from '../../src/text/record.js';

const read = (line: string) => readFieldRecord(line, 'in.jsonl:7');

describe('what is to be tagged is', () => {
  test.each([
    ['a text', '{"text":"Ada left."}', 'Ada left.'],
    ['tokens', '{"tokens":["Ada","left"]}', ['Ada', 'left']],
    ['tokens that are objects', '{"tokens":[{"text":"Ada","tag":"O"}]}', ['Ada']],
    ['tokens of white space too', '{"tokens":["Ada","\\n\\n"," "]}', ['Ada', '\n\n', ' ']],
    ['a text without tokens', '{"text":"","tokens":[]}', ''],
  ])('%s', (_, line, content) => {
    expect(read(line).content).toEqual(content);
  });

  test('a text with its tokens, at their offsets where they have some that are right', () => {
    const tokens = (list: unknown) =>
      (read(JSON.stringify({ text: 'a a b', tokens: list })).content as PlacedTokens).tokens;
    const second = { text: 'a', start: 2, end: 3 };
    expect(tokens(['a', 'b'])).toEqual([
      { text: 'a', start: 0, end: 1 },
      { text: 'b', start: 4, end: 5 },
    ]);
    expect(tokens([second])).toEqual([second]);
    expect(tokens([{ text: 'a', start: 40 }])).toEqual([{ text: 'a', start: 0, end: 1 }]);
  });
});

describe('other fields', () => {
  test('are kept to the digit, but for those that the result writes itself', () => {
    const line = ' { "id" : 12345678901234567890, "text":"x", "a":{"text":[1.0, "}"]},"spans":[], "\\u0062":null } ';
    expect(read(line).fields).toBe('"id" : 12345678901234567890,"a":{"text":[1.0, "}"]},"\\u0062":null,');
  });

  test('make, with the result, one object that has them all', () => {
    const dictionary = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(dictionary, (fields) => {
        for (const name of ['text', 'tokens', 'spans', 'alternatives']) delete fields[name];
        const line = JSON.stringify({ ...fields, text: 'x' });
        expect(JSON.parse(`{${read(line).fields}"text":"x"}`)).toEqual(JSON.parse(line));
      }),
    );
  });

  test('of a record that is refused are kept where it is an object', () => {
    expect(fieldsOfRefused('{"id":7,"text":1}')).toBe('"id":7,');
    expect(fieldsOfRefused('{"error":"mine","id":7,"text":1}')).toBe('"id":7,'); // an error record has its own
    for (const line of ['', 'x', '[1]', '"id"', '{"id":']) expect(fieldsOfRefused(line)).toBe('');
  });
});

describe('refused with its place is', () => {
  test.each([
    ['no JSON', 'Ada', /^in\.jsonl:7: expected JSON/],
    ['no object', '["Ada"]', /^in\.jsonl:7: expected an object/],
    ['neither text nor tokens', '{"id":1}', /^in\.jsonl:7: expected a record with "text" or "tokens"/],
    ['a text that is none', '{"text":1}', /^in\.jsonl:7: expected a text as "text", found a number/],
    ['tokens that are no list', '{"tokens":"a b"}', /^in\.jsonl:7: expected a list/],
    ['a token that is none', '{"tokens":["a",1]}', /^in\.jsonl:7: expected a text as token 2/],
    ['a token of nothing', '{"tokens":["a",""]}', /^in\.jsonl:7: token 2 is empty/],
    [
      'a token that is not in the text',
      '{"text":"a b","tokens":["b","a"]}',
      /^in\.jsonl:7: token 2, "a", is not in "text"/,
    ],
  ])('%s', (_, line, message) => {
    expect(() => read(line)).toThrow(expect.objectContaining({ exitCode: 3, message: expect.stringMatching(message) }));
  });
});

describe('a list', () => {
  test('is cut into its records as they are written', () => {
    const record = fc
      .tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.constantFrom('', ' ', '\n\t'))
      .map(([fields, text, space]) => `${space}${JSON.stringify({ ...fields, tokens: undefined, text })}${space}`);
    fc.assert(
      fc.property(fc.array(record), (records) => {
        expect([...cutFieldRecords(` [${records.join(',')}] `, 'list')]).toEqual(records);
      }),
    );
  });

  test.each([
    ['{"text":"a"}', 'list: expected a list as the records'],
    ['[{"text":"a"}', 'list: expected JSON'],
    ['[{"text":"a"},]', 'list: expected JSON'],
  ])('%s is refused', (list, message) => {
    expect(() => [...cutFieldRecords(list, 'list')]).toThrow(message);
  });
});
