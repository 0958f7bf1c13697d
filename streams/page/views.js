// What alerts, talks and articles look like.
import { direction, lines, link, make } from "./dom.js";

export function card(alert, page) {
  const { words, language } = page;
  const [first, ...others] = alert.evidence;
  return make(
    "li",
    { class: "card", id: alert.alert_id, tabindex: "-1", "data-key": alert.alert_id, "data-severity": alert.severity, "data-kind": alert.kind },
    make(
      "article",
      { "aria-label": alert.summary[language] },
      make(
        "p",
        { class: "about" },
        make("span", { class: "badge" }, words.severities[alert.severity]),
        make("span", { class: "kind" }, words.kinds[alert.kind]),
        alert.event_time ? make("time", { datetime: alert.event_time }, page.dates.moment(alert.event_time)) : null,
      ),
      make("p", { class: "summary" }, headline(alert, language)),
      first ? quote(first, page) : null,
      others.length
        ? make("details", {}, make("summary", {}, `${words.evidence} (${alert.evidence.length})`), ...others.map((piece) => quote(piece, page)))
        : null,
      make(
        "p",
        { class: "foot" },
        make("span", { class: "origins" }, words.origins(alert.origins)),
        ...alert.talks.map((talk) => make("span", { class: "tag" }, page.name("talks", talk))),
        ...alert.parties.map((party) => make("span", { class: "tag" }, page.name("parties", party))),
      ),
    ),
  );
}

// The words of the evidence stand right below, so the headline need not say them again.
function headline(alert, language) {
  const words = alert.summary[language] ?? alert.summary.en ?? "";
  const quoted = words.indexOf(": «");
  return quoted > 0 && alert.evidence.length ? words.slice(0, quoted) : words;
}

function quote(piece, page) {
  const [before, after] = [paragraph(piece.before, -1), paragraph(piece.after, 0)];
  return make(
    "blockquote",
    { "data-key": `${piece.article_id} ${piece.span.start}` },
    make("p", { dir: direction(before + piece.span.text + after), lang: "ar" }, before, make("mark", {}, piece.span.text), after),
    make(
      "footer",
      {},
      opener(piece.article_id, piece.span, page.words.read),
      isolated(piece.source),
      piece.url ? link(piece.url, page.words.link) : null,
    ),
  );
}

// What opens an article at some words of it.
const opener = (article, span, ...children) =>
  make("button", { type: "button", class: "plain", "data-article": article, "data-start": span.start, "data-end": span.end }, ...children);

// A name as its own letters run, whatever stands around it.
const isolated = (text) => make("bdi", { dir: direction(text) }, text);

// The part of the text around the evidence that stands in the same paragraph: the first or the last one of it.
const paragraph = (text, which) => text.split(/\n+/).at(which) ?? "";

export function talk({ expected, ledger }, page) {
  const { words, dates } = page;
  const starts = ledger?.starts ?? expected.starts;
  const ends = ledger?.ends ?? expected.ends ?? starts;
  const venue = ledger?.venue ?? expected.venue;
  const status = ledger?.status ?? "expected";
  const title = page.name("talks", expected.id);
  return make(
    "li",
    { class: "talk", "data-key": expected.id, "data-status": status, "data-contested": ledger?.contested ? "yes" : "no" },
    make(
      "div",
      { class: "tile", "aria-hidden": "true" },
      make("b", {}, starts ? dates.days(starts, ends) : "؟"),
      make("span", {}, starts ? dates.month(starts) : ""),
    ),
    make(
      "div",
      { class: "what" },
      make("h3", {}, title),
      make(
        "p",
        { class: "quiet" },
        make("span", {}, starts ? dates.span(starts, ends) : words.unknown_date),
        venue ? make("span", {}, page.name("places", venue)) : null,
        make("span", {}, expected.parties.map((party) => page.name("parties", party)).join(" · ")),
      ),
      make(
        "p",
        { class: "states" },
        make("span", { class: "badge status" }, ledger ? words.statuses[status] : words.expected),
        ledger?.contested ? make("span", { class: "badge contested" }, words.contested) : null,
      ),
      ...[...new Set((ledger?.discrepancies ?? []).map((row) => row.field))].map((field) => disagreement(field, ledger, page)),
      ledger?.claims.length ? claims(ledger, page) : null,
    ),
  );
}

// One line for a field on which claims differ: each value with the sources that give it, and how far apart they are.
function disagreement(field, ledger, page) {
  const { fields, agreements, against } = page.words;
  const rows = ledger.discrepancies.filter((row) => row.field === field);
  const worst = ["incompatible", "wider", "narrower"].find((agreement) => rows.some((row) => row.agreement === agreement));
  if (!worst) return null;
  const ids = new Set(rows.flatMap((row) => row.claims));
  const sources = new Map();
  for (const claim of ledger.claims.filter((one) => ids.has(one.claim_id))) {
    const said = value(claim, page, field);
    sources.set(said, (sources.get(said) ?? new Set()).add(claim.source || "—"));
  }
  const sides = [...sources].flatMap(([said, from]) => [
    against,
    make("bdi", {}, said),
    " (",
    ...[...from].flatMap((one) => [page.words.comma, isolated(one)]).slice(1),
    ")",
  ]);
  return make("p", { class: "discrepancy", "data-agreement": worst }, `${fields[field] ?? field} (${agreements[worst]}): `, ...sides.slice(1));
}

function claims(ledger, page) {
  return make(
    "details",
    {},
    make("summary", {}, `${page.words.claims} (${ledger.claims.length})`),
    make(
      "ul",
      { class: "claims" },
      ...ledger.claims.map((claim) =>
        make(
          "li",
          { "data-key": claim.claim_id },
          make("b", {}, value(claim, page)),
          make("q", { dir: direction(claim.evidence.text), lang: "ar" }, claim.evidence.text),
          opener(claim.article_id, claim.evidence, isolated(claim.source || page.words.read)),
        ),
      ),
    ),
  );
}

// What a claim says, of one field ("dates" or "venue") or of all.
function value(claim, page, field) {
  const parts = [];
  if (claim.starts && field !== "venue") parts.push(page.dates.span(claim.starts, claim.ends ?? claim.starts));
  if (claim.venue && field !== "dates") parts.push(page.name("places", claim.venue));
  if (!field && claim.status && claim.status !== "scheduled") parts.push(page.words.statuses[claim.status]);
  return parts.join(" · ") || "—";
}

export function showArticle({ article, evidence }, span, page, elements) {
  elements.title.dir = direction(article.title) ?? "";
  const { words, dates } = page;
  const instead = article.source ? [words.from, isolated(article.source)] : [words.untitled];
  elements.title.replaceChildren(...(article.title ? [article.title] : instead));
  const about = [
    article.title && article.source ? isolated(article.source) : null,
    article.event_time ? make("time", { datetime: article.event_time }, dates.moment(article.event_time)) : null,
    article.url ? link(article.url, words.link) : null,
  ];
  elements.about.replaceChildren(...about.filter(Boolean).flatMap((part) => [" · ", part]).slice(1));
  elements.body.dir = direction(article.body) ?? "auto";
  elements.body.replaceChildren(...lines(article.body, evidence, span));
}
