import { PICTURE_STYLE } from './picture-style.js';

/** The style of pages that explain. */
export const EXPLANATION_STYLE = `${PICTURE_STYLE}
.quiet { color: var(--quiet); }
.note { border-left: 3px solid var(--error); padding-left: 0.6rem; }
.heads { position: absolute; }
.scroll { overflow-x: auto; max-width: 100%; }
.name { margin-top: 1rem; }
.sticky { position: sticky; top: 0; background: var(--paper); z-index: 1; }
.controls { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center; padding: 0.3rem 0; }
.controls[hidden] { display: none; }
.controls label { display: flex; gap: 0.5rem; align-items: center; }
.controls input { width: 14rem; max-width: 50vw; }
.controls output { min-height: 1.5em; }
fieldset { border: 1px solid var(--line); border-radius: 6px; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
pre { white-space: pre-wrap; }
code { overflow-wrap: anywhere; font-size: 0.9rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.2rem 0.6rem; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
.reach [style] { background: color-mix(in srgb, var(--error) calc(var(--share) * 1%), transparent); }
.reach th, .reach td { padding: 0.2rem 0.35rem; font-size: 0.8rem; text-align: right; }
`;
