const [MARKED, CURRENT] = [1, 2];

// Elements are made here and nowhere else. Children are elements or text; text never becomes markup.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  assign(element, attributes);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  assign(element, attributes);
  element.append(...children);
  return element;
}

function assign(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
}

// Give an element these children. Those that are there already, by `data-key` or else by their place, are changed and not
// replaced: what a reader has opened, chosen or focused stays so.
export function renew(parent, ...children) {
  keepingFocus(() => settle(parent, children));
}

// Make an element look like another one of its sort.
export function become(element, fresh) {
  keepingFocus(() => liken(element, fresh));
}

function keepingFocus(change) {
  const focused = document.activeElement;
  change();
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
}

function settle(parent, children) {
  const wanted = new Set(children.map(keyOf));
  for (const child of [...parent.children]) if (keyOf(child) && !wanted.has(keyOf(child))) child.remove();
  const known = new Map([...parent.children].map((child) => [keyOf(child), child]));
  let place = parent.firstChild;
  for (const child of children) {
    const same = keyOf(child) ? known.get(keyOf(child)) : place;
    if (!same || keyOf(same) !== keyOf(child) || same.nodeName !== child.nodeName) {
      parent.insertBefore(child, place);
      continue;
    }
    known.delete(keyOf(child));
    if (same === place) place = place.nextSibling;
    else parent.insertBefore(same, place);
    liken(same, child);
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

const keyOf = (node) => node.dataset?.key ?? "";

function liken(node, fresh) {
  if (node === fresh) return;
  if (node.nodeType === Node.TEXT_NODE) {
    if (node.data !== fresh.data) node.data = fresh.data;
    return;
  }
  for (const { name } of [...node.attributes]) if (name !== "open" && !fresh.hasAttribute(name)) node.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  settle(node, [...fresh.childNodes]);
}

// Only what a browser may visit; an address from an article is never loaded by the page itself.
export function link(address, text) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

// How a text runs, by its letters and not by the first of them: Arabic news may begin with "CNN:". Null where it has none.
export function direction(text) {
  if (/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text)) return "rtl";
  return /\p{Letter}/u.test(text) ? "ltr" : null;
}

// A text line by line, each in its own direction, with some of its parts marked, and one of them as the current one.
// Spans count code points, as the API does.
export function lines(text, spans, current) {
  const points = Array.from(text);
  const marks = new Uint8Array(points.length);
  for (const span of spans) marks.fill(MARKED, span.start, span.end);
  marks.fill(CURRENT, current.start, current.end);
  const found = [];
  let parts = [];
  for (let start = 0, end = 1; end <= points.length; end += 1) {
    const ends = end === points.length || points[end - 1] === "\n";
    if (!ends && marks[end] === marks[start]) continue;
    const part = points.slice(start, end).join("");
    parts.push(marks[start] ? make("mark", { "aria-current": marks[start] === CURRENT && "true" }, part) : part);
    start = end;
    if (!ends) continue;
    const line = make("div", {}, ...parts);
    assign(line, { dir: direction(line.textContent) });
    found.push(line);
    parts = [];
  }
  return found;
}
