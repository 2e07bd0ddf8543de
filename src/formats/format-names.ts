/** The names of the formats of single files, in the order in which a file is tried. */
export const FILE_FORMATS = [
  'conll',
  'iob2',
  'conllu',
  'tokens',
  'jsonl',
  'prodigy',
  'doccano',
  'spacy',
  'label-studio',
  'bracket',
] as const;

/** The names that `--from` and `--to` accept. They stand apart, since reading the formats themselves takes time. */
export const FORMAT_NAMES: readonly string[] = [...FILE_FORMATS, 'brat'];
