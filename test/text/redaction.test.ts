import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redact } from '../../src/text/redaction.js';
import { STAND_IN_STYLES, StandIns } from '../../src/text/stand-ins.js';

const anyPieces = fc.array(
  fc.record({ between: fc.string({ unit: 'grapheme' }), name: fc.string({ unit: 'grapheme', minLength: 1 }) }),
);

test('a redacted text has stand-ins at its offsets, names at those of the original, and all else as it was', () => {
  fc.assert(
    fc.property(anyPieces, fc.constantFrom(...STAND_IN_STYLES), (pieces, style) => {
      let text = '';
      const names = pieces.map(({ between, name }) => {
        text += between;
        const start = text.length;
        text += name;
        return { label: 'PER', start, end: text.length };
      });
      const redacted = redact(text, names, new StandIns(style));
      expect(redacted.spans.map(({ original }) => text.slice(original.start, original.end))).toEqual(
        pieces.map(({ name }) => name),
      );
      const standIns = new StandIns(style);
      expect(redacted.spans.map(({ start, end }) => redacted.text.slice(start, end))).toEqual(
        pieces.map(({ name }) => standIns.replace('PER', name)),
      );
      let restored = '';
      let position = 0;
      for (const { start, end, original } of redacted.spans) {
        restored += redacted.text.slice(position, start) + text.slice(original.start, original.end);
        position = end;
      }
      expect(restored + redacted.text.slice(position)).toBe(text);
    }),
  );
});
