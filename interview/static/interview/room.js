// The interview room: a draft that is never lost, the end, the tabs and the keys. The countdown is in clock.js.

const MOST_KEPT_ALIVE = 60_000; // Browsers let a leaving page send 64 KiB.
const RETRY_MS = [2000, 4000, 8000, 15000];
const stage = () => document.getElementById("stage");
const form = () => document.getElementById("answer-form");
const text = (name) => form()?.elements.namedItem(name);

// --- The end: the last words are sent; after the server's grace the page asks how it goes on. Where the server knows of
// time that is left, it goes on at once. ---

let closing = null;

function close() {
  if (closing !== null || !form()) return;
  save({ isLast: true });
  for (const field of form().querySelectorAll("textarea")) field.readOnly = true;
  for (const button of form().querySelectorAll("button")) button.disabled = true;
  document.getElementById("time-is-up").hidden = false;
  const grace = Number(document.getElementById("clock").dataset.graceMs);
  closing = setTimeout(() => location.reload(), grace + 500);
}

// --- The draft: on the server within AUTOSAVE of the first unsaved change, and on this device until then. ---

let timer = null;
let failures = 0;
let saved = null;

const NAMES = ["answer", "code", "confidence"];
const words = () => JSON.stringify(NAMES.map((name) => text(name)?.value));
const told = () => JSON.stringify(NAMES.map((name) => asTold(text(name)))); // What the server sent with the page.
const asTold = (field) =>
  field instanceof RadioNodeList ? ([...field].find((radio) => radio.defaultChecked)?.value ?? "") : field?.defaultValue;
const key = () => `draft-${stage().dataset.place}`;

function changed() {
  if (!form() || words() === saved) return;
  localStorage.setItem(key(), JSON.stringify({ revision: text("revision").value, words: words() }));
  timer ??= setTimeout(save, Number(document.getElementById("autosave").dataset.autosaveMs));
}

// While two texts wait for a choice, none is sent; but when the page is about to go, nobody will choose any more, and the
// server is asked to keep both.
function mayGo({ isLast }) {
  const isStale = document.querySelector("#saved[data-stale]") !== null;
  text("last").disabled = !(isStale && isLast);
  return isLast || !isStale;
}

function save({ isLast = false } = {}) {
  clearTimeout(timer);
  timer = null;
  const element = document.getElementById("autosave");
  if (!element || words() === saved || !mayGo({ isLast })) return;
  element.sending = words();
  htmx.trigger(element, "save");
}

// What a tab sends is counted, so that a request that is overtaken on its way overwrites nothing.
function count() {
  const field = text("count");
  field.value = Number(field.value) + 1;
  return field.value;
}

function savedNow(element) {
  saved = element.sending;
  failures = 0;
  if (saved === words()) localStorage.removeItem(key());
  else changed();
}

// By the clock that the person has chosen, as "Saved at" is.
function sayNotSaved() {
  const template = document.getElementById("not-saved");
  const since = new Date().toLocaleTimeString("en-GB", { timeZone: template.dataset.timeZone });
  document.getElementById("saved").textContent = template.content.textContent.trim().replace("{time}", since);
}

function notSaved() {
  if (failures === 0) sayNotSaved();
  timer ??= setTimeout(save, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
}

// The page goes away, or is only covered for a while: what is unsaved leaves at once, whatever its own requests are doing.
async function leave() {
  const element = document.getElementById("autosave");
  if (!element || words() === saved || !mayGo({ isLast: true })) return;
  clearTimeout(timer);
  timer = null;
  element.sending = words();
  count();
  const token = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="))?.slice("csrftoken=".length);
  const headers = { "HX-Request": "true", "X-CSRFToken": token };
  const body = new URLSearchParams(new FormData(form())).toString();
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  const options = { method: "POST", body, headers: { ...headers, ...type }, keepalive: body.length < MOST_KEPT_ALIVE };
  const reply = await fetch(element.getAttribute("hx-post"), options).catch(() => null);
  if (!reply?.ok) return changed();
  const revision = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("revision");
  if (revision) text("revision").value = revision.value;
  savedNow(element);
}

// What this device still holds from a lost connection comes back with the revision it was based on: where the server
// knows something newer, its answer to the next save shows both.
function restore() {
  saved = told();
  const kept = JSON.parse(localStorage.getItem(key()));
  if (kept === null || kept.words === saved) {
    localStorage.removeItem(key());
    return changed(); // Somebody may have typed before this script was there.
  }
  const values = JSON.parse(kept.words);
  text("revision").value = kept.revision;
  NAMES.forEach((name, at) => put(name, values[at]));
  changed();
}

function put(name, value) {
  const field = text(name);
  if (!field || value === undefined || value === null) return;
  field.value = value;
  if (field instanceof Element) field.dispatchEvent(new Event("input", { bubbles: true }));
}

function keep(choice) {
  const status = document.getElementById("saved");
  const newer = { answer: status.querySelector("[data-newer=answer]"), code: status.querySelector("[data-newer=code]") };
  text("revision").value = status.dataset.revision;
  if (choice === "newer") for (const name of ["answer", "code"]) put(name, newer[name]?.textContent);
  delete status.dataset.stale;
  saved = null;
  save();
}

// --- Tabs, keys, and the buttons that only make sense with a script. ---

function showTab(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const isOpen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", isOpen);
    tab.tabIndex = isOpen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !isOpen;
  }
  sessionStorage.setItem(`tab-${stage().dataset.place}`, name);
}

function setUp() {
  clearTimeout(closing);
  closing = null;
  for (const element of document.querySelectorAll("[role=tablist], [data-open-keys]")) element.hidden = false;
  if (document.querySelector("[role=tab]")) showTab(sessionStorage.getItem(`tab-${stage().dataset.place}`) ?? "answer");
  if (form()) restore();
  const answer = text("answer");
  if (answer && document.activeElement === answer) answer.setSelectionRange(answer.value.length, answer.value.length);
  const soon = stage().querySelector("[data-reload-after-ms]");
  if (soon) setTimeout(() => location.reload(), Number(soon.dataset.reloadAfterMs) + 500);
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("button");
  if (!target) return;
  if (target.matches("[role=tab]")) showTab(target.id.replace("tab-", ""));
  if (target.matches("[data-open-keys]")) document.getElementById("keys")?.showModal();
  if (target.matches("[data-keep]")) keep(target.dataset.keep);
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form()?.contains(event.target)) {
    event.preventDefault();
    document.getElementById(event.target.closest("#panel-code") ? "run-code" : "lock").click();
  } else if (event.key === "Enter" && event.target.matches("#answer-form input")) {
    // A browser would press the form's first button; only the buttons and Ctrl+Enter lock an answer.
    event.preventDefault();
    if (event.target.name === "own_call") document.getElementById("run-code").click();
  } else if (event.key === "?" && !event.target.closest("textarea, input, [contenteditable]")) {
    document.getElementById("keys")?.showModal();
  } else if (event.key.startsWith("Arrow") && event.target.matches("[role=tab]")) {
    const other = event.target.id === "tab-answer" ? "code" : "answer";
    showTab(other);
    document.getElementById(`tab-${other}`).focus();
  }
});

document.addEventListener("input", ({ target }) => {
  if (NAMES.includes(target.name) && form()?.contains(target)) changed();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
addEventListener("pagehide", leave);
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.formData.has("count") && form()) detail.formData.set("count", count());
});
// An answer that is final needs no copy here. Any other reply may bring an older text than what was typed meanwhile.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const isFinal = detail.requestConfig.path === form()?.getAttribute("hx-post");
  if (detail.target.id === "stage" && detail.xhr.status === 200 && isFinal) localStorage.removeItem(key());
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt.id !== "autosave") return;
  if (detail.successful) savedNow(detail.elt);
  else if (detail.xhr.status !== 409 && detail.xhr.status !== 422) notSaved();
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id === "stage") setUp();
});
document.addEventListener("time-is-up", close);
document.addEventListener("time-is-left", () => closing !== null && location.reload());
document.addEventListener("time-has-changed", () => location.reload());

setUp();
