/** Escapes text for use in HTML elements and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Returns a self-contained page for light and dark mode and for narrow screens.
 *
 * @param body HTML
 * @param style CSS for the body, which may use the colour variables of the page
 */
export function htmlPage(title: string, body: string, style: string): string {
  const { head, foot } = htmlPageParts(title, body, '', style);
  return head + foot;
}

/** Returns what precedes and what follows the content of a page, so that the content can be written piece by piece. */
export function htmlPageParts(
  title: string,
  before: string,
  behind: string,
  style: string,
): { readonly head: string; readonly foot: string } {
  const head = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}${style}</style>
</head>
<body>
<main>
${before}`;
  return {
    head,
    foot: `${behind}</main>
</body>
</html>
`,
  };
}

/** The colours of pages, by the names of variables. */
export const PAGE_COLOURS = `
:root {
  --paper: #fff; --ink: #1b1f24; --quiet: #59636e; --line: #d1d9e0; --soft: #f3f5f7;
  --right: #c9efd4; --wrong: #ffd5d0; --heat-colour: #7fb0f5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #11151a; --ink: #e4e8ec; --quiet: #98a2ad; --line: #343c45; --soft: #1b2127;
    --right: #1d4d2e; --wrong: #6e2a26; --heat-colour: #2f64b3;
  }
}
`;

const PAGE_STYLE = `${PAGE_COLOURS}
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
p { margin: 0.5rem 0; max-width: 45rem; }
`;
