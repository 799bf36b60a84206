// Draws the charts of the portal with uPlot over the plots that the server has drawn, which stay
// for who has no scripts; the numbers are in the table behind.
import uPlot from "uplot";
import rules from "uplot/dist/uPlot.min.css";

const sheet = new CSSStyleSheet(); // the pages allow no style of their own
sheet.replaceSync(rules);
document.adoptedStyleSheets.push(sheet);

const HEIGHT = 260;
const SMALL = 150;
const FORMATS = {
  hour: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  month: { month: "long", year: "numeric" },
  year: { year: "numeric" },
};
const AXIS = {
  hour: { hour: "2-digit", minute: "2-digit" },
  month: { month: "short", year: "2-digit" },
  year: { year: "numeric" },
};
const DAY = { day: "numeric", month: "short" };
const locale = document.documentElement.lang || "en";

function numbers(text) {
  return (text || "").trim().split(/\s+/).filter(Boolean).map(Number);
}

function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function dates(options) {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  return (seconds) => format.format(new Date(seconds * 1000));
}

/** A box beside the pointer that tells the window and its number. */
function tip(plot, told) {
  const box = document.createElement("div");
  box.className = "tip";
  box.hidden = true;
  return {
    hooks: {
      init: (chart) => chart.over.append(box),
      setCursor: (chart) => {
        const index = chart.cursor.idx;
        box.hidden = index === null || index === undefined;
        if (box.hidden) return;
        box.textContent = told(index);
        const left = chart.valToPos(chart.data[0][index], "x");
        const width = box.offsetWidth;
        box.style.left = `${Math.min(Math.max(left - width / 2, 0), chart.over.clientWidth - width)}px`;
        box.style.top = "4px";
      },
    },
  };
}

/** The limits as lines with their numbers. */
function limitLines(limits, label, write) {
  return {
    hooks: {
      draw: (chart) => {
        const { ctx, bbox } = chart;
        ctx.save();
        ctx.strokeStyle = ctx.fillStyle = colour("--warn");
        ctx.textAlign = "left";
        ctx.lineWidth = 2 * devicePixelRatio;
        ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
        ctx.font = `600 ${12 * devicePixelRatio}px sans-serif`;
        for (const limit of limits) {
          const y = chart.valToPos(limit, "y", true);
          ctx.beginPath();
          ctx.moveTo(bbox.left, y);
          ctx.lineTo(bbox.left + bbox.width, y);
          ctx.stroke();
          ctx.fillText(`${label} ${write(limit)}`, bbox.left + 4 * devicePixelRatio, y - 5 * devicePixelRatio);
        }
        ctx.restore();
      },
    },
  };
}

function draw(plot) {
  const { plot: granularity, label, limitLabel } = plot.dataset;
  const [starts, values, limits] = [plot.dataset.starts, plot.dataset.values, plot.dataset.limits].map(numbers);
  if (starts.length < 2 || matchMedia("(forced-colors: active)").matches) return;
  const write = (value) => new Intl.NumberFormat(locale).format(value);
  const short = new Intl.NumberFormat(locale, { notation: "compact" });
  const whole = dates(FORMATS[granularity] || { ...DAY, year: "numeric" });
  const brief = dates(AXIS[granularity] || DAY);
  const step = (starts.at(-1) - starts[0]) / (starts.length - 1);
  const bad = plot.classList.contains("refused");
  const lowest = Math.min(...limits.filter((limit) => limit > 0), Infinity);
  const holder = document.createElement("div");
  holder.className = "live";
  holder.setAttribute("aria-hidden", "true");
  const paint = () => {
    const [ink, quiet, line] = [bad ? "--bad" : "--accent", "--quiet", "--line"].map(colour);
    const full = colour("--bad");
    const axis = { stroke: quiet, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: "12px sans-serif" };
    const bars = uPlot.paths.bars({
      size: [0.82, 64],
      radius: 0.18,
      disp: { fill: { unit: 3, values: () => values.map((value) => (value >= lowest ? full : ink)) } },
    });
    return new uPlot({
      width: plot.clientWidth,
      height: plot.classList.contains("small") ? SMALL : HEIGHT,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: {
        x: { range: () => [starts[0] - step / 2, starts.at(-1) + step / 2] },
        y: { range: (_, __, most) => [0, Math.max(most, ...limits, 1) * 1.12] },
      },
      axes: [
        { ...axis, grid: { show: false }, values: (_, splits) => splits.map(brief), splits: () => spread(starts, plot.clientWidth) },
        { ...axis, size: 46, incrs: [1, 2, 5].flatMap((n) => Array.from({ length: 13 }, (_, power) => n * 10 ** power)).sort((a, b) => a - b), values: (_, splits) => splits.map((value) => short.format(value)) },
      ],
      series: [{}, { label, stroke: ink, width: 0, fill: ink, paths: bars, points: { show: false } }],
      plugins: [limitLines(limits, limitLabel, write), tip(plot, (index) => `${whole(starts[index])}: ${write(values[index])}`)],
    }, [starts, values], holder);
  };
  plot.append(holder);
  plot.classList.add("drawn");
  let chart = paint();
  const again = () => { chart.destroy(); chart = paint(); };
  new ResizeObserver(() => chart.setSize({ width: plot.clientWidth, height: chart.height })).observe(plot);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-scheme"] });
}

/** So many dates as have room below the bars, counted from the newest. */
function spread(starts, width) {
  const every = Math.max(Math.ceil(starts.length / Math.max(Math.floor(width / 90), 2)), 1);
  return starts.filter((_, index) => (starts.length - 1 - index) % every === 0);
}

for (const plot of document.querySelectorAll("[data-plot]:not(.drawn)")) draw(plot);
