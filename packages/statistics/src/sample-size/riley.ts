import { normal } from '../distributions/normal.js';

export interface RileySettings {
  /** Share of events that is expected, 0 to 1. */
  readonly prevalence: number;
  /** Parameters that the model may use: all candidates, not those that were kept. */
  readonly parameters: number;
  /** Part of the largest possible Cox-Snell R² that the model is expected to reach; 0.15 where nothing is known. */
  readonly nagelkerke: number;
  /** Expected shrinkage of coefficients that is still accepted: 0.9. */
  readonly shrinkage: number;
}

export interface RileySize {
  /** Patients by which coefficients need shrink no further. */
  readonly shrinkage: number;
  /** Patients by which apparent and adjusted Nagelkerke R² differ by at most 0.05. */
  readonly optimism: number;
  /** Patients by which the overall risk is known to 0.05. */
  readonly risk: number;
  /** The largest of them. */
  readonly patients: number;
}

/**
 * Patients that a prediction model of a binary outcome needs, by the three criteria of Riley et al. (2019, Stat Med 38:1276; 2020, BMJ 368:m441,
 * boxes 1 to 3): with `R²max = 1 - (φ^φ (1-φ)^(1-φ))²` and `R² = nagelkerke R²max`,
 * shrinkage `p / ((S - 1) ln(1 - R²/S))`; optimism the same at `S = R² / (R² + 0.05 R²max)`; risk `(1.96 / 0.05)² φ (1 - φ)`.
 */
export function rileySize({ prevalence, parameters, nagelkerke, shrinkage }: RileySettings): RileySize {
  const most = largestCoxSnell(prevalence);
  const expected = nagelkerke * most;
  const patientsAt = (s: number): number => Math.ceil(parameters / ((s - 1) * Math.log(1 - expected / s)));
  const z = normal.upperQuantile(0.025);
  const sizes = { shrinkage: patientsAt(shrinkage), optimism: patientsAt(expected / (expected + 0.05 * most)), risk: Math.ceil((z / 0.05) ** 2 * prevalence * (1 - prevalence)) };
  return { ...sizes, patients: Math.max(...Object.values(sizes)) };
}

/** The Cox-Snell R² of a model that knows every outcome. */
export function largestCoxSnell(prevalence: number): number {
  return 1 - (prevalence ** prevalence * (1 - prevalence) ** (1 - prevalence)) ** 2;
}
