import { htmlPage } from '../reports/html.js';

/** The source of the page's script and model: a server, or the page itself. */
export type PageParts = { readonly scriptUrl: string } | { readonly script: string; readonly model: string };

/** Returns a page that tags text in the browser as it is typed. */
export function taggingPage(parts: PageParts): string {
  const body = `<h1>Tag text</h1>
<label for="text">Text</label>
<textarea id="text" rows="5" spellcheck="false" autofocus>${EXAMPLE}</textarea>
<h2 id="result">Result</h2>
<div id="tagged" role="region" aria-labelledby="result"></div>
<p id="status" role="status">Loading the model ...</p>
<noscript><p>This page tags text in the browser and requires JavaScript.</p></noscript>
${scripts(parts)}`;
  return htmlPage('rnn', body, STYLE);
}

const EXAMPLE = 'Harry Potter met Hermione Granger in London. Maria Silva flew from Lagos to Vienna.';

function scripts(parts: PageParts): string {
  if ('scriptUrl' in parts) return `<script type="module" src="${parts.scriptUrl}"></script>\n`;
  const { script, model } = parts;
  // Sequences that would end the element or begin a comment occur only in strings, where these escapes are equivalent.
  const json = model.replaceAll('<', '\\u003c');
  const code = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  return `<script type="application/json" id="model">${json}</script>\n<script type="module">${code}</script>\n`;
}

const STYLE = `
label { font-weight: 600; }
textarea {
  box-sizing: border-box; width: 100%; margin-top: 0.3rem; padding: 0.6rem; font: inherit; resize: vertical;
  color: inherit; background: var(--soft); border: 1px solid var(--line); border-radius: 0.4rem;
}
textarea:focus-visible, mark:focus-visible { outline: 2px solid var(--heat-colour); outline-offset: 1px; }
#tagged { position: relative; line-height: 2.3; white-space: pre-wrap; overflow-wrap: anywhere; min-height: 2.3em; }
#status { color: var(--quiet); font-size: 0.9rem; }
mark {
  color: inherit; background: hsl(var(--hue) 75% 86%); border-radius: 0.35rem;
  padding: 0.25rem 0.4rem; -webkit-box-decoration-break: clone; box-decoration-break: clone; cursor: default;
}
mark b { font-size: 0.65rem; letter-spacing: 0.04em; margin-left: 0.4rem; vertical-align: middle; }
.tip {
  position: absolute; left: 0; top: 0; z-index: 1; pointer-events: none; visibility: hidden; white-space: nowrap; line-height: 1.4;
  padding: 0.2rem 0.5rem; font-size: 0.8rem; background: var(--ink); color: var(--paper); border-radius: 0.3rem;
}
mark:hover .tip, mark:focus .tip { visibility: visible; }
@media (prefers-color-scheme: dark) { mark { background: hsl(var(--hue) 45% 26%); } }
`;
