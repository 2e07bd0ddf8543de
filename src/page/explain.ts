/**
 * The script of the page of `rnn explain`: it steps through the pictures that are seen, forward word by word and then backward
 * with the errors, and through the epochs of a film.
 */

/** The width of an error that is the largest of its word. */
const LONGEST_BAR = 80;

/** How long a film shows an epoch, in milliseconds. */
const FRAME_TIME = 500;

const slider = find<HTMLInputElement>('step');
const said = find<HTMLOutputElement>('said');

/** Shows the step of the slider in all pictures that are seen. */
function showStep(): void {
  const pictures = [...document.querySelectorAll<SVGElement>('.unrolled')].filter((picture) => isSeen(picture));
  const step = Number(slider.value);
  const told = pictures.map((picture) => {
    const text = showStepOf(picture, step);
    return pictures.length > 1 ? `${picture.dataset.name}: ${text}` : text;
  });
  said.textContent = step === 0 ? 'The whole sentence; step forward with the arrow keys' : told.join(' · ');
}

/** Shows a step in one picture, and returns what is to be said about it. */
function showStepOf(picture: SVGElement, step: number): string {
  const columns = [...picture.querySelectorAll<SVGElement>('[data-t]')];
  const T = columns.length;
  const source = step > T ? 2 * T - step : -1;
  const current = source < 0 ? step - 1 : source;
  for (const [t, column] of columns.entries()) {
    column.classList.toggle('later', step > 0 && step <= T && t >= step);
    column.classList.toggle('source', t === current);
  }
  for (const bar of picture.querySelectorAll<SVGElement>('[data-shares]')) {
    const share = source < 0 ? 0 : Number(bar.dataset.shares?.split(' ')[source] ?? 0);
    bar.setAttribute('width', String(LONGEST_BAR * share));
  }
  const column = columns[current];
  const frame = picture.closest('.scroll');
  if (column && frame) {
    const box = column.getBoundingClientRect();
    frame.scrollLeft += box.left - frame.getBoundingClientRect().left - box.width;
  }
  return column?.dataset[source < 0 ? 'said' : 'back'] ?? '';
}

/** Shows the picture of an epoch in place of the others. */
function showEpoch(epochs: HTMLInputElement): void {
  for (const frame of document.querySelectorAll<HTMLElement>('[data-epoch]')) {
    const isShown = frame.dataset.epoch === epochs.value;
    if (frame.matches('tr')) frame.classList.toggle('now', isShown);
    else frame.hidden = !isShown;
    if (isShown && frame.dataset.told !== undefined) find('told').textContent = frame.dataset.told;
  }
  showStep();
}

function isSeen(element: Element): boolean {
  return element.getClientRects().length > 0;
}

function find<Kind extends HTMLElement>(id: string): Kind {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no ${id}`);
  return element as Kind;
}

/** Moves a slider, and says whether it could move. */
function move(range: HTMLInputElement, by: number): boolean {
  const before = range.value;
  range.value = String(Number(before) + by);
  return range.value !== before;
}

/** Lets the film run from its beginning, or stops it. */
function createPlayer(epochs: HTMLInputElement, button: HTMLElement): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
    button.textContent = 'Play';
  };
  button.addEventListener('click', () => {
    if (timer !== undefined) return stop();
    if (epochs.value === epochs.max) epochs.value = '0';
    showEpoch(epochs);
    button.textContent = 'Stop';
    timer = setInterval(() => {
      if (move(epochs, 1)) showEpoch(epochs);
      else stop();
    }, FRAME_TIME);
  });
}

const epochs = document.querySelector<HTMLInputElement>('#epoch');
for (const controls of document.querySelectorAll<HTMLElement>('.controls')) controls.hidden = false;
slider.addEventListener('input', showStep);
for (const choice of document.querySelectorAll('[name="shown"]')) choice.addEventListener('change', showStep);
if (epochs) {
  epochs.addEventListener('input', () => showEpoch(epochs));
  createPlayer(epochs, find('play'));
}
addEventListener('keydown', (event) => {
  if (event.target instanceof HTMLInputElement || !/^Arrow(Left|Right)$/.test(event.key)) return;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const by = event.key === 'ArrowRight' ? 1 : -1;
  event.preventDefault();
  if (event.shiftKey && epochs) {
    move(epochs, by);
    showEpoch(epochs);
  } else {
    move(slider, by);
    showStep();
  }
});
if (epochs) showEpoch(epochs);
else showStep();
