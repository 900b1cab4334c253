// The interview room: a countdown that no clock on this computer can move, a draft that is never lost, and the keys.

const AUTOSAVE_MS = 4000;
const RETRY_MS = [2000, 4000, 8000, 15000];
const stage = () => document.getElementById("stage");
const form = () => document.getElementById("answer-form");
const text = (name) => form()?.elements.namedItem(name);

// --- The clock: the server says what is left, performance.now() counts it down. ---

let endsAt = null;
let left = null;
let closing = false;

function readClock() {
  const clock = document.getElementById("clock");
  const told = document.getElementById("saved")?.dataset.remainingMs ?? clock?.dataset.remainingMs;
  if (!clock || told === undefined) return (endsAt = null);
  const ms = Number(told);
  left = ms;
  endsAt = clock.hasAttribute("data-still") ? null : performance.now() + ms;
  drawClock(ms);
}

function drawClock(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const pad = (number) => String(number).padStart(2, "0");
  const clock = document.getElementById("clock");
  clock.textContent = `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`;
  const line = document.querySelector("progress.time");
  if (!line) return;
  line.value = Math.min(line.max, line.max - ms);
  line.classList.toggle("late", seconds <= 60);
  const isHidden = sessionStorage.getItem("hide-time") === "yes" && seconds > 60;
  clock.classList.toggle("visually-hidden", isHidden);
}

function tick() {
  if (endsAt === null) return;
  left = endsAt - performance.now();
  drawClock(left);
  if (left <= 0 && !closing) close();
}

// At the deadline the last words are sent; after the server's grace the page asks for the result.
function close() {
  closing = true;
  save();
  for (const field of form()?.querySelectorAll("textarea, input, button") ?? []) field.readOnly = true;
  const grace = Number(document.getElementById("clock").dataset.graceMs);
  setTimeout(() => location.reload(), grace + 500);
}

// --- The draft: on the server within AUTOSAVE of the first unsaved change, and on this device until then. ---

let timer = null;
let failures = 0;
let saved = null;

const words = () => JSON.stringify([text("answer")?.value, text("code")?.value]);
const key = () => `draft-${stage().dataset.place}`;

function changed() {
  if (!form() || words() === saved) return;
  localStorage.setItem(key(), words());
  timer ??= setTimeout(save, AUTOSAVE_MS);
}

function save() {
  clearTimeout(timer);
  timer = null;
  const element = document.getElementById("autosave");
  if (!element || words() === saved || document.querySelector("#saved[data-stale]")) return;
  element.sending = words();
  htmx.trigger(element, "save");
}

function savedNow(element) {
  saved = element.sending;
  failures = 0;
  if (saved === words()) localStorage.removeItem(key());
  else changed();
}

function notSaved() {
  const since = new Date().toLocaleTimeString(document.documentElement.lang, { hour12: false });
  const status = document.getElementById("saved");
  const template = document.getElementById("not-saved");
  if (failures === 0) status.textContent = template.content.textContent.trim().replace("{time}", since);
  timer ??= setTimeout(save, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
}

// The page goes away: what is unsaved leaves with it, whatever the page's own requests are doing.
function leave() {
  const element = document.getElementById("autosave");
  if (!element || words() === saved) return;
  const body = new URLSearchParams(new FormData(form()));
  fetch(element.getAttribute("hx-post"), { method: "POST", body, keepalive: true, redirect: "manual" });
}

// What this device still holds from a lost connection comes back, if the server knows nothing newer.
function restore() {
  saved = words();
  const kept = localStorage.getItem(key());
  if (kept === null || kept === saved) return;
  const [answer, code] = JSON.parse(kept);
  put("answer", answer);
  put("code", code);
  changed();
}

function put(name, value) {
  const field = text(name);
  if (!field || value === undefined || value === null) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
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
  for (const element of document.querySelectorAll("[role=tablist], [data-toggle-time], [data-open-keys]")) element.hidden = false;
  if (document.querySelector("[role=tab]")) showTab(sessionStorage.getItem(`tab-${stage().dataset.place}`) ?? "answer");
  if (form()) restore();
  const soon = stage().querySelector("[data-reload-after-ms]");
  if (soon) setTimeout(() => location.reload(), Number(soon.dataset.reloadAfterMs) + 500);
  readClock();
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("button");
  if (!target) return;
  if (target.matches("[role=tab]")) showTab(target.id.replace("tab-", ""));
  if (target.matches("[data-open-keys]")) document.getElementById("keys")?.showModal();
  if (target.matches("[data-keep]")) keep(target.dataset.keep);
  if (target.matches("[data-toggle-time]")) toggleTime(target);
});

function toggleTime(button) {
  const hide = sessionStorage.getItem("hide-time") !== "yes";
  sessionStorage.setItem("hide-time", hide ? "yes" : "no");
  button.setAttribute("aria-pressed", hide);
  if (left !== null) drawClock(left);
}

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
  if (target === text("answer") || target === text("code")) changed();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
addEventListener("pagehide", leave);
document.addEventListener("submit", () => {
  if (stage()) localStorage.removeItem(key());
  saved = words();
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt.id !== "autosave") return;
  if (detail.successful) savedNow(detail.elt);
  else if (detail.xhr.status !== 409 && detail.xhr.status !== 422) notSaved();
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id === "stage") setUp();
  else if (detail.elt.id === "saved") readClock();
});

setInterval(tick, 250);
setUp();
