import type { Finding } from '../evaluation/finding.js';

/** Returns what JSON tells of a finding: where it is, what is given and suggested there, and how doubtful it is. */
export function findingJson({ file, line, text, given, suggested, doubt }: Finding): object {
  return { file, line, text, given, suggested, doubt };
}

/** Writes findings as JSON lines with the whole reading of each sentence, for `rnn annotate --review`. */
export function findingLines(findings: readonly Finding[]): string {
  return findings
    .map((finding) => {
      const { id, tokens, spans, suggestedSpans } = finding;
      return `${JSON.stringify({ id, ...findingJson(finding), tokens, spans, suggestedSpans })}\n`;
    })
    .join('');
}
