// Charts: <figure data-chart> with a <script type="application/json"> block {kind, labels, series:[{name, values}], unit, links}.
// Each figure has the same numbers as a table beside it; the picture can be saved as an image.
(() => {
  "use strict";
  const charts = new Map();

  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function palette() {
    return document.documentElement.dataset.bsTheme === "dark"
      ? ["#f08a86", "#9a9186", "#9cc4ea", "#f0c36b", "#86d3a6", "#c9a3dd", "#d8c9b4"]
      : ["#a61b29", "#b9b0a2", "#1d4f7c", "#c78a1e", "#3d8a62", "#7a4f92", "#6b5b45"];
  }

  // States keep their own colours, apart in lightness too.
  const tones = () => (document.documentElement.dataset.bsTheme === "dark"
    ? { done: "#3f7d5a", soon: "#f0c36b", run: "#9cc4ea", late: "#f08a86" }
    : { done: "#8fbfa2", soon: "#d99a2b", run: "#3a6f9f", late: "#a61b29" });

  function axisText() {
    return { color: token("--r-ink-2"), fontFamily: token("--r-font"), fontSize: 12 };
  }

  function options(data) {
    const text = axisText();
    const flat = data.kind === "rows";
    const names = { type: "category", data: data.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--r-line-strong") } }, axisLabel: { ...text, hideOverlap: !flat, width: flat ? 120 : undefined, overflow: flat ? "truncate" : undefined }, inverse: flat };
    const numbers = { type: "value", min: data.kind === "line" && data.free ? undefined : 0, minInterval: data.whole ? 1 : undefined, axisLabel: text, splitLine: { lineStyle: { color: token("--r-line") } }, splitNumber: 4 };
    return {
      animation: false,
      color: data.tones ? data.tones.map((tone) => tones()[tone]) : palette(),
      textStyle: { fontFamily: token("--r-font"), color: token("--r-ink") },
      grid: { left: 4, right: flat ? 40 : 12, top: data.series.length > 1 ? 34 : 14, bottom: 2, containLabel: true },
      legend: data.series.length > 1 ? { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: text } : undefined,
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" }, valueFormatter: (value) => (value === null || value === undefined ? "—" : `${value.toLocaleString()} ${data.unit || ""}`), backgroundColor: token("--r-surface"), borderColor: token("--r-line"), textStyle: { color: token("--r-ink"), fontFamily: token("--r-font"), fontSize: 13 } },
      xAxis: flat ? numbers : names,
      yAxis: flat ? names : numbers,
      series: data.series.map((one, index) => ({
        name: one.name,
        type: data.kind === "line" ? "line" : "bar",
        stack: data.stack ? "all" : undefined,
        data: one.values,
        barMaxWidth: flat ? 18 : 26,
        symbol: ["circle", "rect", "triangle", "diamond"][index % 4],
        symbolSize: 7,
        lineStyle: { width: 2, type: index ? "dashed" : "solid" },
        label: flat && data.series.length === 1 ? { show: true, position: "right", ...text } : undefined,
        cursor: data.links ? "pointer" : "default",
      })),
    };
  }

  function draw(figure) {
    const plot = figure.querySelector("[data-plot]");
    const source = figure.querySelector("script[type='application/json']");
    if (!plot || !source || !window.echarts) return;
    const data = JSON.parse(source.textContent);
    const chart = charts.get(figure) || window.echarts.init(plot, null, { renderer: "canvas" });
    chart.setOption(options(data), true);
    if (!charts.has(figure)) {
      charts.set(figure, chart);
      new ResizeObserver(() => chart.resize()).observe(plot);
      chart.on("click", (event) => {
        const link = data.links && data.links[event.dataIndex];
        if (link) window.location.assign(link);
      });
      const save = figure.querySelector("[data-chart-save]");
      if (save) save.addEventListener("click", () => picture(chart, figure));
    }
  }

  function picture(chart, figure) {
    const title = figure.querySelector("[data-chart-title]")?.textContent.trim() || "renda";
    const link = document.createElement("a");
    link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: token("--r-surface") });
    link.download = `${title}.png`;
    link.click();
  }

  const drawAll = () => document.querySelectorAll("figure[data-chart]").forEach(draw);
  document.addEventListener("DOMContentLoaded", drawAll);
  document.addEventListener("renda:theme", drawAll);
  document.addEventListener("htmx:afterSettle", drawAll);
})();
