/**
 * How severe a finding is: an error is certainly a mistake; a warning is probably one, or makes scores mean less than they
 * seem to; a note is good to know before training.
 */
export type Severity = 'error' | 'warning' | 'note';

interface Kind {
  readonly severity: Severity;
  /** Name of what was found, in the plural. */
  readonly title: string;
  /** Advice on what to do. */
  readonly advice: string;
}

/** Everything that a check can find, in the order in which reports list it. */
export const KINDS = {
  'no-sentence': {
    severity: 'error',
    title: 'files without a sentence that can be read',
    advice: 'each line holds a token and its tag, as in "London B-LOC"; see --token-column and --tag-column',
  },
  'utf-16': {
    severity: 'error',
    title: 'files in UTF-16',
    advice: 'the other commands expect UTF-8: convert it with iconv, or use --repair',
  },
  'wrong-encoding': {
    severity: 'error',
    title: 'lines that are not UTF-8',
    advice: 'convert them with iconv; if a file mixes encodings, convert only these lines',
  },
  'nul-byte': {
    severity: 'error',
    title: 'lines with a NUL byte, which no text contains',
    advice: 'the other commands stop here; is it UTF-16? convert it with iconv; --repair removes the bytes',
  },
  'long-line': {
    severity: 'error',
    title: 'lines of over 1 MB',
    advice: 'the other commands stop here; is it a corpus? see --from',
  },
  'wrong-columns': {
    severity: 'error',
    title: 'lines with a wrong number of columns',
    advice:
      'one tab, or spaces, between token and tag; see --token-column and --tag-column; the other commands stop here',
  },
  'empty-field': {
    severity: 'error',
    title: 'lines whose token or tag is empty',
    advice: 'fill it in, or remove the line; the other commands stop here',
  },
  'broken-record': {
    severity: 'error',
    title: 'records that cannot be read',
    advice: 'the other commands stop here; see --from',
  },
  'empty-span': {
    severity: 'error',
    title: 'spans that cover no token of the text',
    advice: 'remove them, or check their offsets',
  },
  'overlapping-span': {
    severity: 'error',
    title: 'spans that overlap others',
    advice:
      'a token has one tag, and training leaves them out: keep one of each two; --repair does if they are identical',
  },
  'discontinuous-span': {
    severity: 'error',
    title: 'spans of several pieces',
    advice: 'tags can only represent spans of one piece: label each piece, or everything from first to last',
  },
  'offset-in-token': {
    severity: 'warning',
    title: 'offsets that do not fall on tokens',
    advice: 'the token is cut there; check the offset',
  },
  'not-held': {
    severity: 'warning',
    title: 'records, tokens and labels that training cannot use as they are',
    advice: 'they are left out or changed, as each message says',
  },
  'padded-field': {
    severity: 'error',
    title: 'tokens and tags with spaces around them, between tabs',
    advice: 'remove the spaces, or use --repair: "B-PER " is another tag than "B-PER"',
  },
  'mixed-schemes': {
    severity: 'error',
    title: 'sentences whose tags follow another scheme than most sentences',
    advice: 'write all sentences in one scheme',
  },
  'lone-tag': {
    severity: 'error',
    title: 'tags that are neither the outside tag nor a prefix and a label',
    advice: 'they are read as no entity; write the intended tag',
  },
  'ill-formed-tag': {
    severity: 'error',
    title: 'tags that the scheme does not allow where they stand',
    advice: 'they are read as conlleval reads them, and other scorers differ; --repair spells them as they are read',
  },
  'control-character': {
    severity: 'warning',
    title: 'tokens and tags with control characters',
    advice: 'remove the characters; --repair does',
  },
  'invisible-character': {
    severity: 'warning',
    title: 'tokens and tags with invisible characters, such as zero-width spaces',
    advice: 'remove the characters, or the word is not what it seems; --repair does if something is left of the word',
  },
  'garbled-text': {
    severity: 'warning',
    title: 'tokens that were decoded with a wrong encoding',
    advice: 'take the text from its source again',
  },
  'two-spellings': {
    severity: 'warning',
    title: 'tokens that write letter and accent as two characters, which other lines write as one',
    advice: 'use one Unicode form, NFC; --repair does',
  },
  'white-separator': {
    severity: 'warning',
    title: 'lines between sentences that contain white space',
    advice: 'other readers expect them to be empty and may join the sentences; --repair empties them',
  },
  'mixed-line-ends': {
    severity: 'warning',
    title: 'lines that end in CRLF or LF, unlike most lines',
    advice: 'use one of the two; --repair writes LF',
  },
  'mixed-separators': {
    severity: 'warning',
    title: 'lines whose columns are separated differently from most lines',
    advice: 'use tabs everywhere, or spaces; --repair writes tabs if most lines have them',
  },
  'space-in-token': {
    severity: 'warning',
    title: 'tokens that contain a space',
    advice: 'readers that split at any white space see another column there',
  },
  'several-schemes': {
    severity: 'warning',
    title: 'parts of the data that follow another scheme than the training corpus',
    advice: 'write all parts in one scheme',
  },
  'outside-unnamed': {
    severity: 'warning',
    title: 'corpora that seem to hold names without B- and I-',
    advice: 'name the tag of all other tokens with --outside, or every token counts as labelled',
  },
  'label-variants': {
    severity: 'warning',
    title: 'labels that differ only by case or look like a typo',
    advice: 'use one label if they mean the same',
  },
  'rare-label': {
    severity: 'warning',
    title: 'labels with fewer than 20 examples in the training corpus',
    advice: 'these are too few to learn from: label more sentences, or merge the label with another',
  },
  'unseen-label': {
    severity: 'warning',
    title: 'labels of dev or test that the training corpus lacks',
    advice: 'they count as missed; divide the data differently, or remove the label',
  },
  'span-edge': {
    severity: 'warning',
    title: 'entities that begin or end with punctuation or white space',
    advice: 'leave it outside of the entity, unless it belongs to the name; --repair leaves out white space',
  },
  'inconsistent-label': {
    severity: 'warning',
    title: 'words labelled differently between the same neighbours',
    advice: 'decide which label is right; if in doubt, add a rule to the annotation guideline',
  },
  'conflicting-duplicate': {
    severity: 'warning',
    title: 'sentences that occur twice and are labelled differently',
    advice: 'decide which labels are right',
  },
  'duplicate-sentence': {
    severity: 'warning',
    title: 'sentences that occurred before in the same part',
    advice: 'they weigh more in training; remove them unless they are intended',
  },
  'shared-sentence': {
    severity: 'warning',
    title: 'sentences of dev or test that are also in another part',
    advice: 'the score then counts what was memorised; remove them from the training corpus',
  },
  'long-sentence': {
    severity: 'warning',
    title: 'sentences of more than 200 tokens',
    advice: 'check whether an empty line is missing',
  },
  'no-beginnings': {
    severity: 'note',
    title: 'corpora in which no tag begins with B-',
    advice: 'adjacent entities with the same label cannot be told apart',
  },
  'no-capitals': {
    severity: 'note',
    title: 'corpora without capital letters',
    advice: 'the shape of a word tells the network little; do not expect it to tag text with capitals well',
  },
  'comment-like': {
    severity: 'note',
    title: 'tokens that begin a line with #',
    advice: 'they are read as tokens; other readers may take the line for a comment',
  },
  'tag-is-token': {
    severity: 'note',
    title: 'tags that are the token itself',
    advice: 'this is usual for punctuation among parts of speech; otherwise see --tag-column',
  },
  'field-header': {
    severity: 'note',
    title: 'headers, a word and a dash or colon, that begin many sentences',
    advice: 'they come from the layout of the source; text to be tagged may not have them',
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type FindingKind = keyof typeof KINDS;
