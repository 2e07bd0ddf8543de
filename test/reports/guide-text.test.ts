import { describe, expect, test } from 'vitest';
import { guideText } from '../../src/reports/guide-text.js';

const GUIDE = `# Title

One paragraph of **words**
over two lines.

- an item that goes
  on and on
- another

    rnn train  corpus.conll

| a | b |
|---|---|

\`\`\`ts
const x = 1;
\`\`\`
`;

describe('a guide in a terminal', () => {
  test('has its paragraphs and items joined, and code and tables as they are', () => {
    expect(guideText(GUIDE, undefined)).toBe(`Title

One paragraph of words over two lines.

- an item that goes on and on
- another

    rnn train  corpus.conll

| a | b |
|---|---|

    const x = 1;
`);
  });

  test('is wrapped to the width, items with an indent', () => {
    const lines = guideText(GUIDE, 20).split('\n');
    expect(lines).toContain('One paragraph of');
    expect(lines).toContain('  on and on');
  });

  test('marks headings as it is told to', () => {
    expect(guideText(GUIDE, undefined, (heading) => `<${heading}>`)).toMatch(/^<Title>\n/);
  });
});
