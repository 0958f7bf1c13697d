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
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
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

// A text with some of its parts marked. Spans count code points, as the API does.
export function marked(text, spans) {
  const points = Array.from(text);
  const parts = [];
  let end = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.end <= end) continue;
    const start = Math.max(span.start, end);
    parts.push(points.slice(end, start).join(""));
    parts.push(make("mark", { "data-alert": span.alert_id }, points.slice(start, span.end).join("")));
    end = span.end;
  }
  parts.push(points.slice(end).join(""));
  return parts;
}
