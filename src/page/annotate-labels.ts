import type { OfferedLabel } from '../annotation/protocol.js';

/** The labels with their keys and counts, and a field to find others by name. */
export class LabelBar {
  readonly #element: HTMLElement;
  readonly #search: HTMLInputElement;
  readonly #hueOf: (label: string) => number;
  #labels: readonly OfferedLabel[] = [];

  /**
   * @param onChoose is told which label the person chooses, a new one too, and whether by mouse or touch
   * @param onRemove is told which label the person removes
   */
  constructor(
    element: HTMLElement,
    search: HTMLInputElement,
    hueOf: (label: string) => number,
    onChoose: (label: string, isPointer: boolean) => void,
    onRemove: (label: string) => void,
  ) {
    this.#element = element;
    this.#search = search;
    this.#hueOf = hueOf;
    const choose = (label: string | undefined, isPointer: boolean): void => {
      search.value = '';
      this.#draw();
      if (label !== undefined && label !== '') onChoose(label, isPointer);
    };
    element.addEventListener('click', (event) => {
      const button = (event.target as Element).closest('button');
      if (button?.dataset.remove !== undefined) onRemove(button.dataset.remove);
      else if (button) choose(button.dataset.label, event.detail > 0);
    });
    search.addEventListener('input', () => this.#draw());
    search.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      choose(element.querySelector('button')?.dataset.label, false);
    });
  }

  show(labels: readonly OfferedLabel[]): void {
    this.#labels = labels;
    this.#draw();
  }

  /** Returns the label of a key from 1 to 9. */
  labelOf(key: string): string | undefined {
    return /^[1-9]$/.test(key) ? this.#labels[Number(key) - 1]?.name : undefined;
  }

  #draw(): void {
    const wanted = this.#search.value.trim();
    const found = this.#labels
      .map((label, index) => ({ ...label, key: index < 9 ? `${index + 1}` : '' }))
      .filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()))
      .sort((a, b) => Number(b.name === wanted) - Number(a.name === wanted));
    const buttons = found.map(({ name, count, key, isRemovable }) => {
      const button = this.#button(name, key, `${count}`);
      return isRemovable ? removable(button, name) : button;
    });
    const isNew = wanted !== '' && !this.#labels.some(({ name }) => name === wanted) && !/\s/.test(wanted);
    if (isNew) buttons.push(this.#button(wanted, '+', 'new'));
    this.#element.replaceChildren(...buttons);
  }

  #button(label: string, key: string, count: string): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'label';
    button.dataset.label = label;
    button.style.setProperty('--hue', `${this.#hueOf(label)}`);
    if (/\d/.test(key)) button.setAttribute('aria-keyshortcuts', key);
    button.append(...(key === '' ? [] : [elementOf('kbd', key)]), label, elementOf('span', count, 'count'));
    return button;
  }
}

/** Puts a button that removes a label beside the one that chooses it. */
function removable(button: HTMLElement, label: string): HTMLElement {
  const remove = elementOf('button', '×', 'remove-label') as HTMLButtonElement;
  remove.type = 'button';
  remove.dataset.remove = label;
  remove.title = `Remove the label ${label}, which no decision uses`;
  remove.setAttribute('aria-label', remove.title);
  const pair = elementOf('span', '', 'removable');
  pair.append(button, remove);
  return pair;
}

/** Makes an element with a text. */
export function elementOf(name: string, text: string, className = ''): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  if (className !== '') element.className = className;
  return element;
}
