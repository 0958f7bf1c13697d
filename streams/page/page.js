// The page: loads what is known, then follows the events. Filters, language and appearance are the reader's own.
import { become, make, renew } from "./dom.js";
import { formats } from "./formats.js";
import { plot, point, ticks } from "./plot.js";
import { card, showArticle, talk } from "./views.js";
import { WORDS } from "./words.js";

const SHOWN = 300; // the last alerts, which the page follows; older ones are in the API
const KINDS = ["new_statement", "escalation", "surge", "talk_changed", "talk_disputed"];
const SEVERITIES = ["info", "warning", "critical"];
const at = (id) => document.getElementById(id);

const page = { language: remembered("language") === "en" ? "en" : "ar", names: { parties: {}, talks: {}, places: {} } };
const alerts = new Map(); // by id, in the order in which they came
const older = new Map(); // before those: what the API holds of a choice, or the one that a link leads to
let asked = null; // the choice that the API is being asked for
let arrived = false; // whether the link with which the page was opened was followed
let talks = [];
let pairs = [];
let scale = ticks(1); // of all plots
let source = null;

page.pair = ({ parties: [a, b] }) => page.words.two_sides.replace("{a}", page.name("parties", a)).replace("{b}", page.name("parties", b));
page.name = (sort, id) => page.names[sort]?.[id]?.[page.language] ?? id;

function remembered(key) {
  try {
    return localStorage.getItem(`rasid.${key}`);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(`rasid.${key}`, value);
  } catch {
    // a private window: the choice lasts as long as the page
  }
}

async function get(path) {
  const answer = await fetch(path, { headers: { accept: "application/json" } });
  if (!answer.ok) throw Object.assign(new Error(path), { status: answer.status });
  return answer.json();
}

function speak(language) {
  page.language = language;
  page.words = WORDS[language];
  Object.assign(page, formats(language));
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  document.title = page.words.name;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = page.words[element.dataset.word];
  for (const element of document.querySelectorAll("[data-label]")) element.ariaLabel = page.words[element.dataset.label];
  at("language").textContent = page.words.other;
  at("language").lang = language === "ar" ? "en" : "ar";
  at("watchlist").textContent = page.names.title?.[language] ?? page.names.title?.en ?? "";
  dress(document.documentElement.dataset.theme);
  state(at("state").dataset.state);
  buildFilters();
  showAll();
}

const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

function dress(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  at("theme").textContent = isDark() ? page.words.light : page.words.dark;
  at("theme").ariaLabel = `${page.words.to} ${at("theme").textContent}`;
}

function state(name) {
  at("state").dataset.state = name;
  at("state").textContent = page.words[name];
}

// Filters

function buildFilters() {
  const boxes = KINDS.map((kind) =>
    make("label", { class: "chip", "data-key": kind }, make("input", { type: "checkbox", value: kind }), make("span", {}, page.words.kinds[kind])),
  );
  renew(at("kinds"), at("kinds").querySelector("legend"), ...boxes);
  fill("severity", SEVERITIES.map((severity) => [severity, page.words.at_least[severity]]));
  for (const [id, sort] of [["talk", "talks"], ["party", "parties"]]) {
    const rows = Object.keys(page.names[sort]).map((key) => [key, page.name(sort, key)]);
    fill(id, [["", page.words[`every_${id}`]], ...rows]);
  }
}

function fill(id, rows) {
  renew(at(id), ...rows.map(([value, text]) => make("option", { value, "data-key": value }, text)));
}

function choices() {
  const boxes = [...at("kinds").querySelectorAll("input:checked")];
  return { kinds: new Set(boxes.map((box) => box.value)), severity: at("severity").value, talk: at("talk").value, party: at("party").value };
}

function isChosen() {
  const { kinds, severity, talk, party } = choices();
  return kinds.size > 0 || severity !== SEVERITIES[0] || Boolean(talk || party);
}

function query() {
  const { kinds, severity, talk, party } = choices();
  const rows = [...[...kinds].map((kind) => ["kind", kind]), ["min_severity", severity], ["talk", talk], ["party", party], ["limit", SHOWN]];
  return new URLSearchParams(rows.filter(([, value]) => value)).toString();
}

// Show what is chosen: at once among the alerts that are here, then among all that the API holds.
async function choose() {
  older.clear();
  const wanted = query();
  asked = isChosen() && alerts.size >= SHOWN ? wanted : null;
  showAlerts();
  if (asked === null) return;
  try {
    const found = await get(`/api/alerts?${wanted}`);
    if (asked !== wanted) return;
    older.clear(); // whatever went there meanwhile is in the answer, in its place
    for (const alert of found.alerts.reverse()) if (!alerts.has(alert.alert_id)) older.set(alert.alert_id, alert);
    asked = null;
    showAlerts();
  } catch (error) {
    if (error.status !== 400) setTimeout(() => asked === wanted && choose(), 3000);
  }
}

function passes(alert, chosen) {
  return (
    (!chosen.kinds.size || chosen.kinds.has(alert.kind)) &&
    SEVERITIES.indexOf(alert.severity) >= SEVERITIES.indexOf(chosen.severity) &&
    (!chosen.talk || alert.talks.includes(chosen.talk)) &&
    (!chosen.party || alert.parties.includes(chosen.party))
  );
}

// Showing

function showAll() {
  showAlerts();
  showTalks();
  showPlots();
}

function showAlerts() {
  const chosen = choices();
  const shown = [...older.values(), ...alerts.values()].filter((alert) => passes(alert, chosen));
  renew(at("list"), ...shown.reverse().map((alert) => card(alert, page)));
  count();
}

function count() {
  const shown = isChosen() ? at("list").children.length : alerts.size;
  at("count").textContent = shown < SHOWN ? String(shown || "") : page.words.last(shown);
  at("nothing").hidden = asked !== null || at("list").children.length > 0;
}

function showTalks() {
  const day = (row) => row.ledger?.starts ?? row.expected.starts ?? "9999";
  const rows = [...talks].sort((a, b) => day(a).localeCompare(day(b)));
  renew(at("calendar"), ...rows.map((row) => talk(row, page)));
}

function showPlots() {
  const peak = (pair) => Math.max(...pair.points.map(([, value]) => value));
  const shown = pairs.filter((pair) => pair.points.length && peak(pair) > 0).sort((a, b) => peak(b) - peak(a));
  scale = ticks(Math.max(1, ...shown.map((pair) => Math.max(peak(pair), pair.usual?.limit ?? 0))));
  renew(at("plots"), ...shown.map((pair) => plot(pair, scale, page)));
  for (const figure of at("plots").children) showPoint(figure, held(figure) ? figure.querySelector("input").valueAsNumber : Infinity);
  at("escalation").querySelector(".index").hidden = shown.length === 0;
  at("calm").hidden = shown.length > 0;
}

const held = (figure) => figure.querySelector(".frame:hover, input:focus") !== null;

function showPoint(figure, index) {
  const pair = pairs.find((one) => one.parties.join(" ") === figure.dataset.key);
  point(figure, pair, Math.min(Math.max(index, 0), pair.points.length - 1), scale, page);
}

// An alert that has come: a new one on top, a corroboration in its place. One of an alert older than those here is no news.
function take(alert) {
  const id = alert.alert_id;
  if (alert.revision === 0 && older.delete(id)) document.getElementById(id)?.remove(); // the API was faster than the event
  const known = alerts.get(id) ?? older.get(id);
  if (known ? known.revision >= alert.revision : alert.revision > 0) return;
  (older.has(id) ? older : alerts).set(id, alert);
  while (alerts.size > SHOWN) retire(alerts.values().next().value);
  if (!passes(alert, choices())) {
    count();
    return;
  }
  const item = card(alert, page);
  const before = document.getElementById(id);
  if (known) {
    if (before) become(before, item);
    else showAlerts();
    return;
  }
  item.classList.add("fresh");
  at("list").prepend(item);
  count();
  at("news").textContent = page.words.new_alert + (alert.summary[page.language] ?? "");
}

// An alert that is none of the last any more stays only in a choice.
function retire(alert) {
  alerts.delete(alert.alert_id);
  if (!isChosen() || !passes(alert, choices())) {
    document.getElementById(alert.alert_id)?.remove();
    return;
  }
  older.set(alert.alert_id, alert);
  if (older.size <= SHOWN) return;
  const [oldest] = older.keys();
  older.delete(oldest);
  document.getElementById(oldest)?.remove();
}

async function open(articleId, span) {
  const elements = { title: at("article-title"), about: at("article-about"), body: at("article-body") };
  try {
    showArticle(await get(`/api/articles/${encodeURIComponent(articleId)}`), span, page, elements);
  } catch (error) {
    elements.title.textContent = "";
    elements.about.textContent = "";
    elements.body.dir = "";
    elements.body.textContent = error.status === 404 ? page.words.gone : page.words.broken;
  }
  if (!at("article").open) at("article").showModal();
  elements.body.querySelector("mark[aria-current]")?.scrollIntoView({ block: "center" });
}

// Loading and following

async function refresh() {
  [{ talks }, { pairs }] = await Promise.all([get("/api/talks"), get("/api/escalation")]);
  showTalks();
  showPlots();
}

let refreshing = null;
function refreshSoon() {
  refreshing ??= setTimeout(() => {
    refreshing = null;
    refresh().catch(() => undefined);
  }, 2000);
}

async function load() {
  const found = await get(`/api/alerts?limit=${SHOWN}`);
  if (!found.ready) throw new Error("not ready");
  alerts.clear();
  for (const alert of found.alerts.reverse()) alerts.set(alert.alert_id, alert);
  for (const id of alerts.keys()) older.delete(id);
  if (isChosen()) choose();
  else showAlerts();
  await refresh();
  return found.cursor;
}

function follow(cursor) {
  source?.close();
  source = new EventSource(`/events?corroborations=true&after=${encodeURIComponent(cursor)}`);
  const taken = (event) => {
    take(JSON.parse(event.data));
    refreshSoon();
  };
  for (const kind of [...KINDS, "corroboration"]) source.addEventListener(kind, taken);
  source.addEventListener("gap", begin);
  source.addEventListener("open", () => state("live"));
  source.addEventListener("error", () => {
    state("broken");
    if (source.readyState === EventSource.CLOSED) setTimeout(begin, 3000);
  });
}

async function begin() {
  try {
    page.names = await get("/api/names");
    speak(page.language);
    follow(await load());
    if (!arrived) jump();
    arrived = true;
  } catch {
    state("waiting");
    setTimeout(begin, 1500);
  }
}

// Go to the alert that the address names, whether it is shown, hidden by a filter or older than those here.
async function jump() {
  const id = named(location.hash);
  const element = document.getElementById(id);
  at("missing").hidden = true;
  if (!id || (element && !element.classList.contains("card"))) return;
  if (!element) {
    const alert = alerts.get(id) ?? (await bring(id));
    if (!alert) return;
    at("filters").reset();
    choose();
    if (!alerts.has(id)) older.set(id, alert);
    showAlerts();
  }
  const card = document.getElementById(id);
  card?.scrollIntoView({ block: "center" });
  card?.focus({ preventScroll: true });
}

function named(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

// An older alert, null where it cannot be had.
async function bring(id) {
  try {
    return (await get(`/api/alerts/${encodeURIComponent(id)}`)).alert;
  } catch (error) {
    at("missing").hidden = error.status !== 404;
    return null;
  }
}

// The values of a plot: under the pointer, or by the arrow keys of its slider, which is laid over it

at("plots").addEventListener("pointermove", (event) => {
  const frame = event.target.closest(".frame");
  if (!frame) return;
  const { left, width } = frame.getBoundingClientRect();
  const share = (event.clientX - left) / width;
  const steps = Number(frame.querySelector("input").max);
  showPoint(frame.closest("figure"), Math.round((page.language === "ar" ? 1 - share : share) * steps));
});
at("plots").addEventListener("input", (event) => showPoint(event.target.closest("figure"), event.target.valueAsNumber));
for (const left of ["pointerout", "focusout"]) {
  at("plots").addEventListener(left, (event) => {
    const figure = event.target.closest("figure");
    if (figure && !held(figure)) showPoint(figure, Infinity);
  });
}

// The keyboard

function step(by) {
  const cards = [...at("list").children];
  const here = cards.indexOf(document.activeElement?.closest?.(".card"));
  cards[Math.min(cards.length - 1, Math.max(0, here + by))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || at("article").open) return;
  if (["SELECT", "INPUT", "TEXTAREA"].includes(event.target.tagName)) return;
  if (event.key === "j" || event.key === "ت") step(1);
  else if (event.key === "k" || event.key === "ن") step(-1);
  else if (event.key === "Enter" && event.target.classList.contains("card")) event.target.querySelector("blockquote button")?.click();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-article]");
  if (button) open(button.dataset.article, { start: Number(button.dataset.start), end: Number(button.dataset.end) });
});
at("close").addEventListener("click", () => at("article").close());
at("article").addEventListener("click", (event) => event.target === at("article") && at("article").close());
at("filters").addEventListener("submit", (event) => event.preventDefault());
at("filters").addEventListener("change", choose);
addEventListener("hashchange", jump);
at("language").addEventListener("click", () => {
  remember("language", page.language === "ar" ? "en" : "ar");
  speak(page.language === "ar" ? "en" : "ar");
});
at("theme").addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  remember("theme", theme);
  dress(theme);
});

const theme = remembered("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
speak(page.language);
begin();
setInterval(() => refresh().catch(() => undefined), 60_000);
