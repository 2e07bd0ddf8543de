import { describe, expect, test } from 'vitest';
import { AnnotationPage } from '../helpers/annotation-page.js';
import { BROWSER } from '../helpers/browser.js';

const page = new AnnotationPage();
page.folder.write('right.txt', 'التقى محمد بن زايد الوزير في أبوظبي .\n姚明在北京。\n');

describe.skipIf(BROWSER === undefined)('the page of rnn annotate', () => {
  test('labels by the keyboard alone', async () => {
    await page.open('texts.txt');
    await page.press('Shift+ArrowRight', '1');
    await page.untilShown('Ada, PER | Lovelace, PER | left');
    await page.press('ArrowRight', 'ArrowRight', '3', '2'); // one key changes a label
    await page.untilShown('Ada, PER | Lovelace, PER | left | Paris, LOC');
    await page.press('Enter');
    await page.untilShown('Bob');
    await page.press('1', 'x', 'Enter');
    await page.untilShown('Eve');
    await page.press('End', 'ArrowLeft', 'Shift+ArrowLeft', '/', ...'dise', 'Enter');
    await page.untilShown(String.raw`Eve \| met \| Ada \| in \| New, DISEASE \| York, DISEASE`);
    await page.press('n', ...'sure?', 'Enter', 's');
    await expect.poll(() => page.textOf('#finished')).toContain('All is labelled');
    expect(page.saved()).toEqual(['accept, PER Ada Lovelace, LOC Paris', 'accept', 'skip, DISEASE New York, (sure?)']);
  });

  test('labels by the mouse alone, and removes', async () => {
    await page.open('texts.txt');
    await page.browser.drag(await page.token(0), await page.token(1));
    await page.click('[data-label="PER"]');
    await page.browser.drag(await page.token(3));
    await page.click('[data-label="LOC"]');
    await page.browser.drag(await page.token(2));
    await page.click('[data-label="ORG"]');
    await page.browser.drag(await page.token(2));
    await page.click('#remove');
    await page.untilShown(String.raw`Ada, PER \| Lovelace, PER \| left \| Paris, LOC`);
    await page.shoot('labelled');
    await page.look();
    await page.click('#accept');
    await page.untilShown('Bob');
    await page.click('#skip');
    await page.untilShown('Eve');
    expect(page.saved()).toEqual(['accept, PER Ada Lovelace, LOC Paris', 'skip']);
  });

  test('labels nothing where no word was pointed at', async () => {
    await page.open('texts.txt');
    await page.click('[data-label="PER"]');
    expect(await page.sentence()).toMatch(/^Ada \| Lovelace \|/);
    await page.browser.drag(await page.token(0));
    await page.click('[data-label="PER"]');
    expect(await page.sentence()).toMatch(/^Ada, PER \| Lovelace \|/);
  });

  test('makes a name as short as what is selected in it, and a change that changes nothing is not undone', async () => {
    await page.open('texts.txt');
    await page.press('Shift+ArrowRight', '1', '1');
    await page.untilShown(String.raw`Ada, PER \| Lovelace, PER`);
    await page.browser.drag(await page.token(1));
    await page.press('1');
    await page.untilShown(String.raw`Ada \| Lovelace, PER`);
    await page.press('1', 'u');
    await page.untilShown(String.raw`Ada, PER \| Lovelace, PER`);
    await page.press('u');
    await page.untilShown(String.raw`Ada \| Lovelace \|`);
  });

  test('makes a name shorter by touch', async () => {
    await page.open('texts.txt');
    await page.press('Shift+ArrowRight', 'Shift+ArrowRight', '1');
    await page.browser.tap(await page.token(0));
    await page.browser.tap(await page.token(1));
    await page.browser.tap(await page.placeOf('[data-label="PER"]'));
    await page.untilShown(String.raw`Ada, PER \| Lovelace, PER \| left \|`);
  });

  test('removes a label that was added by accident and is not used', async () => {
    await page.open('texts.txt');
    await page.press('/', ...'perr', 'Enter', 'Enter');
    await page.untilShown('Bob');
    expect(await page.browser.evaluate("document.querySelectorAll('.remove-label').length")).toBe(0);
    await page.press('u');
    await page.untilShown('Ada, perr');
    await page.click('[data-remove="perr"]');
    expect(await page.textOf('#saved')).toBe('perr is used in this sentence');
    await page.press('1');
    await page.untilShown('Ada, PER');
    await page.shoot('removable');
    await page.click('[data-remove="perr"]');
    await expect.poll(() => page.textOf('#saved')).toBe('Label perr removed');
    expect(await page.browser.evaluate(`document.querySelector('[data-label="perr"]')`)).toBe(null);
    await page.press('Enter');
    await page.untilShown('Bob');
    expect(await page.textOf('#labels')).not.toContain('perr');
    expect(page.saved()).toEqual(['accept, perr Ada', 'undone, perr Ada', 'accept, PER Ada']);
  });

  test('keeps a label that a sentence uses that was begun and left, and its colour', async () => {
    await page.open('texts.txt');
    await page.press('/', ...'perr', 'Enter', 'Enter');
    await page.untilShown('Bob');
    const goBack = async (): Promise<void> => {
      await expect.poll(() => page.textOf('#done-list')).toContain('Ada Lovelace');
      await page.click('#done-list button');
      await page.untilShown('Ada');
    };
    await goBack();
    await page.press('1', 'Enter');
    await page.untilShown('Bob');
    await page.press('/', ...'perr', 'Enter', 'ArrowRight', '/', ...'verb', 'Enter');
    await page.untilShown(String.raw`Bob, perr \| stayed, verb`);
    const colour = "getComputedStyle(document.querySelector('#token-1')).getPropertyValue('--hue')";
    const before = await page.browser.evaluate(colour);
    await goBack();
    await page.click('[data-remove="perr"]');
    expect(await page.textOf('#saved')).toBe('perr is used in a sentence that is begun: “\u2068Bob stayed .\u2069”');
    await page.shoot('begun');
    await page.press('Enter');
    await page.untilShown(String.raw`Bob, perr \| stayed, verb`);
    expect(await page.browser.evaluate(colour)).toBe(before);
    await page.press('Enter');
    await page.untilShown('Eve');
    expect(page.saved().at(-1)).toBe('accept, perr Bob, verb stayed');
  });

  test('forgets the words of a search when it is left', async () => {
    await page.open('texts.txt');
    await page.press('1', 'Enter');
    await page.untilShown('Bob');
    const searched = (query: string): Promise<string> =>
      page.browser.evaluate(`document.querySelector(${JSON.stringify(query)}).value`);
    const labels = (): Promise<number> => page.browser.evaluate("document.querySelectorAll('#labels .label').length");
    await page.press('/', ...'dise');
    expect(await labels()).toBe(2); // DISEASE, and the new one
    await page.press('Escape');
    expect([await searched('#search-label'), await labels()]).toEqual(['', 11]);
    await page.browser.evaluate("document.querySelector('#search-done').focus()");
    await page.press(...'zzz');
    await expect.poll(() => page.textOf('#none-done')).toBe('No decided sentence matches.');
    await page.press('Escape');
    expect(await searched('#search-done')).toBe('');
    await expect.poll(() => page.textOf('#done-list')).toContain('Ada Lovelace');
    await page.browser.evaluate("document.querySelector('#search-done').focus()");
    await page.press(...'zzz');
    await page.click('#close-done');
    await page.press('d');
    expect(await searched('#search-done')).toBe('');
    await expect.poll(() => page.textOf('#done-list')).toContain('Ada Lovelace');
  });

  test('labels by touch: the first word, the last one, a label', async () => {
    await page.open('texts.txt');
    await page.browser.tap(await page.token(0));
    await page.browser.tap(await page.token(1));
    await page.browser.tap(await page.placeOf('[data-label="PER"]'));
    await page.untilShown(String.raw`Ada, PER \| Lovelace, PER`);
    await page.look();
    await page.browser.tap(await page.placeOf('#accept'));
    await page.untilShown('Bob');
    expect(page.saved()).toEqual(['accept, PER Ada Lovelace']);
  });

  test('goes with the arrows as the text runs: right to left, and where no spaces are', async () => {
    await page.open('right.txt');
    await page.press('ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowLeft', '1');
    await page.untilShown(String.raw`التقى \| محمد, PER \| بن, PER \| زايد, PER \| الوزير`);
    expect(await page.textOf('#hint')).toBe('“\u2068محمد بن زايد\u2069”: PER');
    await page.shoot('right-to-left');
    await page.press('Enter');
    await page.untilShown('姚');
    await page.press('ArrowRight', '2');
    expect(await page.sentence()).toMatch(/^[^|]+ \| [^|]+, LOC/);
  });
});
