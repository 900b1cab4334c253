// The countdown: the server says what is left, performance.now() counts it down, and no clock on this computer can move
// it. Every reply says again what is left; the display follows where it is off by more than a moment.

const MOMENT_MS = 2000;
const LAST_MINUTE_MS = 60_000;
const clock = () => document.getElementById("clock");

let endsAt = null; // When the time is up, on this computer's own steady clock; null where there is no limit.
let most = 0; // What the clock shows while it stands still.
let left = null;
let isOver = false;

function follow(told, { always = false } = {}) {
  if (!told) return;
  const isTimed = told.dataset.remainingMs !== undefined;
  // Turned untimed, or back, in the settings: the page is another one.
  if (isTimed !== (clock() !== null)) return document.dispatchEvent(new Event("time-has-changed"));
  if (!isTimed) return;
  const { remainingMs, stillMs, paused } = told.dataset;
  const isStanding = paused !== undefined;
  const end = isStanding ? Infinity : performance.now() + Number(stillMs) + Number(remainingMs);
  if (!always && endsAt !== null && Math.abs(end - endsAt) <= MOMENT_MS) return;
  if (!always && isOver && Number(remainingMs) === 0) return;
  most = Number(remainingMs);
  endsAt = end;
  if (isOver && !always) document.dispatchEvent(new Event("time-is-left"));
  isOver = false;
  tick();
}

function tick() {
  if (endsAt === null || !clock()) return;
  const before = left;
  left = Math.max(0, Math.min(most, endsAt - performance.now()));
  draw();
  announce(before);
  offerMore();
  if (left > 0 || isOver) return;
  isOver = true;
  document.dispatchEvent(new Event("time-is-up"));
}

function draw() {
  const seconds = Math.ceil(left / 1000);
  clock().textContent = [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
  clock().classList.toggle("visually-hidden", isHidden() && left > LAST_MINUTE_MS);
  const line = document.querySelector("progress.time");
  if (!line) return;
  line.max = Math.max(line.max, left);
  line.value = line.max - left;
  line.classList.toggle("late", left <= LAST_MINUTE_MS);
}

// --- For screen readers: at the start, at half time, and near the end; not every second. ---

const MARKS_MS = [300_000, 60_000, 30_000];
const words = (name, values) =>
  Object.entries(values).reduce(
    (text, [key, value]) => text.replace(`{${key}}`, value),
    document.getElementById(`say-${name}`).content.textContent,
  );

// "1 minute", "30 seconds", "5분": a voice reads "30 s" letter by letter.
const spoken = (number, unit) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(number);

function announce(before) {
  const line = document.getElementById("announcement");
  if (!line || left === 0) return;
  const half = Number(document.querySelector("progress.time")?.max ?? 0) / 2;
  const crossed = (mark) => before !== null && before > mark && left <= mark;
  const whole = Math.round(left / 1000);
  const time = whole < 60 ? spoken(whole, "second") : spoken(Math.round(whole / 60), "minute");
  if (before === null || MARKS_MS.some(crossed)) line.textContent = words("left", { time });
  else if (crossed(half)) line.textContent = words("half", { time });
}

// --- Practice offers more time before it is up. ---

function offerMore() {
  const offer = document.getElementById("more-time");
  if (offer) offer.hidden = !(left <= Number(clock().dataset.warningMs));
}

// --- The time can be hidden, and comes back for the last minute. ---

function isHidden() {
  const chosen = sessionStorage.getItem("hide-time");
  return chosen === null ? clock().dataset.isHidden !== undefined : chosen === "yes";
}

function showButton() {
  const button = document.querySelector("[data-toggle-time]");
  if (!button || !clock()) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", isHidden());
}

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-toggle-time]")) return;
  sessionStorage.setItem("hide-time", isHidden() ? "no" : "yes");
  showButton();
  if (left !== null) draw();
});

function start() {
  if (!clock()) endsAt = left = null;
  showButton();
  follow(clock(), { always: true });
}

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id === "stage") start();
  else if (["saved", "pulse"].includes(detail.elt.id)) follow(detail.elt);
});

setInterval(tick, 250);
start();
