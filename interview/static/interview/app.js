// What every page needs: a fresh CSRF token, an error line, a way back after a sign-out, a menu that closes.

const problem = document.getElementById("problem");
let failed = null;

function show(name, element) {
  failed = element;
  problem.hidden = false;
  for (const line of problem.querySelectorAll("[data-problem]")) line.hidden = line.dataset.problem !== name;
}

function hide() {
  failed = null;
  problem.hidden = true;
}

function cookie(name) {
  return document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

// The token in the page grows stale when the person signs in again in another tab; the cookie never does.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.formData.delete("csrfmiddlewaretoken");
  detail.headers["X-CSRFToken"] = cookie("csrftoken");
});

document.addEventListener("htmx:sendError", ({ detail }) => show("offline", detail.elt));
document.addEventListener("htmx:timeout", ({ detail }) => show("offline", detail.elt));
document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status !== 401) show("server", detail.elt);
  // What nobody asked for interrupts nobody: the next thing that the person does will ask.
  else if (!detail.elt.matches("[data-background]")) document.getElementById("sign-in").showModal();
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && detail.elt === failed) hide();
});
problem.querySelector("button").addEventListener("click", hide);

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}

document.addEventListener("click", ({ target }) => closeMenus(target.closest("details.menu")));
document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape") return;
  target.closest?.("details.menu[open]")?.querySelector("summary").focus();
  closeMenus(null);
});

// Drafts that this device kept for a lost connection belong to the person who signs out.
document.addEventListener("submit", ({ target }) => {
  if (!target.action.endsWith("/logout/")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft-")) localStorage.removeItem(key);
});
