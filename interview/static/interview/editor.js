// A code editor over each <textarea data-editor="python">. The textarea stays the truth: it is what the form sends, what
// scripts read and write, and what a page without JavaScript shows.

import {
  bracketMatching, classHighlighter, Compartment, defaultKeymap, EditorState, EditorView, history, historyKeymap,
  indentOnInput, indentUnit, indentWithTab, keymap, LanguageSupport, lineNumbers, pythonLanguage, syntaxHighlighting,
} from "../vendor/codemirror/codemirror.js";

const theme = EditorView.theme({
  "&": { background: "var(--card)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "var(--radius)", fontSize: ".875rem" },
  "&.cm-focused": { outline: "2px solid var(--jade)", outlineOffset: "2px" },
  ".cm-scroller": { minHeight: "max(260px, 40dvh)", maxHeight: "70dvh", overflow: "auto", fontFamily: "var(--mono)", lineHeight: "1.65" },
  ".cm-content": { padding: ".9rem 0", caretColor: "var(--ink)", wordBreak: "normal" },
  ".cm-line": { padding: "0 1.1rem 0 .4rem" },
  ".cm-gutters": { background: "none", border: "0", color: "var(--ink-3)", paddingInlineStart: ".5rem" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--jade-soft)", outline: "1px solid var(--jade)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "var(--rose-soft)" },
});

// Ctrl+Enter belongs to the page (it runs the code); here it would open an empty line.
const keys = [indentWithTab, ...historyKeymap, ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter")];

function extensions(textarea, locked) {
  return [
    lineNumbers(), history(), indentOnInput(), bracketMatching(), keymap.of(keys),
    new LanguageSupport(pythonLanguage), syntaxHighlighting(classHighlighter), indentUnit.of("    "), EditorState.tabSize.of(4),
    theme, EditorView.cspNonce.of(document.querySelector("script[nonce]").nonce),
    EditorView.contentAttributes.of({ tabindex: "0", "aria-label": textarea.labels[0]?.textContent.trim() ?? textarea.ariaLabel }),
    EditorView.updateListener.of((update) => update.docChanged && tell(textarea, update.state.doc.toString())),
    locked.of(lock(textarea)),
  ];
}

const lock = (textarea) => [EditorState.readOnly.of(textarea.readOnly), EditorView.editable.of(!textarea.disabled)];

function tell(textarea, text) {
  if (textarea.value === text) return;
  textarea.value = text;
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}

function follow(view, textarea) {
  if (view.state.doc.toString() === textarea.value) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: textarea.value } });
}

function upgrade(textarea) {
  const locked = new Compartment();
  const view = new EditorView({ doc: textarea.value, extensions: extensions(textarea, locked) });
  textarea.after(view.dom);
  textarea.hidden = true;
  textarea.dataset.editor = "ready";
  textarea.addEventListener("input", () => follow(view, textarea));
  new MutationObserver(() => view.dispatch({ effects: locked.reconfigure(lock(textarea)) }))
    .observe(textarea, { attributeFilter: ["readonly", "disabled"] });
}

function upgradeAll() {
  document.querySelectorAll("textarea[data-editor=python]").forEach(upgrade);
}

document.addEventListener("htmx:load", upgradeAll);
upgradeAll();
