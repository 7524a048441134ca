/** A colour on white paper and its partner on a dark screen. */
export interface Tone {
  readonly light: string;
  readonly dark: string;
}

/** How one series of a figure looks: colour, dash and marker all differ, so that it is known in grey too. */
export interface SeriesStyle extends Tone {
  /** `stroke-dasharray`; solid where undefined. */
  readonly dash?: string;
  readonly symbol: 'circle' | 'square' | 'triangle' | 'diamond' | 'times' | 'star' | 'plus' | 'wye';
}

/** Hues that the common colour-vision deficiencies keep apart (after Okabe & Ito 2008), with a contrast of 3 on white and neighbours of different lightness. */
const series: readonly SeriesStyle[] = [
  { light: '#0a4b84', dark: '#6cb6f5', symbol: 'circle' },
  { light: '#dd6b0d', dark: '#ff9d5c', symbol: 'square', dash: '7 4' },
  { light: '#12855f', dark: '#4fd1ad', symbol: 'triangle', dash: '2 3' },
  { light: '#6a2c82', dark: '#d99be2', symbol: 'diamond', dash: '9 3 2 3' },
  { light: '#a67c00', dark: '#e0c04d', symbol: 'times', dash: '4 2' },
  { light: '#b3124e', dark: '#ff86ad', symbol: 'star', dash: '12 4' },
  { light: '#3f4a56', dark: '#b9c4d0', symbol: 'plus', dash: '1 3' },
  { light: '#2f96b4', dark: '#80d8ef', symbol: 'wye', dash: '8 2 2 2 2 2' },
];

export const tones = {
  /** Lines and marks of second rank; texts of second rank. */
  muted: { light: '#68727d', dark: '#9aa5b1' },
  /** Many thin lines behind those that matter. */
  faint: { light: '#b9c1ca', dark: '#4d5762' },
  /** Grid and frames. */
  grid: { light: '#dfe3e8', dark: '#343c45' },
  /** Filled boxes and bars. */
  soft: { light: '#eef2f6', dark: '#252c34' },
  /** The paper, inside hollow markers. */
  surface: { light: '#fffffe', dark: '#14181d' },
} as const satisfies Readonly<Record<string, Tone>>;

/** From low to high: pale to dark on paper, dim to bright on a dark screen; one hue, so that it is the same in grey. */
export const ramp: readonly Tone[] = [
  { light: '#e8f1fa', dark: '#1d3047' },
  { light: '#a9cbe9', dark: '#2f557d' },
  { light: '#5f9fd4', dark: '#4c86bf' },
  { light: '#2467a6', dark: '#84b6e6' },
  { light: '#0b3766', dark: '#dcecfb' },
];

/** From −1 to 1: blue, paper, orange; paler towards the middle. Signs must be told in words or marks besides: in grey both ends are dark. */
export const diverging: readonly Tone[] = [
  { light: '#1f5f9e', dark: '#79b4ee' },
  { light: '#6ba2d2', dark: '#4679a8' },
  { light: '#b4d1ea', dark: '#2c4763' },
  { light: '#f3f4f5', dark: '#20262d' },
  { light: '#fbd3b0', dark: '#5e3f26' },
  { light: '#ef9a54', dark: '#a4622b' },
  { light: '#c4570a', dark: '#f79a55' },
];

/** Looks repeat after eight series; figures with more say so in words. */
export function seriesStyle(index: number): SeriesStyle {
  return series[index % series.length];
}

export const seriesStyles = series.length;

/** Style rules that give every drawn colour its dark partner; the drawings themselves keep the colours of paper. */
export function darkFigureRules(): string {
  const tonesOf: readonly Tone[] = [...series, ...Object.values(tones), ...ramp, ...diverging];
  return tonesOf.map(({ light, dark }) => `figure [stroke="${light}"]{stroke:${dark}}figure [fill="${light}"]{fill:${dark}}`).join('\n');
}
