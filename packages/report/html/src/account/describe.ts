import type { Bilingual } from '../language.js';
import { number, numberList, text } from '../reading/plain.js';
import { settingText } from '../sections/settings.js';
import { nameOf, words } from '../words/index.js';
import { type ImageChain, imageTypeOf, pluginName, type Step } from './run.js';

/** A phrase in both languages. */
export const both = (en: string, zh: string): Bilingual => ({ en, zh });

/** The same words in both: numbers, names. */
export const same = (value: string): Bilingual => ({ en: value, zh: value });

/** Phrases joined as each language lists things. */
export function listed(phrases: readonly Bilingual[]): Bilingual {
  return both(words.en.listed(phrases.map(({ en }) => en)), words.zh.listed(phrases.map(({ zh }) => zh)));
}

/** Phrases joined by semicolons. */
export function joined(phrases: readonly Bilingual[]): Bilingual {
  return both(phrases.map(({ en }) => en).join('; '), phrases.map(({ zh }) => zh).join('；'));
}

/** A phrase for every image; said once where all say the same, else with the image's name. */
export function everyChain(chains: readonly ImageChain[], say: (chain: ImageChain) => Bilingual): Bilingual {
  const said = chains.map((chain) => ({ chain, phrase: say(chain) }));
  if (said.every(({ phrase }) => phrase.en === said[0].phrase.en)) return said[0]?.phrase ?? same('');
  return joined(said.map(({ chain, phrase }) => both(`${chain.name ?? ''}: ${phrase.en}`, `${chain.name ?? ''}：${phrase.zh}`)));
}

const interpolators: Readonly<Record<string, Bilingual>> = {
  nearest: both('nearest neighbour', '最近邻'),
  linear: both('linear', '线性'),
  bspline: both('cubic B-spline', '三次 B 样条'),
  gaussian: both('Gaussian', '高斯'),
};

export function interpolator({ params }: Step): Bilingual {
  const name = text(params.interpolator) ?? '';
  const order = /^bspline(\d)$/.exec(name)?.[1];
  return interpolators[name] ?? (order === undefined ? same(name) : both(`B-spline of order ${order}`, `${order} 次 B 样条`));
}

/** Voxel size after resampling; 0 keeps the original's. */
export function voxelSize({ params }: Step): Bilingual | undefined {
  const spacing = numberList(params.spacing);
  if (spacing === undefined) return undefined;
  const part = (value: number) => (value === 0 ? both('original', '原始') : same(String(value)));
  return both(`${spacing.map((value) => part(value).en).join(' × ')} mm`, `${spacing.map((value) => part(value).zh).join(' × ')} mm`);
}

export function resampling({ resample }: ImageChain): Bilingual {
  const size = resample === undefined ? undefined : voxelSize(resample);
  if (resample === undefined || size === undefined) return both('images were used at their own resolution, without resampling', '图像未重采样，保持原始分辨率');
  const method = interpolator(resample);
  return both(`images were resampled to voxels of ${size.en} by ${method.en} interpolation and masks by nearest neighbour`, `图像以${method.zh}插值、掩膜以最近邻插值重采样为 ${size.zh} 体素`);
}

export function normalisation({ normalise }: ImageChain): Bilingual | undefined {
  if (normalise === undefined) return undefined;
  const { scale, removeOutliers } = normalise.params;
  const limit = number(removeOutliers);
  return both(
    `intensities of each whole image were centred at their mean and divided by their standard deviation (multiplied by ${String(scale)})${limit === undefined ? '' : `, limited to ${limit} standard deviations`}`,
    `对整幅图像的灰度减去均值并除以标准差（乘以 ${String(scale)}）${limit === undefined ? '' : `，超出 ${limit} 个标准差的值取该界限`}`,
  );
}

export function resegmentation({ resegment }: ImageChain): Bilingual | undefined {
  const range = numberList(resegment?.params.range);
  if (resegment === undefined || range === undefined) return undefined;
  const mode = text(resegment.params.mode);
  const unit = mode === 'sigma' ? both('standard deviations from the region’s mean', '个标准差（距感兴趣区均值）') : mode === 'relative' ? both('of the region’s maximum', '（相对于感兴趣区最大值）') : same('');
  const [low, high] = range;
  return both(
    `voxels ${high === undefined ? `of at least ${low}` : `from ${low} to ${high}`}${unit.en === '' ? '' : ` ${unit.en}`} were kept`,
    `保留灰度${high === undefined ? `不低于 ${low}` : `在 ${low} 至 ${high} 之间`}${unit.zh}的体素`,
  );
}

/** Of the original image, and of the others where they differ. */
export function discretisation({ discretise }: ImageChain): Bilingual {
  const one = ({ params }: Step) => {
    const count = number(params.binCount);
    return count === undefined ? both(`a fixed bin width of ${String(params.binWidth)}`, `固定组宽 ${String(params.binWidth)}`) : both(`a fixed number of ${count} bins`, `固定组数 ${count}`);
  };
  const ways = new Map<string, { phrase: Bilingual; images: string[] }>();
  for (const step of discretise) {
    const phrase = one(step);
    const found = ways.get(phrase.en);
    if (found === undefined) ways.set(phrase.en, { phrase, images: [imageTypeOf(step)] });
    else found.images.push(imageTypeOf(step));
  }
  const all = [...ways.values()];
  return all.length === 1 ? all[0].phrase : listed(all.map(({ phrase, images }) => both(`${phrase.en} (${images.join(', ')})`, `${phrase.zh}（${images.join('、')}）`)));
}

const filterNames: Readonly<Record<string, Bilingual>> = {
  log: both('Laplacian of Gaussian', '高斯拉普拉斯（LoG）'),
  wavelet: both('wavelet', '小波'),
  square: both('square', '平方'),
  squareroot: both('square root', '平方根'),
  logarithm: both('logarithm', '对数'),
  exponential: both('exponential', '指数'),
  gradient: both('gradient', '梯度'),
  lbp2d: both('local binary pattern (2D)', '局部二值模式（二维）'),
  lbp3d: both('local binary pattern (3D)', '局部二值模式（三维）'),
};

/** `Laplacian of Gaussian (σ 2, 4 mm)`; other filters with all their settings. */
export function filter(step: Step): Bilingual {
  const name = pluginName(step);
  const called = filterNames[name] ?? same(name);
  if (name === 'log') {
    const sigma = Array.isArray(step.params.sigma) ? step.params.sigma.map(String).join(', ') : '';
    return both(`${called.en} (σ ${sigma} mm)`, `高斯拉普拉斯（LoG，σ ${sigma.replaceAll(', ', '、')} mm）`);
  }
  if (name === 'wavelet') {
    const { wavelet, level, startLevel, force2D } = step.params;
    const more = both(force2D === true ? ', within slices' : '', force2D === true ? '，层内' : '');
    const start = number(startLevel) ?? 0;
    return both(`undecimated ${called.en} transform (${String(wavelet)}, ${String(level)} level${level === 1 ? '' : 's'}${start > 0 ? ` from level ${start}` : ''}${more.en})`, `非抽取${called.zh}变换（${String(wavelet)}，${String(level)} 层${start > 0 ? `，自第 ${start} 层` : ''}${more.zh}）`);
  }
  return withSettings(called, step.params);
}

/** The image types that features are computed on. */
export function imageTypes(chain: ImageChain): Bilingual {
  const original = chain.discretise.some((step) => imageTypeOf(step) === 'original');
  return listed([...(original ? [both('the original image', '原始图像')] : []), ...chain.filters.map(filter)]);
}

/** One family with the number of its features, on how many images. */
export interface FamilyCount {
  readonly family: string;
  readonly features: number;
  readonly images: number;
}

export function familyCounts({ families }: ImageChain): FamilyCount[] {
  const found = new Map<string, FamilyCount>();
  for (const step of families) {
    const family = pluginName(step);
    const features = Array.isArray(step.params.include) ? step.params.include.length : 0;
    found.set(family, { family, features, images: (found.get(family)?.images ?? 0) + 1 });
  }
  return [...found.values()];
}

export function families(chain: ImageChain): Bilingual {
  return listed(
    familyCounts(chain).map(({ family, features, images }) => {
      const name = (language: 'en' | 'zh') => nameOf(words[language].families, family === 'shape2d' ? 'shape2D' : family);
      return both(`${name('en')} ${features}${images > 1 ? ` on each of ${images} images` : ''}`, `${name('zh')} ${features} 个${images > 1 ? `（${images} 种图像各算一次）` : ''}`);
    }),
  );
}

export function split({ plugin, params }: Step): Bilingual {
  const stratified = params.stratify === true;
  switch (pluginName({ plugin })) {
    case 'hold-out':
      return both(`at random${stratified ? ', stratified by outcome,' : ''} into a training set (${percent(params.proportion)}) and a test set`, `${stratified ? '按结局分层' : ''}随机划分为训练集（${percent(params.proportion)}）与测试集`);
    case 'k-fold':
      return both(
        `${Number(params.repeats) > 1 ? `${String(params.repeats)} times ` : ''}into ${String(params.folds)} folds at random${stratified ? ', stratified by outcome' : ''}, each fold being the test set of a model chain fitted on the others`,
        `${Number(params.repeats) > 1 ? `重复 ${String(params.repeats)} 次` : ''}${stratified ? '按结局分层' : ''}随机划分为 ${String(params.folds)} 折，每折依次作为测试集，其余各折用于训练`,
      );
    case 'leave-one-group-out':
      return both(`by ${String(params.column)}, each group being the test set of a model chain fitted on the others`, `按 ${String(params.column)} 分组，每组依次作为测试集，其余各组用于训练`);
    case 'external':
      return both(`by ${String(params.column)}: ${settingText(params.external, words.en)} as external test set, all others as training set`, `按 ${String(params.column)} 划分：${settingText(params.external, words.zh)} 为外部测试集，其余为训练集`);
    case 'bootstrap':
      return both(`by ${String(params.samples)} bootstrap samples${stratified ? ', stratified by outcome' : ''}, the cases not drawn being the test set`, `进行 ${String(params.samples)} 次自助抽样${stratified ? '（按结局分层）' : ''}，未抽中的病例作为测试集`);
    default:
      return withSettings(same(pluginName({ plugin })), params);
  }
}

const percent = (value: unknown) => (typeof value === 'number' ? `${Number((value * 100).toFixed(1))}%` : '');

/** The names of models as the report prints them. */
export function modelNames(names: readonly string[]): Bilingual {
  return listed(names.map((name) => both(nameOf(words.en.models, name), nameOf(words.zh.models, name))));
}

/** A name with all settings in brackets. */
export function withSettings(name: Bilingual, params: Step['params']): Bilingual {
  const given = (language: 'en' | 'zh') => settingText(params, words[language]);
  return Object.keys(params).length === 0 ? name : both(`${name.en} (${given('en')})`, `${name.zh}（${given('zh')}）`);
}
