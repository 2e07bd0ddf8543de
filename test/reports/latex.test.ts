import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluationLatex } from '../../src/reports/evaluation-text.js';
import { latexReport } from '../../src/reports/latex.js';
import { evaluationOf, HOSTILE } from '../helpers/evaluations.js';

/** Any text, rich in what LaTeX could take for its own. */
const TEXT = fc.string({ unit: fc.constantFrom(...'\\{}$&#_%^~<>|"[]*±·…+-1a é\n\t\0') });

/** The characters of escaped text, and no longer what stands for them. */
function textOf(text: string): string {
  const names: Readonly<Record<string, string>> = {
    ...{ textbackslash: '\\', textasciitilde: '~', textasciicircum: '^', textless: '<', textgreater: '>' },
    ...{ textbar: '|', textquotedbl: '"', ldots: '…' },
  };
  return text
    .replace(/^\{([[*].*)\}$/s, '$1')
    .replace(/\\([a-z]+)\{\}|\$\\(pm|cdot)\$|\$([+-])\$|\\([{}$&#_%])/g, (_, name, symbol, sign, character) => {
      return name ? (names[name] ?? '?') : symbol ? (symbol === 'pm' ? '±' : '·') : (sign ?? character);
    });
}

describe('a LaTeX table', () => {
  test('holds any text, on one line, as what it is', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(TEXT, TEXT), { minLength: 1 }), (rows) => {
        const report = latexReport('title', [{ title: 'T', table: { head: ['a', 'b'], rows } }]);
        const [, body = ''] = /\\midrule\n(.*)\\bottomrule/s.exec(report) ?? [];
        const found = body
          .trimEnd()
          .split('\n')
          .map((line) => line.replace(/ \\\\$/, '').split(/(?<!\\) ?& /));
        expect(found.map((cells) => cells.map((cell) => textOf(cell).trim()))).toEqual(
          rows.map((cells) => cells.map((cell) => cell.replace(/[\s\0]+/g, ' ').trim())),
        );
      }),
    );
  });

  test('has a caption, the rules of booktabs, numbers to the right, and notes below', () => {
    const table = {
      head: ['run', 'dev F1'],
      rows: [
        ['seed 1', '81.55'],
        ['mean ± deviation', '81.20 ± 0.35'],
      ],
    };
    expect(latexReport('Training of a.json', [{ title: 'Runs', table, notes: ['100 % of 2 runs.'] }])).toBe(
      String.raw`% Training of a.json
% The preamble needs \usepackage{booktabs}.

\begin{table}
\centering
\caption{Runs}
\begin{tabular}{lr}
\toprule
run & dev F1 \\
\midrule
seed 1 & 81.55 \\
mean $\pm$ deviation & 81.20 $\pm$ 0.35 \\
\bottomrule
\end{tabular}
\par\smallskip\footnotesize
100 \% of 2 runs.\par
\end{table}
`,
    );
  });

  test('of an evaluation has as many cells in each row as in its head, whatever its labels are', () => {
    const report = evaluationLatex(evaluationOf(HOSTILE), 'a\nb');
    expect(report).toMatch(/^% a b\n% The preamble/);
    const tables = [...report.matchAll(/\\begin\{tabular\}\{(l?r*)\}\n(.*?)\\end\{tabular\}/gs)];
    expect(tables.length).toBeGreaterThan(4);
    for (const [, columns = '', body = ''] of tables)
      for (const row of body.split('\n').filter((line) => line.endsWith('\\\\')))
        expect(row.split(/(?<!\\)&/)).toHaveLength(columns.length);
  });
});
