import { spawnSync } from 'node:child_process';
import { execa } from 'execa';
import type { Folder } from './cli.js';

/** A Chromium that is installed here; undefined where there is none. */
export const BROWSER = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--allow-file-access-from-files'];

/** The page of a file as the browser has it after its scripts ran. */
export async function dumpDom(path: string): Promise<string> {
  const { stdout } = await execa(BROWSER ?? '', [...FLAGS, '--dump-dom', `file://${path}`], { timeout: 60_000 });
  return stdout;
}

/**
 * Shows a page in a wide light frame and in a narrow dark one, which run no script, and measures in each.
 *
 * @param probe an expression of what is measured, of `page`, the frame's document, and `style(query)`
 */
export async function probeFrames<Shown>(folder: Folder, name: string, probe: string): Promise<[Shown, Shown]> {
  const frame = (scheme: string, width: number): string =>
    `<iframe sandbox="allow-same-origin" src="${name}" style="color-scheme: ${scheme}; width: ${width}px; height: 600px; border: 0"></iframe>`;
  const script = `
const frames = [...document.querySelectorAll('iframe')].map((frame) => {
  const page = frame.contentDocument;
  const style = (query) => frame.contentWindow.getComputedStyle(page.querySelector(query));
  return ${probe};
});
document.body.replaceChildren(JSON.stringify(frames));
`;
  const frames = frame('light', 1000) + frame('dark', 390);
  folder.write('probe.html', `<!doctype html><body>${frames}<script>onload = () => {${script}};</script></body>`);
  const dom = await dumpDom(folder.at('probe.html'));
  return JSON.parse(/<body>(.*)<\/body>/s.exec(dom)?.[1] ?? '[]');
}

/** Prints the page of a file as a PDF. */
export async function printPdf(path: string, pdf: string): Promise<void> {
  const flags = [...FLAGS, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`];
  await execa(BROWSER ?? '', [...flags, `file://${path}`], { timeout: 60_000 });
}
