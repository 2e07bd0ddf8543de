import { describe, expect, test } from 'vitest';
import { matchLabels, matchOffered, readLabellingConfiguration } from '../../src/formats/label-studio-configuration.js';
import { userErrorOf } from '../helpers/user-error.js';

const read = (xml: string) => readLabellingConfiguration(xml, '"schema"');

describe('a labelling configuration', () => {
  test('names the <Labels>, the <Text>, its field and the labels', () => {
    const template = `<View>
      <Labels name="label" toName="text">
        <Label value="PER" background="red"/>
        <Label value="ORG" background="darkorange"></Label>
      </Labels>
      <Text name="text" value="$text"/>
    </View>`;
    expect(read(template)).toMatchObject({
      toName: 'text',
      field: 'text',
      controls: [
        {
          fromName: 'label',
          labels: [
            { name: 'PER', predicted: [] },
            { name: 'ORG', predicted: [] },
          ],
        },
      ],
    });
  });

  test('may have names of its own, entities, comments and other tags, of which some mean much in HTML', () => {
    const xml = `<?xml version="1.0"?>
      <!-- <Labels name="none" toName="none"/> -->
      <View>
        <Style>.a > .b { color: red }</Style>
        <Table name="facts" value="$facts"/>
        <TextArea name="note" toName="quelle" value="$note"/>
        <Choices name="tone" toName="quelle"><Choice value="good"/></Choices>
        <Labels name="drawn" toName="picture"><Label value="Cat"/></Labels>
        <Image name="picture" value="$picture"/>
        <Text name='quelle' value='$Der Text' />
        <Labels toName="quelle" name="ner &amp; co">
          <Label value="R&amp;D &lt;b&gt;" alias="RD"/>
          <Label value="&lt;script&gt;alert(1)&lt;/script&gt;" predicted_values="PER, PERSON ,"/>
        </Labels>
      </View>`;
    expect(read(xml)).toMatchObject({
      toName: 'quelle',
      field: 'Der Text',
      controls: [
        {
          fromName: 'ner & co',
          labels: [
            { name: 'RD', predicted: [] },
            { name: '<script>alert(1)</script>', predicted: ['PER', 'PERSON'] },
          ],
        },
      ],
    });
  });

  test('tells which <Labels> belong to the same <Text>, and which to something else', () => {
    const xml = `<Labels name="who" toName="t"><Label value="PER"/></Labels>
      <Labels name="turn" toName="sound"><Label value="Speaker"/></Labels>
      <Labels name="where" toName="t"><Label value="LOC"/></Labels>
      <Text name="t" value="$t"/><Audio name="sound" value="$sound"/>`;
    expect(read(xml)).toMatchObject({
      controls: [
        { fromName: 'who', labels: [{ name: 'PER' }] },
        { fromName: 'where', labels: [{ name: 'LOC' }] },
      ],
      namesElsewhere: new Set(['turn']),
    });
  });

  test.each([
    ['', 'no <Labels> belong to a <Text>'],
    ['<View></View>', 'no <Labels> belong to a <Text>'],
    ['no XML < at all', 'no <Labels> belong to a <Text>'],
    ['<Labels name="l" toName="t"/><HyperText name="t" value="$t"/>', 'no <Labels> belong to a <Text>'],
    ['<Labels name="l" toName="other"/><Text name="t" value="$t"/>', 'no <Labels> belong to a <Text>'],
    ['<Labels name="l" toName="t"/><Text name="t" value="$t" valueType="url"/>', 'are behind URLs'],
    ['<Labels name="l" toName="t"/><Text name="t" value="fixed"/>', 'expected the name of a field'],
    ['<Labels name="l" toName="t"/><Text name="t" value="$a.b[0]"/>', 'expected the name of a field'],
  ])('%j is refused: %s', (xml, message) => {
    const { message: said, exitCode } = userErrorOf(() => read(xml));
    expect(said).toMatch(/^"schema": /);
    expect(said).toContain(message);
    expect(exitCode).toBe(3);
  });

  test('is read in a time that grows with its length, however it is nested', () => {
    const labels = '<Labels name="l" toName="t"><Label value="a"/>'.repeat(20_000);
    const begin = performance.now();
    const { message } = userErrorOf(() => read(`${labels}<Text name="t" value="$t"/>`));
    expect(message).toBe('"schema": over 100 <Labels> belong to "t"');
    expect(performance.now() - begin).toBeLessThan(3000);
  });
});

test('labels of a model are matched by name, by predicted_values, then whatever their case', () => {
  const offered = [
    { name: 'Person', predicted: ['PER', 'PERSON'] },
    { name: 'ORG', predicted: [] },
    { name: 'loc', predicted: ['ORG'] },
  ];
  expect([...matchLabels(offered, ['PER', 'ORG', 'LOC', 'MISC', 'PERSON'])]).toEqual([
    ['PER', 'Person'],
    ['ORG', 'ORG'],
    ['LOC', 'loc'],
    ['PERSON', 'Person'],
  ]);
});

test('labels of a project mean the labels of the model that it calls so, of several the one of its own name', () => {
  const offered = [
    { name: 'Person', predicted: ['PER', 'PERSON'] },
    { name: 'org', predicted: [] },
    { name: 'ANIMAL', predicted: [] },
  ];
  expect([...matchOffered(offered, ['LOC', 'ORG', 'PER', 'PERSON', 'org'])]).toEqual([
    ['org', 'org'],
    ['Person', 'PER'],
  ]);
  expect([...matchOffered(offered, ['PER', 'Person'])]).toEqual([['Person', 'Person']]);
});
