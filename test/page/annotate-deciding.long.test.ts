import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { FIRST } from '../../src/annotation/learning.js';
import { AnnotationPage } from '../helpers/annotation-page.js';
import { BROWSER } from '../helpers/browser.js';

const page = new AnnotationPage();
page.folder.write('many.txt', Array.from({ length: 100 }, (_, index) => `Ada met Bob on day ${index} .\n`).join(''));

/** The readings of a review that are on the screen. */
function chosen(): Promise<string[]> {
  return page.browser.evaluate(
    "[...document.querySelectorAll('#review [aria-pressed=true] kbd')].map((key) => key.textContent)",
  );
}

/** Clicks a button, and presses Enter when the sentence that it goes to appears. */
async function goAndAccept(button: string): Promise<void> {
  await page.browser.evaluate(`{
    const sentence = document.querySelector('#sentence');
    const observer = new MutationObserver(() => {
      observer.disconnect();
      setTimeout(() => sentence.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })));
    });
    observer.observe(sentence, { childList: true });
    document.querySelector('${button}').click();
  }`);
}

function isTroubleHidden(): Promise<boolean> {
  return page.browser.evaluate("document.querySelector('#trouble').hidden");
}

describe.skipIf(BROWSER === undefined)('the page of rnn annotate', () => {
  test('takes a second Enter for the sentence before, and says what was accepted', async () => {
    await page.open('texts.txt');
    await page.press('1', 'Enter');
    await page.untilShown('Bob');
    expect(await page.textOf('#saved')).toBe('Accepted with 1 name, saved');
    await page.browser.press('Enter'); // at once
    await page.browser.press('Enter');
    expect(await page.textOf('#saved')).toBe('Not decided: too fast');
    expect(await page.textOf('#live')).toBe('Not decided: too fast. Bob stayed .');
    await setTimeout(500);
    expect(page.saved()).toEqual(['accept, PER Ada']);
    expect(await page.sentence()).toMatch(/^Bob/);
    await page.press('Enter');
    await page.untilShown('Eve');
    expect(await page.textOf('#saved')).toBe('Accepted without names, saved');
    await page.shoot('accepted');
    await page.browser.look(400, 900, 'dark');
    await page.shoot('accepted-400-dark');
    await page.press('s');
    await expect.poll(() => page.textOf('#saved')).toBe('Skipped, saved');
    expect(await page.textOf('#progress')).toBe('2 accepted, 1 skipped, 0 left');
  });

  test('does not accept suggestions that come just before Enter is pressed', async () => {
    const annotation = await page.open('many.txt');
    for (let count = 1; count < FIRST; count++) await annotation.accept({ label: 'PER', start: 0, end: 1 });
    await page.browser.evaluate('location.reload()');
    await page.untilShown(`Ada.* day \\| ${FIRST - 1} `);
    await page.press('1', 'Enter');
    await page.untilShown(`Ada.* day \\| ${FIRST} `);
    await page.browser.evaluate(`{
      const sentence = document.querySelector('#sentence');
      const observer = new MutationObserver(() => {
        if (!sentence.querySelector('.suggested')) return;
        observer.disconnect();
        sentence.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
      });
      observer.observe(sentence, { subtree: true, attributeFilter: ['class'] });
    }`);
    const said = () => page.textOf('#saved');
    await expect.poll(said, { timeout: 60_000 }).toBe('Not decided: suggestions have just come');
    expect(await page.textOf('#live')).toMatch(/^Not decided: .*Ada: PER, suggested/);
    expect(page.saved()).toHaveLength(FIRST);
    await page.press('Enter');
    await page.untilShown(`Ada.* day \\| ${FIRST + 1} `);
    expect(page.saved()).toHaveLength(FIRST + 1);
  });

  test('skips a sentence for each press, however fast', async () => {
    await page.open('texts.txt');
    await page.browser.evaluate(`for (let presses = 0; presses < 2; presses++)
      document.querySelector('#sentence').dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true }))`);
    await page.untilShown('Eve');
    expect(await page.textOf('#saved')).toBe('Skipped, saved');
    await page.browser.press('s');
    await expect.poll(() => page.textOf('#finished')).toContain('All is labelled');
    expect(page.saved()).toEqual(['skip', 'skip', 'skip']);
  });

  test('accepts a sentence at once to which the person went', async () => {
    await page.open('texts.txt');
    await page.press('1', 'Enter');
    await page.untilShown('Bob');
    await goAndAccept('#undo');
    await expect.poll(() => page.saved()).toEqual(['accept, PER Ada', 'undone, PER Ada', 'accept, PER Ada']);
    await page.untilShown('Bob');
    await expect.poll(() => page.textOf('#done-list')).toContain('Ada Lovelace');
    await goAndAccept('#done-list button');
    await expect.poll(() => page.saved().length).toBe(4);
  });

  test('decides nothing while Enter is held down', async () => {
    await page.open('texts.txt');
    await page.look();
    await page.browser.evaluate(`document.querySelector('#sentence').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true }))`);
    await setTimeout(300);
    expect(page.saved()).toEqual([]);
  });

  test('says that there is nothing to take back', async () => {
    await page.open('texts.txt');
    await page.press('u');
    await expect.poll(() => page.textOf('#saved')).toBe('There is nothing to take back');
    await page.press('Enter');
    await page.untilShown('Bob');
    await page.press('u');
    await expect.poll(() => page.textOf('#saved')).toBe('Taken back');
  });

  test('undoes changes, then decisions', async () => {
    await page.open('texts.txt');
    await page.press('1', 'Enter');
    await page.untilShown('Bob');
    await page.press('1', 'u');
    await page.untilShown(String.raw`Bob \|`);
    await page.press('u');
    await page.untilShown('Ada, PER');
    await page.press('x', 'Enter');
    await page.untilShown('Bob');
    expect(page.saved()).toEqual(['accept, PER Ada', 'undone, PER Ada', 'accept']);
  });

  test('goes back to what is done, changes it, and goes on', async () => {
    await page.open('texts.txt');
    await page.press('1', 'Enter');
    await page.untilShown('Bob');
    await expect.poll(() => page.textOf('#done-list')).toContain('Ada Lovelace');
    await page.click('#done-list button');
    await page.untilShown('Ada, PER');
    expect(await page.textOf('#hint')).toContain('Accepted before');
    await page.press('2', 'Enter');
    await page.untilShown('Bob');
    expect(page.saved()).toEqual(['accept, PER Ada', 'accept, LOC Ada']);
    expect(await page.textOf('[data-label="LOC"] .count')).toBe('1');
  });

  test('keeps what was begun on a sentence while the person is at another one', async () => {
    await page.open('texts.txt');
    await page.press('Enter');
    await page.untilShown('Bob');
    await page.press('1', 'n', 'h', 'm', 'Enter');
    await expect.poll(() => page.textOf('#done-list')).toContain('Ada Lovelace');
    await page.click('#done-list button');
    await page.untilShown('Ada');
    await page.press('Enter');
    await page.untilShown('Bob, PER');
    await page.press('Enter');
    await page.untilShown('Eve');
    expect(page.saved()).toEqual(['accept', 'accept', 'accept, PER Bob, (hm)']);
  });

  test('says what is not saved when the server is gone, and goes on when it is there again', async () => {
    const annotation = await page.open('texts.txt');
    await page.press('Shift+ArrowRight', '1', 'Enter');
    await page.untilShown('Bob');
    await page.press('1');
    await annotation.stop('SIGKILL');
    await page.press('Enter');
    await expect.poll(() => page.textOf('#trouble')).toContain('not saved');
    expect(await page.sentence()).toMatch(/^Bob, PER/);
    await page.restart(annotation);
    await expect.poll(isTroubleHidden, { timeout: 5000 }).toBe(true); // by itself
    await page.press('Enter');
    await page.untilShown('Eve');
    expect(page.saved()).toEqual(['accept, PER Ada Lovelace', 'accept, PER Bob']);
  });

  test('shows what the server refuses until something else is done', async () => {
    await page.open('texts.txt');
    await page.browser.evaluate("document.querySelector('#save-model').click()"); // of which there is none yet
    await expect.poll(() => page.textOf('#trouble')).toContain('no model has learnt yet');
    await setTimeout(2500); // longer than the page takes to ask the server how the model does
    expect(await isTroubleHidden()).toBe(false);
    await page.press('Enter');
    await page.untilShown('Bob');
    expect(await isTroubleHidden()).toBe(true);
  });

  test('chooses between two readings in a review, or takes an edited one', async () => {
    const finding = (id: string, first: string): string =>
      JSON.stringify({
        ...{ id, file: 'c.conll', line: 1, text: `${first} Smith left`, tokens: [first, 'Smith', 'left'], doubt: 0.9 },
        ...{ given: null, suggested: null, spans: [{ label: 'PER', start: 0, end: 1 }] },
        suggestedSpans: [{ label: 'PER', start: 0, end: 2 }],
      });
    page.folder.write('findings.jsonl', ['Ada', 'Bob', 'Eve', 'Zoe'].map((name) => finding(name, name)).join('\n'));
    await page.open('--review', 'findings.jsonl');
    await page.untilShown('Ada, PER');
    await page.shoot('review');
    expect(await page.textOf('#review')).toContain('the other reading (doubt 90 %)');
    expect(await page.textOf('#hint')).toBe('A or B chooses a reading, and Enter accepts what is below.');
    await page.press('b', 'a', 'Enter');
    await page.untilShown('Bob');
    await page.press('b');
    await page.untilShown(String.raw`Bob, PER \| Smith, PER`); // B alone decides nothing, so that Enter is about this sentence
    expect(await chosen()).toEqual(['B']);
    expect(page.saved()).toHaveLength(1);
    await page.press('Enter');
    await page.untilShown('Eve');
    await page.press('x');
    expect(await chosen()).toEqual([]);
    await page.press('u');
    expect(await chosen()).toEqual(['A']);
    await page.press('x', 'Enter');
    await page.untilShown('Zoe');
    await page.click('#review button:nth-child(2)');
    await page.press('Enter');
    await expect.poll(() => page.textOf('#finished')).toContain('All is decided');
    expect(page.saved()).toEqual(['accept, PER Ada', 'accept, PER Bob Smith', 'accept', 'accept, PER Zoe Smith']);
  });

  test('asks its own server alone', async () => {
    await page.open('texts.txt');
    await page.press('1', 'Enter');
    await page.untilShown('Bob');
    const names = await page.browser.evaluate<string[]>(
      "performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin)",
    );
    expect(new Set(names)).toEqual(new Set([await page.browser.evaluate('location.origin')]));
  });
});
