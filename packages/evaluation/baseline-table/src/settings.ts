/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly columns: readonly string[];
  readonly measure: Readonly<Record<string, 'number' | 'counts'>>;
  readonly numbers: 'auto' | 't' | 'mann-whitney';
  readonly variances: 'welch' | 'student';
  readonly normality: number;
  readonly counts: 'pearson' | 'fisher-if-expected<5';
  readonly yates: 'auto' | 'on' | 'off';
  readonly alpha: number;
  readonly decimals: number;
}
