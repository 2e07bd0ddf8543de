import { expect, test } from 'vitest';
import { countUnreadAlternatives } from '../../src/documents/unread-alternatives.js';

const TEXT = '<w:r><w:t>Bob</w:t></w:r>';
const PICTURE = '<w:drawing><a:blip r:embed="rId9"/></w:drawing>';
const OLDER_PICTURE = '<w:pict><v:shape><v:imagedata r:id="rId9"/></v:shape></w:pict>';

function alternatives(choice: string, fallback: string): string {
  return `<mc:AlternateContent><mc:Choice Requires="wps">${choice}</mc:Choice>${fallback}</mc:AlternateContent>`;
}

test.each(['', '<mc:Fallback/>', '<mc:Fallback></mc:Fallback>', '<mc:Fallback><w:r/></mc:Fallback>'])(
  'a fallback that holds neither text nor a picture is none: %j',
  (fallback) => {
    for (const choice of [TEXT, PICTURE]) expect(countUnreadAlternatives(alternatives(choice, fallback))).toBe(1);
    expect(countUnreadAlternatives(alternatives('<w:r/>', fallback))).toBe(0);
  },
);

test.each([TEXT, PICTURE, OLDER_PICTURE])('a fallback that holds text or a picture is read: %s', (content) => {
  for (const choice of [TEXT, PICTURE])
    expect(countUnreadAlternatives(alternatives(choice, `<mc:Fallback>${content}</mc:Fallback>`))).toBe(0);
});

test('a fallback of alternatives inside counts for these alone', () => {
  const inner = alternatives(TEXT, `<mc:Fallback>${TEXT}</mc:Fallback>`);
  expect(countUnreadAlternatives(alternatives(inner, '<mc:Fallback></mc:Fallback>'))).toBe(1);
  expect(countUnreadAlternatives(alternatives(TEXT, `<mc:Fallback>${inner}</mc:Fallback>`))).toBe(0);
});
