import { accountOf } from '../account/account.js';
import { methods as partsOf, type MethodsPart } from '../account/methods.js';
import { html, type Html } from '../html.js';
import { type Language, languages, texts } from '../language.js';
import type { Section } from '../section.js';
import { words } from '../words/index.js';

const text = texts({
  en: {
    title: 'Methods',
    intro: 'Written from the run, for the authors to build on. In small print after each sentence: the steps that its facts come from (not copied with the text).',
    other: '中文',
    missing: 'the steps of the workflow were not given',
  },
  zh: {
    title: '方法',
    intro: '由本次运行自动生成，供作者修改使用。每句后的小字为其依据的步骤（复制文字时不包含）。',
    other: 'English',
    missing: '未提供工作流程步骤',
  },
});

export const methods: Section = {
  id: 'methods',
  title: { en: text.en.title, zh: text.zh.title },
  available: (results) => accountOf(results) !== undefined || { en: text.en.missing, zh: text.zh.missing },
  render: (results, { language }) => {
    const parts = partsOf(accountOf(results)!);
    const other = languages.find((name) => name !== language)!;
    return [
      { kind: 'prose', html: html`<p class="second">${text[language].intro}</p>` },
      { kind: 'prose', html: written(parts, language) },
      { kind: 'prose', html: html`<div lang="${other === 'zh' ? 'zh-CN' : 'en-GB'}"><h3>${text[language].other}</h3>${written(parts, other)}</div>` },
    ];
  },
};

/** Paragraphs; the style sheet prints the steps behind each sentence, so that copied text is without them. */
function written(parts: readonly MethodsPart[], language: Language): Html {
  const sentences = (part: MethodsPart) => part.sentences.map(({ said, steps }, i) => html`${i > 0 && language === 'en' && ' '}<span data-steps="${shortened(steps)}" title="${steps.join(' ')}">${words[language].sentence(said[language])}</span>`);
  return html`<div class="account">${parts.map((part) => html`<p><b>${part.heading[language]}${language === 'zh' ? '　' : '. '}</b>${sentences(part)}</p>`)}</div>`;
}

const most = 6;

function shortened(steps: readonly string[]): string {
  return [...steps.slice(0, most), ...(steps.length > most ? ['…'] : [])].join(' ');
}
