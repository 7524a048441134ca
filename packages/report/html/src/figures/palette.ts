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

/** Looks repeat after eight series; figures with more say so in words. */
export function seriesStyle(index: number): SeriesStyle {
  return series[index % series.length];
}

export const seriesStyles = series.length;

/** Style rules that give every drawn colour its dark partner; the drawings themselves keep the colours of paper. */
export function darkFigureRules(): string {
  const tonesOf: readonly Tone[] = [...series, ...Object.values(tones)];
  return tonesOf.map(({ light, dark }) => `figure [stroke="${light}"]{stroke:${dark}}figure [fill="${light}"]{fill:${dark}}`).join('\n');
}
