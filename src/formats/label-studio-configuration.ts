import { type Token, Tokenizer } from 'parse5';
import { badInput } from '../errors.js';

/** A label that people choose in Label Studio. */
export interface OfferedLabel {
  /** The label as annotations have it. */
  readonly name: string;
  /** The labels of models that mean it, as `predicted_values` names them. */
  readonly predicted: readonly string[];
}

/** A `<Labels>` of a project of Label Studio. */
export interface SpanControl {
  /** Its name, which is the `from_name` of results. */
  readonly fromName: string;
  readonly labels: readonly OfferedLabel[];
}

/** How a project of Label Studio labels spans of a text: its `<Labels>` and the `<Text>` that they belong to. */
export interface SpanLabelling {
  /** All `<Labels>` of the `<Text>`, since people label with each of them. */
  readonly controls: readonly SpanControl[];
  /** The name of the `<Text>`, which is the `to_name` of results. */
  readonly toName: string;
  /** The field of a task's data that holds the text. */
  readonly field: string;
  /** The names of the `<Labels>` of other texts, sounds or pictures. */
  readonly namesElsewhere: ReadonlySet<string>;
}

/** The attributes of a tag; their names are lower case. */
type Attributes = ReadonlyMap<string, string>;

interface LabelsTag {
  readonly attributes: Attributes;
  readonly labels: OfferedLabel[];
}

interface FoundTags {
  /** The tags by their names; only those that show something to be labelled. */
  readonly objects: ReadonlyMap<string, { readonly tag: string; readonly attributes: Attributes }>;
  readonly controls: readonly LabelsTag[];
}

/** The largest number of `<Labels>` of a text: each may get all that is found in it. */
const MOST_CONTROLS = 100;

const WANTED = 'it needs <Text name="text" value="$text"/> and <Labels name="label" toName="text">';

/**
 * Reads the labelling configuration of a project of Label Studio, and takes the first `<Text>` that a `<Labels>` belongs to
 * (https://labelstud.io/tags).
 *
 * @param place what messages call the configuration
 * @throws {UserError} if spans of a text are not labelled, or the text is not in the tasks; exit code 3
 */
export function readLabellingConfiguration(xml: string, place: string): SpanLabelling {
  const { objects, controls } = findTags(xml);
  for (const { attributes } of controls) {
    const toName = attributes.get('toname');
    const object = objects.get(toName ?? '');
    if (!attributes.has('name') || toName === undefined || object?.tag !== 'text') continue;
    const value = object.attributes.get('value') ?? '';
    if (object.attributes.get('valuetype') === 'url')
      throw badInput(`${place}: the texts of ${JSON.stringify(toName)} are behind URLs`, 'import the texts themselves');
    if (!/^\$[^$.[\]]+$/.test(value))
      throw badInput(`${place}: expected the name of a field as in value="$text", found ${JSON.stringify(value)}`);
    const divided = divideControls(controls, toName);
    if (divided.controls.length > MOST_CONTROLS)
      throw badInput(`${place}: over ${MOST_CONTROLS} <Labels> belong to ${JSON.stringify(toName)}`);
    return { toName, field: value.slice(1), ...divided };
  }
  throw badInput(`${place}: no <Labels> belong to a <Text>`, WANTED);
}

/** Divides the `<Labels>` of a configuration into those of a text and those of all else. */
function divideControls(
  controls: readonly LabelsTag[],
  text: string,
): Pick<SpanLabelling, 'controls' | 'namesElsewhere'> {
  const named = controls.flatMap(({ attributes, labels }) => {
    const fromName = attributes.get('name');
    return fromName === undefined ? [] : [{ fromName, labels, isOfText: attributes.get('toname') === text }];
  });
  return {
    controls: named.flatMap(({ isOfText, ...control }) => (isOfText ? [control] : [])),
    namesElsewhere: new Set(named.flatMap(({ isOfText, fromName }) => (isOfText ? [] : [fromName]))),
  };
}

/**
 * Returns what the project calls each label of a model: its own label of that name, the one that names it among its
 * `predicted_values`, or the one that differs in case alone. Labels that the project has no name for are left out.
 */
export function matchLabels(offered: readonly OfferedLabel[], labels: readonly string[]): Map<string, string> {
  const matched = new Map<string, string>();
  for (const label of labels) {
    const found =
      offered.find(({ name }) => name === label) ??
      offered.find(({ predicted }) => predicted.includes(label)) ??
      offered.find(({ name }) => name.toLowerCase() === label.toLowerCase());
    if (found) matched.set(label, found.name);
  }
  return matched;
}

/**
 * Returns which label of a model each label of a project means, which is the inverse of `matchLabels`: where several have the same
 * name in the project, the one of that name, or else the first. Labels that mean none of the model are left out.
 */
export function matchOffered(offered: readonly OfferedLabel[], labels: readonly string[]): Map<string, string> {
  const matched = new Map<string, string>();
  for (const [label, name] of matchLabels(offered, labels))
    if (label === name || !matched.has(name)) matched.set(name, label);
  return matched;
}

/** Finds tags as HTML spells them, since Label Studio's XML has nothing else, and a tokenizer alone gives no tag a meaning. */
function findTags(xml: string): FoundTags {
  const objects = new Map<string, { tag: string; attributes: Attributes }>();
  const controls: LabelsTag[] = [];
  let open: LabelsTag | undefined;
  const ignore = (): void => {};
  const tokenizer = new Tokenizer(
    {},
    {
      onStartTag({ tagName, attrs, selfClosing }: Token.TagToken) {
        const attributes: Attributes = new Map(attrs.map(({ name, value }) => [name, value]));
        if (tagName === 'labels') {
          const control = { attributes, labels: [] };
          controls.push(control);
          open = selfClosing ? undefined : control;
        } else if (tagName === 'label') open?.labels.push(...labelOf(attributes));
        else if (attributes.has('name')) objects.set(attributes.get('name') ?? '', { tag: tagName, attributes });
      },
      onEndTag({ tagName }) {
        if (tagName === 'labels') open = undefined;
      },
      ...{ onComment: ignore, onDoctype: ignore, onEof: ignore },
      ...{ onCharacter: ignore, onNullCharacter: ignore, onWhitespaceCharacter: ignore },
    },
  );
  tokenizer.write(xml, true);
  return { objects, controls };
}

function labelOf(attributes: Attributes): OfferedLabel[] {
  const name = attributes.get('alias') || attributes.get('value');
  if (!name) return [];
  const predicted = (attributes.get('predicted_values') ?? '').split(',').map((value) => value.trim());
  return [{ name, predicted: predicted.filter((value) => value !== '') }];
}
