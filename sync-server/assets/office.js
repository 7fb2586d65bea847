// Makes the office's pages live and gives every action a key. Everything works without it.
"use strict";

const news = document.getElementById("news");
const keys = document.getElementById("keys");
let stream = null;
let waiting = 0;
let streams = 0;

// The server says "changed"; the same page is fetched and its live regions are put in place.
function listen() {
  if (stream || document.hidden) return;
  stream = new EventSource("/live");
  // A stream that comes back after a while may have missed something.
  stream.addEventListener("open", () => streams++ && refresh());
  stream.addEventListener("changed", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 250);
  });
}

async function refresh() {
  if (document.hidden) return;
  let answer;
  try {
    answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
  } catch {
    return; // Offline: the stream comes back by itself, and with it the next news.
  }
  if (answer.status === 401) return location.reload();
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  let arrived = 0;
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${old.dataset.live}"]`);
    if (fresh && fresh.innerHTML !== old.innerHTML) arrived += put(old, document.adoptNode(fresh));
  }
  if (arrived > 0) news.textContent = news.dataset.words;
}

function put(old, fresh) {
  const before = new Set([...old.querySelectorAll("[data-id]")].map((line) => line.dataset.id));
  const at = old.querySelector(".at");
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const focusedLine = at === document.activeElement;
  let arrived = 0;
  for (const line of fresh.querySelectorAll("[data-id]")) {
    if (!before.has(line.dataset.id)) {
      line.classList.add("new");
      arrived += 1;
    }
    if (at && line.dataset.id === at.dataset.id) {
      line.classList.add("at");
      line.tabIndex = -1;
    }
  }
  old.replaceWith(fresh);
  if (at && focusedLine) fresh.querySelector(".at")?.focus({ preventScroll: true });
  if (focused) fresh.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  return arrived;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else {
    listen();
    refresh();
  }
});

function move(by) {
  const lines = [...document.querySelectorAll(".entry")];
  if (lines.length === 0) return;
  const now = lines.findIndex((line) => line.classList.contains("at"));
  const next = lines[Math.min(Math.max(now + by, 0), lines.length - 1)];
  lines[now]?.classList.remove("at");
  next.classList.add("at");
  next.scrollIntoView({ block: "nearest" });
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

document.addEventListener("keydown", (press) => {
  if (press.ctrlKey || press.metaKey || press.altKey) return;
  if (press.target.closest("input, textarea, select")) {
    if (press.key === "Escape") press.target.blur();
    return;
  }
  if (keys.open) return;
  const at = document.querySelector(".entry.at");
  if (press.key === "/") document.getElementById("q").select();
  else if (press.key === "j") move(1);
  else if (press.key === "k") move(-1);
  else if (press.key === "?") keys.showModal();
  else if (press.key === "Enter" && at?.dataset.href && at.contains(document.activeElement)) location.href = at.dataset.href;
  else {
    const link = /^[a-z0-9]$/.test(press.key) && document.querySelector(`[data-go="${press.key}"]`);
    if (!link) return;
    link.click();
  }
  press.preventDefault();
});

const button = document.getElementById("show-keys");
button.hidden = false;
button.addEventListener("click", () => keys.showModal());
listen();
