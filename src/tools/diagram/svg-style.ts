/** Colours of a place, on light and on dark paper. */
const PLACES = {
  outside: ['#57606a', '#9aa4af'],
  global: ['#8250df', '#b392f0'],
  entry: ['#8250df', '#b392f0'],
  compute: ['#bc4c00', '#f0883e'],
  data: ['#0a58ca', '#6cb6ff'],
  regional: ['#0f766e', '#4fd1c5'],
  watch: ['#9a6700', '#e3b341'],
} as const;

const MARKS = {
  comes: ['#1a7f37', '#56d364'],
  goes: ['#cf222e', '#ff7b72'],
  replaced: ['#a40e86', '#f778ba'],
  changed: ['#9a6700', '#e3b341'],
} as const;

const LIGHT = `
.terrace-picture{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.terrace-picture .paper{fill:#fff}
.terrace-picture text{fill:#1f2328}
.terrace-picture .head{font-size:17px;font-weight:600}
.terrace-picture .foot,.terrace-picture .legend text{font-size:11.5px;fill:#57606a}
.terrace-picture .area rect{fill:#f6f8fa;stroke:#afb8c1;stroke-dasharray:none}
.terrace-picture .area.depth1 rect{fill:#eef3f9;stroke:#9fb3c8}
.terrace-picture .area.depth2 rect{fill:#fff;fill-opacity:.6;stroke:#9fb3c8;stroke-dasharray:5 4}
.terrace-picture .area text{font-size:12px;font-weight:600;fill:#57606a}
.terrace-picture .box{fill:#fff;stroke:#8c959f}
.terrace-picture .title{font-size:13.5px;font-weight:600}
.terrace-picture .kind{font-size:11px;fill:#57606a}
.terrace-picture .edge{fill:none;stroke:#57606a;stroke-width:1.4}
.terrace-picture .edge.uses{stroke-dasharray:6 3;stroke:#0f766e}
.terrace-picture .edge.tells{stroke-dasharray:1.5 3.5;stroke-linecap:round;stroke:#8c6d00}
.terrace-picture .arrow path{fill:#57606a}
.terrace-picture .arrow.uses path{fill:#0f766e}
.terrace-picture .arrow.tells path{fill:#8c6d00}
.terrace-picture .label{font-size:11px;text-anchor:middle;fill:#424a53}
.terrace-picture text.sign{font-size:14px;font-weight:700;text-anchor:middle;fill:#fff}`;

const DARK = `
.terrace-picture .paper{fill:#0d1117}
.terrace-picture text{fill:#e6edf3}
.terrace-picture .foot,.terrace-picture .legend text,.terrace-picture .area text,.terrace-picture .kind{fill:#9aa4af}
.terrace-picture .area rect{fill:#12171e;stroke:#3d444d}
.terrace-picture .area.depth1 rect{fill:#151d28;stroke:#3b4b5e}
.terrace-picture .area.depth2 rect{fill:#0d1117;stroke:#3b4b5e}
.terrace-picture .box{fill:#1b222c;stroke:#57606a}
.terrace-picture .edge{stroke:#9aa4af}
.terrace-picture .edge.uses{stroke:#4fd1c5}
.terrace-picture .edge.tells{stroke:#e3b341}
.terrace-picture .arrow path{fill:#9aa4af}
.terrace-picture .arrow.uses path{fill:#4fd1c5}
.terrace-picture .arrow.tells path{fill:#e3b341}
.terrace-picture .label{fill:#c4ccd4}
.terrace-picture text.sign{fill:#0d1117}`;

/** How a picture looks: with the fonts that the reader's system has, on light and on dark paper. */
export const pictureStyle = `${LIGHT}${coloured(0)}
@media (prefers-color-scheme:dark){${DARK}${coloured(1)}
}
@media print{.terrace-picture .paper{fill:none}}
`;

function coloured(scheme: 0 | 1): string {
  const places = Object.entries(PLACES).map(
    ([place, colours]) => `.terrace-picture .${place} .stripe{fill:${colours[scheme]}}`,
  );
  const marks = Object.entries(MARKS).map(([mark, colours]) => {
    const colour = colours[scheme];
    return [
      `.terrace-picture .${mark} .box{stroke:${colour};stroke-width:2.5}`,
      `.terrace-picture .${mark} .stripe,.terrace-picture .${mark} .badge{fill:${colour}}`,
      `.terrace-picture .edge.${mark}{stroke:${colour};stroke-width:2.2}`,
      `.terrace-picture .arrow.${mark} path{fill:${colour}}`,
    ].join('\n');
  });
  const gone =
    '.terrace-picture .goes .box{stroke-dasharray:6 4}.terrace-picture .goes .title{text-decoration:line-through}';
  return `\n${[...places, ...marks, gone].join('\n')}`;
}
