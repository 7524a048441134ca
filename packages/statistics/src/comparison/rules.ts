/** How the test of one variable between two groups is chosen. */
export interface ComparisonRules {
  /** `auto`: the t test where the values are normal in both groups, the Mann-Whitney test elsewhere. Default `auto`. */
  readonly numbers?: 'auto' | 't' | 'mann-whitney';
  /** Which t test: without or with the assumption of equal variances. Default `welch`. */
  readonly variances?: 'welch' | 'student';
  /** Values are called normal where the Shapiro-Wilk P is at least this. Default 0.05. */
  readonly normality?: number;
  /** Chi-squared always, or Fisher's exact test where an expected count is below 5. Default `fisher-if-expected<5`. */
  readonly counts?: 'pearson' | 'fisher-if-expected<5';
  /** Continuity correction of the chi-squared test; `auto`: of 2 × 2 tables, as R. Default `auto`. */
  readonly yates?: 'auto' | 'on' | 'off';
  /** Level at which the variants of a test are compared. Default 0.05. */
  readonly alpha?: number;
}

/** A test that a variable was compared by. */
export type ComparisonTest = 'welch' | 'student' | 'mann-whitney' | 'pearson' | 'yates' | 'fisher';
