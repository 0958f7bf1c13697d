// Dates, times and numbers as they are written in each language of the page.

// A range of days with word joiners at its dash, so that no line ends there; a range of months may still be broken.
const unbroken = (range) => range.replace(/^(\d+)\s?[–-]\s?(?=\d)/u, "$1\u2060–\u2060");

// Moments (times of articles and of values) are told in the reader's zone, the days of talks as they are.
export function formats(language) {
  const locale = language === "ar" ? "ar-EG-u-nu-latn" : "en-GB";
  const date = (options) => new Intl.DateTimeFormat(locale, options);
  const number = (options) => new Intl.NumberFormat(locale, options);
  const minute = { hour: "numeric", minute: "2-digit", timeZoneName: "short" };
  const moment = date({ day: "numeric", month: "long", year: "numeric", ...minute });
  const short = date({ day: "numeric", month: "short", ...minute });
  const day = date({ day: "numeric", month: "short" });
  const month = date({ month: "short", timeZone: "UTC" });
  const full = date({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const value = number({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const tick = number({ maximumFractionDigits: 1 });
  const numbers = (starts, ends) => [...new Set([starts, ends])].map((text) => new Date(text).getUTCDate());
  return {
    number: (one) => value.format(one),
    tick: (one) => tick.format(one),
    dates: {
      moment: (text) => moment.format(new Date(text)),
      at: (text) => short.format(new Date(text)),
      day: (text) => day.format(new Date(text)),
      month: (text) => month.format(new Date(text)),
      days: (starts, ends) => unbroken(numbers(starts, ends).join("–")),
      span: (starts, ends) => unbroken(full.formatRange(new Date(starts), new Date(ends))),
    },
  };
}
