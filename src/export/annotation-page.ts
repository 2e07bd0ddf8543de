/** Returns the page of `rnn annotate`, whose script and style sheet its server has. */
export function annotationPage(): string {
  return PAGE;
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>rnn annotate</title>
<link rel="stylesheet" href="annotate.css">
<script type="module" src="annotate.js"></script>
</head>
<body>
<header>
<div class="progress">
<progress id="bar" max="1" value="0" aria-label="Sentences that are decided"></progress>
<p id="progress"></p>
</div>
<p id="file"></p>
<p id="model"></p>
<p id="score"></p>
<svg id="curve" viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label="F1 by the number of sentences" hidden></svg>
<nav aria-label="Page">
<button id="open-done" type="button" aria-keyshortcuts="D" aria-expanded="false" aria-controls="done">Decided</button>
<button id="save-model" type="button" hidden>Save model</button>
<button id="open-keys" type="button" aria-keyshortcuts="?">Keys</button>
</nav>
</header>
<main>
<p id="trouble" role="alert" hidden></p>
<section id="work" aria-label="Sentence to label">
<div class="neighbour" title="The sentence that stands before this one in the texts, to be read, not labelled">
<p class="legend">Before it in the texts, for context</p>
<p id="before" class="neighbour-text" dir="auto"></p>
</div>
<div id="review" hidden></div>
<p id="hint" class="hint"></p>
<div id="sentence" role="listbox" aria-multiselectable="true" aria-label="Words of the sentence" aria-describedby="hint" tabindex="0" dir="auto"></div>
<div class="neighbour" title="The sentence that stands after this one in the texts, to be read, not labelled; another one may be asked next">
<p class="legend">After it in the texts, for context</p>
<p id="after" class="neighbour-text" dir="auto"></p>
</div>
<p id="finished" hidden></p>
</section>
</main>
<aside id="done" aria-label="Decided sentences" hidden>
<div class="done-head">
<label for="search-done">Decided</label>
<input id="search-done" type="search" placeholder="search" title="searches in texts and notes" autocomplete="off">
<button id="close-done" type="button">Close</button>
</div>
<p id="none-done" hidden></p>
<ol id="done-list" reversed></ol>
<button id="more-done" type="button" hidden>More</button>
</aside>
<footer>
<div id="labels" role="group" aria-label="Labels"></div>
<div class="fields">
<label>Label <input id="search-label" type="search" placeholder="find or add (/)" autocomplete="off" aria-keyshortcuts="/"></label>
<label class="note">Note <input id="note" type="text" placeholder="for yourself or others (N)" autocomplete="off" aria-keyshortcuts="N"></label>
</div>
<div class="actions" role="group" aria-label="Actions">
<button id="accept" type="button" class="main" aria-keyshortcuts="Enter">Accept <kbd>Enter</kbd></button>
<button id="remove" type="button" aria-keyshortcuts="Delete">Remove <kbd>Del</kbd></button>
<button id="empty" type="button" aria-keyshortcuts="X">Empty <kbd>X</kbd></button>
<button id="skip" type="button" aria-keyshortcuts="S">Skip <kbd>S</kbd></button>
<button id="undo" type="button" aria-keyshortcuts="U">Undo <kbd>U</kbd></button>
<span id="saved"></span>
</div>
</footer>
<p id="live" role="status" aria-live="polite"></p>
<dialog id="keys" aria-label="Keys">
<h2>Keys</h2>
<dl>
<dt><kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd></dt><dd>go to another word</dd>
<dt><kbd>Shift</kbd> + arrows</dt><dd>select words</dd>
<dt><kbd>1</kbd> to <kbd>9</kbd></dt><dd>label what is selected, or change the label of the entity there</dd>
<dt><kbd>/</kbd></dt><dd>find another label by its name</dd>
<dt><kbd>Del</kbd></dt><dd>remove the entity there</dd>
<dt><kbd>X</kbd></dt><dd>empty the sentence of entities</dd>
<dt><kbd>Enter</kbd></dt><dd>accept the sentence as it is, suggestions included</dd>
<dt><kbd>S</kbd></dt><dd>skip the sentence: it is not trained on</dd>
<dt><kbd>U</kbd></dt><dd>undo: a change here, else the last decision</dd>
<dt><kbd>N</kbd></dt><dd>write a note</dd>
<dt><kbd>D</kbd></dt><dd>list what is decided, to go back and change it</dd>
<dt class="of-review"><kbd>A</kbd> <kbd>B</kbd></dt><dd class="of-review">choose one of two readings; <kbd>Enter</kbd> accepts it</dd>
<dt><kbd>Esc</kbd></dt><dd>select nothing, leave a field or this list</dd>
</dl>
<p>By mouse: drag over words, then choose a label. By touch: tap the first word, then the last, then a label. A dashed frame is a
suggestion of the model with its confidence; accepting the sentence accepts it.</p>
<form method="dialog"><button class="main">Close</button></form>
</dialog>
<noscript><p>This page requires JavaScript.</p></noscript>
</body>
</html>
`;
