// How the element looks. A page changes it by the custom properties, and beyond them by the parts.

export const sheet = new CSSStyleSheet();

// The colours follow the colour scheme of the page, which may be that of the system.
sheet.replaceSync(`
:host {
  --back: var(--heliograph-background, light-dark(#f6f5f1, #16181d));
  --card: var(--heliograph-surface, light-dark(#ffffff, #1f2229));
  --ink: var(--heliograph-text, light-dark(#22252b, #e9e7e1));
  --soft: var(--heliograph-muted, light-dark(#5b6070, #a5abb8));
  --line: var(--heliograph-line, light-dark(#e2dfd6, #333842));
  --edge: var(--heliograph-edge, light-dark(#8b8779, #767d8c));
  --mine: var(--heliograph-own, light-dark(#fdf0d9, #3a2f18));
  --accent: var(--heliograph-accent, light-dark(#b35f00, #f5a524));
  --on-accent: var(--heliograph-on-accent, light-dark(#ffffff, #1b1503));
  --link: var(--heliograph-link, light-dark(#8a4b00, #f7b955));
  --good: light-dark(#1b7a43, #5fd08f);
  --bad: light-dark(#b3261e, #ff8a80);
  --round: var(--heliograph-radius, .8rem);
  display: grid;
  grid-template: auto minmax(0, 1fr) auto auto / minmax(0, 1fr);
  block-size: var(--heliograph-height, 32rem);
  border: 1px solid var(--line);
  border-radius: var(--round);
  overflow: hidden;
  background: var(--back);
  color: var(--ink);
  font: var(--heliograph-font, 1rem/1.45 system-ui, sans-serif);
  text-align: start;
}
:host([hidden]) { display: none; }
:host([theme=light]) { color-scheme: light; }
:host([theme=dark]) { color-scheme: dark; }
*, ::before { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, p, ol, ul { margin: 0; padding: 0; }
ol, ul { list-style: none; }
.visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--link); outline-offset: -3px; }
button, textarea { border: 1px solid var(--edge); border-radius: calc(var(--round) * .75); background: var(--card); color: inherit; font: inherit; }
button { min-block-size: 2.5rem; padding: .3rem .9rem; border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600; cursor: pointer; }
button:focus-visible { outline-offset: 2px; }
button:disabled { opacity: .6; cursor: default; }
button.link { min-block-size: 1.75rem; padding: 0 .3rem; border: 0; background: none; color: var(--link); font-weight: 500; text-decoration: underline; }
a { color: var(--link); }

header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .8rem; padding: .7rem 1rem; border-block-end: 1px solid var(--line); background: var(--card); }
h2 { font-size: 1.05em; overflow-wrap: anywhere; }
h2:empty { display: none; }
.state { color: var(--soft); font-size: .8125em; }
.state::before { content: ""; display: inline-block; inline-size: .6em; block-size: .6em; margin-inline-end: .4em; border-radius: 50%; background: var(--edge); }
.state:empty { display: none; }
.state[data-state=live]::before { background: var(--good); }
.state[data-state=offline]::before, .state[data-state=stopped]::before { border-radius: 0; background: var(--bad); }

.conversation { position: relative; min-block-size: 0; }
.scroller { display: grid; align-content: start; gap: .5rem; block-size: 100%; padding: .8rem 1rem; overflow-y: auto; overflow-anchor: none; }
.older { justify-self: center; }
.messages { display: flex; flex-direction: column; align-items: flex-start; gap: .5rem; min-inline-size: 0; }
.messages > li { max-inline-size: min(42rem, 92%); padding: .45rem .75rem; border: 1px solid var(--line); border-radius: var(--round); background: var(--card); }
.messages > li.mine { align-self: flex-end; background: var(--mine); }
.messages > li.pending { border-style: dashed; border-color: var(--edge); }
.messages > li.line { align-self: stretch; max-inline-size: none; padding: 0; border: 0; border-block-end: 2px solid var(--accent); border-radius: 0; background: none; color: var(--link); font-size: .8125em; font-weight: 600; text-align: end; }
.who { display: flex; flex-wrap: wrap; gap: 0 .7rem; color: var(--soft); font-size: .8125em; }
.name { font-weight: 600; }
.bot { padding-inline: .35rem; border: 1px solid var(--edge); border-radius: .4rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.text.gone { color: var(--soft); font-style: italic; }
.status { color: var(--soft); font-size: .8125em; }
.status.failed { color: var(--bad); }
.reactions { display: flex; flex-wrap: wrap; gap: .3rem; margin-block-start: .3rem; font-size: .875em; }
.reactions li { padding: 0 .45rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--back); color: var(--ink); }
.newer { position: absolute; inset-block-end: .7rem; inset-inline: 0; margin-inline: auto; inline-size: max-content; border-radius: 2rem; }

.typing { min-block-size: 1.4em; padding-inline: 1rem; color: var(--soft); font-size: .8125em; }
.composer { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .6rem; padding: .2rem 1rem .9rem; }
textarea { min-block-size: 2.5rem; max-block-size: 9rem; padding: .45rem .75rem; resize: none; field-sizing: content; }
textarea::placeholder { color: var(--soft); opacity: 1; }
`);
