/** What mammoth writes about an element of Word of which it does not know how to read it. */
const IGNORED = /^An unrecognised element was ignored: (?:\{.*[/:](\w+)\})?(\S+)$/;

/** Elements that hold text, and what messages call them. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['w:fldSimple', 'simple fields (w:fldSimple)'],
  ['math:oMath', 'formulas'],
  ['math:oMathPara', 'formulas'],
  ['w:altChunk', 'files in other formats (w:altChunk)'],
  ['w:subDoc', 'documents in other files (w:subDoc)'],
]);

/** Elements without text: marks, properties, and how shapes are drawn (ECMA-376, parts 1 and 4). */
const WITHOUT_TEXT =
  /^(?:w:(?:perm(?:Start|End)|customXml\w*Range(?:Start|End)|(?:customXml|smartTag)Pr|tblPrEx|cr|ptab|pgNum|separator|continuationSeparator|del(?:Instr)?Text)|v:(?:path|stroke|fill|formulas|handles)|office(?:-word)?:\w+)$/;

/**
 * Returns what a document of Word holds that mammoth does not read and that may be text, a phrase for each kind.
 *
 * @param messages the messages of mammoth, which tells each kind of element once
 */
export function ignoredElements(messages: readonly { readonly message: string }[]): string[] {
  const found = new Set<string>();
  for (const { message } of messages) {
    const [, namespace, name] = IGNORED.exec(message) ?? [];
    if (name === undefined) continue;
    const element = namespace === undefined ? name : `${namespace}:${name}`;
    if (!WITHOUT_TEXT.test(element)) found.add(NAMES.get(element) ?? `elements ${element}`);
  }
  return [...found];
}
