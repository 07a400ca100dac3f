/** How the widget looks. Constructed, so that a page that forbids inline style allows it. */

const css = /* css */ `
:host { all: initial; display: block; font-family: inherit; }
:host([hidden]) { display: none; }
[part~=box] {
  all: initial; display: block;
  --accent: var(--nabij-accent, var(--basis-color-action-1-color-default, var(--_accent, #0b4f8a)));
  --on-accent: var(--nabij-on-accent, var(--_on-accent, #fff));
  --ink: var(--nabij-ink, var(--basis-color-default-color-document, var(--_ink, #1b1f24)));
  --paper: var(--nabij-paper, var(--basis-color-default-bg-document, var(--_paper, #fff)));
  --edge: var(--nabij-edge, var(--basis-form-control-border-color, var(--_edge, #6b7785)));
  --radius: var(--nabij-radius, var(--basis-border-radius-md, .5rem));
  container-type: inline-size; box-sizing: border-box; padding: var(--nabij-padding, 1rem);
  color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: var(--radius);
  font-family: var(--nabij-font, var(--basis-text-font-family-default, var(--_font, inherit))); font-size: max(1rem, 16px); line-height: 1.5;
  text-align: start; overflow-wrap: anywhere;
}
*, ::before { box-sizing: border-box; }
[hidden] { display: none !important; }
p { margin: .25em 0; }
label { font-weight: 700; font-size: 1.15em; }
[part~=row] { display: flex; flex-wrap: wrap; gap: .5em; }
input, button { font: inherit; min-block-size: max(2.75em, 44px); padding: .4em .8em; border: 2px solid var(--edge); border-radius: var(--radius); }
input { flex: 1 1 9em; min-inline-size: 0; color: var(--ink); background: var(--paper); }
button { font-weight: 700; cursor: pointer; color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
[part~=again] { color: var(--accent); background: var(--paper); }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
[aria-invalid] { border-color: #a31515; }
[part~=error] { color: #a31515; font-weight: 700; }
[part~=heading] { font-size: 1.2em; line-height: 1.3; margin: .75em 0 .5em; }
[part~=list] { display: grid; gap: .75em; margin: 0; padding: 0; list-style: none; }
[part~=item] { padding: .6em .8em; border: 1px solid var(--edge); border-radius: var(--radius); }
a { display: inline-block; min-block-size: 24px; padding-block: .2em; color: var(--accent); text-underline-offset: .15em; }
[part~=link] { font-weight: 700; font-size: 1.1em; }
[part~=open]::before { content: ""; display: inline-block; inline-size: .6em; block-size: .6em; margin-inline-end: .4em; border-radius: 50%; background: currentColor; }
[part~=footer] { margin-block-start: .75em; }
@container (min-width: 36em) { [part~=list] { grid-template-columns: 1fr 1fr; } [part~=input] { max-inline-size: 20em; } }
@media (forced-colors: active) { [part~=open]::before { background: CanvasText; } }
@media print { form { display: none; } }
`;

/** A style sheet of some text. */
export function base(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

let made: CSSStyleSheet | undefined;

/** That of every widget, made once, and not before there is one. */
export function sheet(): CSSStyleSheet {
  return (made ??= base(css));
}
