import { html, type Html } from '../html.js';
import { texts } from '../language.js';
import type { StudyFacts } from '../reading/facts.js';
import { taintedInShort } from '../reading/results.js';
import type { ReportContext } from '../section.js';

const text = texts({
  en: { packages: (count: string) => `${count} packages`, data: 'Data', plan: 'Plan', profile: 'Numerical profile', seed: 'Seed', versions: 'Versions', reproduce: 'To reproduce', tainted: (steps: string, others: string) => `As the study declares (as-published), these learned from rows outside the training set or depend on steps that did: ${steps}${others === '0' ? '' : `, and ${others} more steps`}. Their numbers carry †.` },
  zh: { packages: (count) => `${count} 个软件包`, data: '数据', plan: '计划', profile: '数值规范', seed: '随机种子', versions: '版本', reproduce: '复现命令', tainted: (steps, others) => `按声明（as-published），以下步骤在训练时使用了训练集以外的病例，或依赖于此类步骤：${steps}${others === '0' ? '' : `，另有 ${others} 个步骤`}。相关数值以 † 标出。` },
});

/** Title, what the report is not for, and where its numbers came from. */
export function header(study: StudyFacts, { language, words, numbers }: ReportContext): Html {
  const t = text[language];
  const fact = (name: string, value: string | Html | undefined) => html`<div><dt>${name}</dt><dd>${value ?? words.notGiven}</dd></div>`;
  return html`<header>
<p class="kind">${words.report}</p>
<h1>${study.title}</h1>
${study.description !== undefined && html`<p class="lead">${study.description}</p>`}
<p class="banner">${words.researchUse}</p>
${study.tainted.length > 0 && html`<p class="banner tainted">${t.tainted(words.listed(taintedInShort(study).named), numbers.count(taintedInShort(study).others))}</p>`}
<dl class="facts">
${fact(t.data, code(study.dataDigest && shortDigest(study.dataDigest), study.dataDigest))}
${fact(t.profile, study.profile)}
${fact(t.seed, study.seed === undefined ? undefined : code(String(study.seed)))}
</dl>
<dl class="facts long">
${fact(t.plan, code(study.planId))}
${fact(t.reproduce, code(study.reproduce))}
${fact(t.versions, versions(study.versions, (names) => t.packages(numbers.count(names))))}
</dl>
</header>`;
}

function code(value: string | undefined, whole?: string): Html | undefined {
  return value === undefined ? undefined : html`<code title="${whole ?? value}">${value}</code>`;
}

/** Twelve digits tell data sets apart; the whole digest stays in the element's title. */
const shortDigest = (digest: string) => digest.slice(0, 12);

/** Packages of one version together, for most of a release share it; their names folded. */
function versions(found: Readonly<Record<string, string>>, packages: (names: number) => string): Html | undefined {
  const byVersion = new Map<string, string[]>();
  for (const name of Object.keys(found).sort()) byVersion.set(found[name], [...(byVersion.get(found[name]) ?? []), name]);
  if (byVersion.size === 0) return undefined;
  return html`<ul class="versions">${[...byVersion].map(([version, names]) => html`<li>${names.length > 3 ? html`<details><summary><b>${version}</b> ${packages(names.length)}</summary>${names.join(', ')}</details>` : html`<b>${version}</b> ${names.join(', ')}`}</li>`)}</ul>`;
}
