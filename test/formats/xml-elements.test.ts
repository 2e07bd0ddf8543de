import { describe, expect, test } from 'vitest';
import { escapeAttribute, readXml, type XmlElement } from '../../src/formats/xml-elements.js';
import { userErrorOf } from '../helpers/user-error.js';

function elementsOf(xml: string): { opened: XmlElement[]; ends: number[]; text: string } {
  const [opened, ends]: [XmlElement[], number[]] = [[], []];
  let text = '';
  readXml(xml, 'it', {
    onOpen: (element) => opened.push(element),
    onClose: (_, end) => ends.push(end),
    onText: (piece) => {
      text += piece;
    },
  });
  return { opened, ends, text };
}

describe('elements', () => {
  test('have a namespace, a name, attributes, and a place in the text', () => {
    const xml = `<?xml version="1.0"?>\r\n<!-- <no/> --><a:b xmlns:a="u:1" xmlns="u:2" a:x='1' x="2">😀<c y="&#128512;&gt;>"/></a:b>\n`;
    const { opened, ends } = elementsOf(xml);
    expect(opened.map(({ uri, name, depth }) => [uri, name, depth])).toEqual([
      ['u:1', 'b', 0],
      ['u:2', 'c', 1],
    ]);
    const [outer, inner] = opened;
    expect([outer.attribute('x'), outer.attribute('x', 'u:1'), outer.attribute('y')]).toEqual(['2', '1', undefined]);
    expect(outer.attribute('__proto__')).toBeUndefined();
    expect(inner.attribute('y')).toBe('😀>>');
    expect(opened.map(({ start, end }) => xml.slice(start, end))).toEqual([
      `<a:b xmlns:a="u:1" xmlns="u:2" a:x='1' x="2">`,
      '<c y="&#128512;&gt;>"/>',
    ]);
    expect(ends.map((end) => xml.slice(0, end).slice(-6))).toEqual([';&gt;>"/>'.slice(-6), '</a:b>']);
  });

  test('have texts, of which entities and sections are parts', () => {
    expect(elementsOf('<a>x &amp;<b>&#x1F600;</b><![CDATA[<c>]]></a>').text).toBe('x &😀<c>');
  });

  test('get back what was escaped for an attribute', () => {
    const value = 'a & "b" <c>\t\r\n\u00e9😀 \'';
    const { opened } = elementsOf(`<a x="${escapeAttribute(value)}"/>`);
    expect(opened[0].attribute('x')).toBe(value);
  });

  test.each([
    ['', 'expected XML'],
    ['text', 'expected XML'],
    ['<a>', 'unclosed tag'],
    ['<a></b>', 'unexpected close tag'],
    ['<a x="1" x="2"/>', 'duplicate attribute'],
    ['<a x="<"/>', 'expected XML'],
    ['<p:a/>', 'unbound namespace prefix'],
    ['<a>&lol;</a>', 'undefined entity'],
    ['<a/><b/>', 'expected XML'],
    ['<a x="&#0;"/>', 'expected XML'],
    ['<!DOCTYPE a><a/>', 'document type'],
    ['<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;">]><a>&d;</a>', 'document type'],
    ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'document type'],
    ['<a>'.repeat(30), 'nested deeper than 20'],
    [`<a ${Array.from({ length: 1001 }, (_, index) => `x${index}="1"`).join(' ')}/>`, 'has over 1,000 attributes'],
    [`<a>${'<b/>'.repeat(1_000_000)}</a>`, 'has over 1,000,000 elements'],
  ])('are refused: %#', (xml, message) => {
    const error = userErrorOf(() => elementsOf(xml));
    expect(error.message).toMatch(/^it: /);
    expect(error.message).toContain(message);
    expect(error.exitCode).toBe(3);
  });

  test.each([
    '<p:a>'.repeat(500_000),
    `<a xmlns:p="u">${'<p:b/>'.repeat(200_000)}`,
    `<a ${Array.from({ length: 100_000 }, (_, index) => `x${index}="1"`).join(' ')}/>`,
  ])('take no time that grows faster than they do: %#', (xml) => {
    const begin = performance.now();
    try {
      elementsOf(xml);
    } catch {
      // refused
    }
    expect(performance.now() - begin).toBeLessThan(3000);
  });
});
