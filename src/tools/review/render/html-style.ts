/** Dark text on light paper and the other way round, each verdict with at least 4.5 to 1 against what it stands on. */
const COLOURS = {
  'loses-data': ['#b3132b', '#ffa3ac'],
  outage: ['#a33b00', '#ffb277'],
  exposure: ['#8a1d8f', '#f0a6f2'],
  'costs-more': ['#7a5600', '#f0cf6b'],
  behaviour: ['#0a53b8', '#8fc2ff'],
  unknown: ['#4b5563', '#c3cad3'],
  harmless: ['#17682f', '#7ee29a'],
} as const;

const verdictNames = Object.keys(COLOURS) as (keyof typeof COLOURS)[];

function colours(scheme: 0 | 1): string {
  return verdictNames.map((name) => `--${name}:${COLOURS[name][scheme]}`).join(';');
}

const byVerdict = verdictNames
  .map(
    (name) =>
      `.tag.${name},h1.${name}{--own:var(--${name})}.finding.${name}{border-left-color:var(--${name})}body:has(#show-${name}:not(:checked)) .finding.${name},body:has(#show-${name}:not(:checked)) .verdict-group.${name}{display:none}`,
  )
  .join('\n');

/** How the page looks: no font, picture or other file from anywhere. */
export const pageStyle = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--quiet:#535c66;--line:#d0d7de;--box:#f6f8fa;--focus:#0a53b8;--old:#b3132b;--new:#17682f;${colours(0)}}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--quiet:#a4aeb8;--line:#3d444d;--box:#161b22;--focus:#8fc2ff;--old:#ffa3ac;--new:#7ee29a;${colours(1)}}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:76rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
h1,h2,h3,h4{line-height:1.25}
h1{font-size:1.75rem;margin:.2rem 0 .6rem;color:var(--own)}
h2{font-size:1.3rem;margin:2rem 0 .6rem;padding-bottom:.2rem;border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.2rem 0 .5rem}
h4{font-size:.95rem;font-weight:500;margin:.6rem 0 .3rem}
small,.kicker,dt,footer{color:var(--quiet)}
.kicker{margin:0}
code{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;white-space:pre-wrap}
a{color:var(--focus)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-100vw;top:.5rem;padding:.5rem 1rem;background:var(--paper);z-index:1}
.skip:focus{left:1rem}
.tag{display:inline-block;padding:0 .5em;border:1px solid var(--own,var(--line));border-radius:1em;color:var(--own,var(--quiet));font-size:.85rem;font-weight:600;white-space:nowrap}
.filters fieldset{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:0;padding:.4rem 1rem .7rem;border:1px solid var(--line);border-radius:6px}
.filters label{display:inline-flex;align-items:center;gap:.4rem;min-height:2rem}
.filters input{width:1.1rem;height:1.1rem;accent-color:var(--focus)}
details{margin:.5rem 0;border:1px solid var(--line);border-radius:6px;background:var(--box)}
.finding{border-left:5px solid var(--line)}
summary{padding:.55rem .8rem;cursor:pointer}
details>:not(summary){margin:.2rem .8rem .8rem}
dl{display:grid;gap:.45rem}
dl>div{display:grid;grid-template-columns:minmax(6rem,10rem) 1fr;gap:.2rem 1rem}
.change dl>div{grid-template-columns:minmax(8rem,1fr) 2fr}
dt,dd{margin:0;min-width:0}
del{color:var(--old);text-decoration:none}
ins{color:var(--new);text-decoration:none}
.yaml{padding-left:1.2rem}
.change{border-top:1px solid var(--line);padding-top:.2rem}
.change dl{margin:.3rem 0 .6rem}
.picture{margin:0;overflow-x:auto;border:1px solid var(--line);border-radius:8px}
.picture svg{display:block;max-width:100%;height:auto;margin:0 auto}
.cost{grid-template-columns:repeat(auto-fit,minmax(8rem,1fr))}
.cost>div{display:block}
.cost dd{font-size:1.4rem}
.stack{border-top:3px solid var(--line);margin-top:2.5rem}
.stack>h2{font-size:1.5rem;border:0}
footer{margin-top:3rem;border-top:1px solid var(--line)}
@media (max-width:40rem){dl>div,.change dl>div{grid-template-columns:1fr}.cost{grid-template-columns:1fr}.picture svg{max-width:none}}
@media print{.filters,.skip{display:none}body{max-width:none;font-size:10pt}details{break-inside:avoid}details::details-content{content-visibility:visible;display:block;height:auto}.picture{overflow:visible;border:0}}
${byVerdict}
`;
