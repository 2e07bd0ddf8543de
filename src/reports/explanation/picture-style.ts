/** The style of unrolled networks. On a page of `htmlPage`, it follows that of the page. */
export const PICTURE_STYLE = `
:root { --above: #d9730d; --below: #2b6cb0; --error: #e5484d; --gate: #b7a3e0; }
@media (prefers-color-scheme: dark) { :root { --above: #f59e42; --below: #60a5fa; --gate: #5d4a8a; } }
.unrolled { display: block; height: auto; }
.unrolled text { font: 12px system-ui, sans-serif; fill: var(--ink); text-anchor: middle; }
.unrolled .small { font-size: 10px; fill: var(--quiet); }
.unrolled .start { text-anchor: start; fill: var(--ink); }
.unrolled .norm { font-size: 11px; }
.unrolled .word { font-weight: 600; font-size: 13px; }
.unrolled .box { fill: var(--soft); stroke: var(--line); }
.unrolled .source .box { stroke: var(--ink); }
.unrolled .arrow { fill: none; stroke: var(--quiet); stroke-width: 1.2; marker-end: url(#tip); }
#tip path { fill: var(--quiet); }
.unrolled .above { fill: var(--above); } .unrolled .below { fill: var(--below); }
.unrolled .bar { fill: var(--heat-colour); } .unrolled .gate { fill: var(--gate); }
.unrolled .error { fill: var(--error); }
.unrolled .wrong { fill: var(--error); font-weight: 600; }
.unrolled .later { opacity: 0.12; }
`;
