// Escalation over time, one plot for each pair of parties. In a right-to-left page time runs to the left.
import { draw, make } from "./dom.js";

const WIDTH = 400; // of the drawing, which is stretched to its frame: lines keep their width, texts stand beside it
const HEIGHT = 100;
const INTERVALS = 4; // of the value axis, at most

// The values at which the axis has a tick, from 0 to at least the highest one.
export function ticks(highest) {
  const magnitude = 10 ** Math.floor(Math.log10(highest / INTERVALS));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => highest / size <= INTERVALS);
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, index) => index * step);
}

export function plot(pair, scale, page) {
  const { words, dates, number } = page;
  const values = pair.points.map(([, value]) => value);
  const last = values.length - 1;
  const peak = values.indexOf(Math.max(...values));
  const base = down(0, scale);
  const line = values.map((value, index) => `${across(index, values.length, page)},${down(value, scale)}`);
  const told = [
    `${words.now} ${number(values[last])}`,
    `${words.highest} ${number(values[peak])} (${dates.day(pair.points[peak][0])})`,
    pair.usual ? `${words.usual_until} ${number(pair.usual.limit)}` : words.usual_unknown,
  ];
  const figure = make(
    "figure",
    { class: "plot", "data-key": pair.parties.join(" ") },
    make("figcaption", {}, make("span", { class: "pair" }, page.pair(pair)), make("b", { class: "number" }), make("span", { class: "moment quiet" })),
    make(
      "div",
      { class: "chart" },
      make("div", { class: "scale", "aria-hidden": "true" }, ...scale.map((value) => make("span", {}, page.tick(value))).reverse()),
      make(
        "div",
        { class: "frame" },
        draw(
          "svg",
          { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${page.pair(pair)}: ${told.join(words.comma)}`, preserveAspectRatio: "none" },
          ...(pair.usual ? usual(pair.usual, scale) : []),
          ...scale.map((value) => draw("line", { class: "grid", x1: 0, x2: WIDTH, y1: down(value, scale), y2: down(value, scale) })),
          draw("polygon", { class: "area", points: [`${across(0, values.length, page)},${base}`, ...line, `${across(last, values.length, page)},${base}`].join(" ") }),
          draw("polyline", { class: "line", points: line.join(" ") }),
          draw("path", { class: "cursor" }),
          draw("path", { class: "dot" }),
        ),
        make("input", { type: "range", min: 0, max: last, "aria-label": `${page.pair(pair)}, ${words.values}` }),
      ),
      make("div", { class: "axis", "aria-hidden": "true" }, ...axis(pair, dates).map((text) => make("span", {}, text))),
    ),
    make("p", { class: "quiet usual-range" }, told[2]),
    make("details", {}, make("summary", {}, words.daily), table(pair, page)),
  );
  return figure;
}

// Show one value of a plot: in words, and where it is.
export function point(figure, pair, index, scale, page) {
  const [moment, value] = pair.points[index];
  const [x, y] = [across(index, pair.points.length, page), down(value, scale)];
  const input = figure.querySelector("input");
  input.value = index;
  input.setAttribute("aria-valuetext", `${page.dates.at(moment)}: ${page.number(value)}`);
  figure.querySelector(".number").textContent = page.number(value);
  figure.querySelector(".moment").textContent = page.dates.at(moment);
  figure.querySelector(".cursor").setAttribute("d", `M${x} 0V${HEIGHT}`);
  figure.querySelector(".dot").setAttribute("d", `M${x} ${y}h0`);
}

const across = (index, number, page) => {
  const share = number > 1 ? index / (number - 1) : 1;
  return ((page.language === "ar" ? 1 - share : share) * WIDTH).toFixed(1);
};

const down = (value, scale) => (HEIGHT * (1 - value / scale.at(-1))).toFixed(1);

function usual({ limit }, scale) {
  const y = down(limit, scale);
  return [draw("rect", { class: "usual", x: 0, width: WIDTH, y, height: HEIGHT - y }), draw("line", { class: "limit", x1: 0, x2: WIDTH, y1: y, y2: y })];
}

// The first day, the one in the middle and the last, each once.
function axis({ points }, dates) {
  const days = [0, (points.length - 1) >> 1, points.length - 1].map((index) => dates.day(points[index][0]));
  return days.map((day, index) => (days.indexOf(day) === index ? day : ""));
}

// Of each day the highest value and the last one.
function table(pair, { words, dates, number }) {
  const days = new Map();
  for (const [moment, value] of pair.points) {
    const day = dates.day(moment);
    days.set(day, { highest: Math.max(value, days.get(day)?.highest ?? 0), last: value });
  }
  const heads = [words.day, words.highest, words.at_end].map((text) => make("th", { scope: "col" }, text));
  const rows = [...days].map(([day, { highest, last }]) =>
    make("tr", {}, make("th", { scope: "row" }, day), make("td", {}, number(highest)), make("td", {}, number(last))),
  );
  return make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
}
