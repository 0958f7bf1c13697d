// Escalation over time, one small plot for each pair of parties. In a right-to-left page time runs to the left.
import { draw, make } from "./dom.js";

const WIDTH = 320;
const HEIGHT = 72;
const INSET = 6;

export function plot(pair, title, top, words, dates, rightToLeft) {
  const values = pair.points.map(([, value]) => value);
  const last = values[values.length - 1];
  const peak = values.indexOf(Math.max(...values));
  const across = (index) => {
    const share = values.length > 1 ? index / (values.length - 1) : 1;
    return INSET + (rightToLeft ? 1 - share : share) * (WIDTH - 2 * INSET);
  };
  const down = (value) => HEIGHT - INSET - (value / top) * (HEIGHT - 2 * INSET);
  const line = values.map((value, index) => `${across(index).toFixed(1)},${down(value).toFixed(1)}`);
  const area = [`${across(0)},${HEIGHT - INSET}`, ...line, `${across(values.length - 1)},${HEIGHT - INSET}`];
  const day = (index) => dates.day(pair.points[index][0]);
  const told = `${title}: ${words.now} ${last.toFixed(1)}, ${words.highest} ${values[peak].toFixed(1)} (${day(peak)})`;
  return make(
    "figure",
    { class: "plot" },
    make("figcaption", {}, make("span", {}, title), make("b", { class: "number" }, last.toFixed(1))),
    draw(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": told, preserveAspectRatio: "none" },
      draw("line", { class: "base", x1: INSET, x2: WIDTH - INSET, y1: HEIGHT - INSET, y2: HEIGHT - INSET }),
      draw("polygon", { class: "area", points: area.join(" ") }),
      draw("polyline", { class: "line", points: line.join(" ") }),
      draw("circle", { class: "dot", cx: across(values.length - 1), cy: down(last), r: 3 }),
    ),
    make("p", { class: "axis" }, make("span", {}, day(0)), make("span", {}, day(values.length - 1))),
  );
}
