import { fontFamily } from '../figures/drawing.js';
import { darkFigureRules } from '../figures/palette.js';

/** The style sheet: paper first, then dark screens, then narrow ones, then print. */
export function style(): string {
  return `
:root{color-scheme:light dark;--ink:#1c2127;--second:#5a646f;--line:#d5dae0;--faint:#e9edf1;--soft:#f4f6f9;--sheet:#fff;--ground:#eef1f4;--link:#0b62a4;--warn:#8a4b00;--warn-soft:#fdf3e3;--shade:#1c212733}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e3e8ee;--second:#a3aeb9;--line:#39424c;--faint:#262d35;--soft:#1e242b;--sheet:#14181d;--ground:#0d1014;--link:#6cb6f5;--warn:#f1c27d;--warn-soft:#33281a;--shade:#0009}
${darkFigureRules()}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:400 1rem/1.6 ${fontFamily}}
.sheet{max-width:70rem;margin:2.5rem auto;padding:3.5rem 3.75rem;background:var(--sheet);border:1px solid var(--line);border-radius:6px}
p{margin:.6rem 0;max-width:46rem}
a{color:var(--link)}
code{font:400 .88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;overflow-wrap:anywhere}
h1{margin:.2rem 0 .8rem;font-size:2rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;max-width:46rem;overflow-wrap:anywhere}
h2{margin:0 0 1rem;font-size:1.3rem;line-height:1.3;font-weight:650}
h2 .number{display:inline-block;min-width:1.8rem;color:var(--second);font-weight:400}
.kind{margin:0;color:var(--second);font-size:.85rem;letter-spacing:.04em}
.lead{font-size:1.08rem;color:var(--second);overflow-wrap:anywhere}
.second,.note,.unavailable,footer{color:var(--second)}
.banner,.warning{margin:1rem 0;padding:.6rem .9rem;border-left:3px solid var(--warn);background:var(--warn-soft);color:var(--warn);max-width:none;font-size:.94rem;overflow-wrap:anywhere}
.banner:not(.tainted){font-weight:650}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,12rem),1fr));gap:.9rem 2rem;margin:1.4rem 0 0}
.facts.long{grid-template-columns:minmax(0,1fr);margin-top:.9rem}
.facts div{min-width:0}
dt{color:var(--second);font-size:.82rem}
dd{margin:0;overflow-wrap:anywhere}
.versions{margin:0;padding:0;list-style:none;font-size:.85rem;line-height:1.5}
.versions b{font-weight:650;font-variant-numeric:tabular-nums;margin-right:.4rem}
nav{margin:2.2rem 0 0;padding:1rem 0;border:solid var(--line);border-width:1px 0}
nav ol{columns:3 13rem;column-gap:2rem;margin:0;padding-left:1.5rem;color:var(--second);font-size:.92rem}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
section{margin-top:3rem}
.table{margin:1.4rem 0}
.caption{margin:0 0 .45rem;font-size:.92rem}
summary{cursor:pointer}
summary:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.set{margin:1rem 0;border-top:1px solid var(--line);padding-top:.6rem}
.set+.set{margin-top:.6rem}
details.table[open]>.caption{margin-bottom:.6rem}
.up{position:fixed;right:.8rem;bottom:.8rem;padding:.3rem .7rem;border:1px solid var(--line);border-radius:1rem;background:var(--sheet);font-size:.82rem;text-decoration:none}
.caption b,figcaption b{font-weight:650;margin-right:.35rem}
.scroll{background:linear-gradient(90deg,var(--sheet) 40%,transparent) 0 0/2rem 100% local,linear-gradient(270deg,var(--sheet) 40%,transparent) 100% 0/2rem 100% local,linear-gradient(90deg,var(--shade),transparent) 0 0/.7rem 100% scroll,linear-gradient(270deg,var(--shade),transparent) 100% 0/.7rem 100% scroll;background-repeat:no-repeat;overflow-x:auto;width:fit-content;min-width:min(100%,38rem);max-width:100%;border:solid var(--ink);border-width:1.5px 0}
.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;min-width:100%;font-size:.88rem;line-height:1.4;font-variant-numeric:tabular-nums}
th,td{padding:.36rem .6rem;text-align:left;vertical-align:top;font-weight:400;border-top:1px solid var(--faint)}
tr>:first-child{padding-left:.2rem}
tr>:last-child{padding-right:.2rem}
thead th{border-top:0;border-bottom:1px solid var(--line);font-weight:650;vertical-align:bottom;white-space:nowrap}
.count,.decimal,.significant,.pValue{text-align:right;white-space:nowrap}
.estimate,.interval{white-space:nowrap}
.bounds{display:block;color:var(--second);font-size:.84em}
.name{font:400 .94em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace}
thead .name{font:inherit;font-weight:650}
td.text,th.text[scope=row]{min-width:6rem;max-width:32rem;overflow-wrap:break-word}
.group th{padding-top:.8rem;font-weight:650;border-top:1px solid var(--line)}
tbody tr:first-child>*{border-top:0}
.note{margin:.4rem 0 0;font-size:.84rem;line-height:1.5;max-width:none;overflow-wrap:anywhere}
.from{margin:1.2rem 0 0;font-size:.8rem;color:var(--second);max-width:none;overflow-wrap:anywhere}
.from code{font-size:.95em}
.account span[data-steps]:after{content:' [' attr(data-steps) ']';color:var(--second);font:400 .72em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;overflow-wrap:anywhere}
.account{max-width:52rem}
.account h3{margin:1.4rem 0 .4rem;font-size:1rem;font-weight:650}
sup{font-size:.72em;line-height:0}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:2rem 2.5rem;margin:1.6rem 0 0}
figure{margin:0;min-width:0;max-width:29rem;break-inside:avoid}
.drawing svg{display:block;width:100%;height:auto}
figcaption{margin-top:.6rem;font-size:.86rem;line-height:1.5;color:var(--second);overflow-wrap:anywhere}
figcaption b{color:var(--ink)}
.limitations{margin:.6rem 0;padding-left:1.2rem;max-width:46rem}
.limitations li{margin:.35rem 0;overflow-wrap:anywhere}
footer{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.85rem}
@media (max-width:48rem){.sheet{margin:0;padding:1.5rem 1rem 2.5rem;border:0;border-radius:0}h1{font-size:1.55rem}section{margin-top:2.4rem}body{background:var(--sheet)}.facts{grid-template-columns:repeat(auto-fit,minmax(min(100%,7.5rem),1fr));gap:.7rem 1rem}tr>.text:first-child{position:sticky;left:0;max-width:9rem;background:var(--sheet)}}
@media print{@page{size:A4;margin:13mm 14mm}
html{font-size:9.2pt}body{background:#fff;line-height:1.45}.sheet{max-width:none;margin:0;padding:0;border:0}nav,.up{display:none}
details::details-content{content-visibility:visible}summary{list-style:none;break-after:avoid}summary::-webkit-details-marker{display:none}h2{break-after:avoid}div.short{break-inside:avoid}section{margin-top:7mm}.table{margin:3.5mm 0}.from{margin-top:2mm}p{margin:1.2mm 0}.set{border:0;padding:0}.caption{break-after:avoid}a{color:inherit;text-decoration:none}
.scroll{overflow:visible;background:none;min-width:60%}table{font-size:.78rem;line-height:1.3}th,td{padding:.55mm 1.2mm}.dense table{font-size:.66rem}.dense th,.dense td{padding:.5mm .7mm}.dense thead th{white-space:normal}.group th{padding-top:1.4mm}.versions,.facts code{font-size:.8rem}thead{display:table-header-group}tr{break-inside:avoid}.group{break-after:avoid}td.text,th.text[scope=row]{min-width:0}
.figures{grid-template-columns:1fr 1fr;gap:5mm 8mm;margin-top:4mm}figcaption{font-size:.8rem;line-height:1.35;margin-top:1.5mm}figure{max-width:none}.banner,.warning{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
}
