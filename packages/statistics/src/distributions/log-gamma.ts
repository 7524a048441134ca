/** ζ(k) − 1 for k = 2, 3, …: coefficients of the series of log Γ about 2 (Abramowitz & Stegun 6.1.33, table 23.3). */
const ZETA_MINUS_ONE = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914, 0.008349277381922827,
  0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483,
  0.00012271334757848915, 6.124813505870483e-5, 3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6,
  3.81729326499984e-6, 1.908212716553939e-6, 9.539620338727962e-7, 4.769329867878064e-7, 2.38450502727733e-7,
  1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8, 1.4901554828365043e-8,
];
const ONE_MINUS_EULER = 0.42278433509846713;
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** B₂ₖ / (2k (2k − 1)), k = 1, 2, …: Stirling's series (Abramowitz & Stegun 6.1.40). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400, 43867 / 244188];

/** log Γ(2 + z) for |z| ≤ 1/2; exactly 0 at z = 0. */
function logGammaNearTwo(z: number): number {
  let sum = 0;
  for (let k = ZETA_MINUS_ONE.length + 1; k >= 2; k--) sum = -z * (sum + ZETA_MINUS_ONE[k - 2] / k);
  return z * (ONE_MINUS_EULER - sum);
}

/**
 * What Stirling's formula leaves out: log Γ(x) − [(x − ½) log x − x + ½ log 2π], for x > 0.
 *
 * Also log n! − log[√(2πn) (n/e)ⁿ] at x = n: the small correction in Loader's saddle-point densities (2000).
 */
export function stirlingRemainder(x: number): number {
  let lifted = 0;
  let at = x;
  for (; at < 10; at++) lifted += (at + 0.5) * Math.log1p(1 / at) - 1;
  const inverseSquare = 1 / (at * at);
  let series = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series * inverseSquare + STIRLING[k];
  return lifted + series / at;
}

/** log |Γ(x)|; infinite at 0, −1, −2, …; relative error about 1e-15 (absolute near the zeros left of 0). */
export function logGamma(x: number): number {
  if (Number.isNaN(x) || x === -Infinity) return NaN;
  if (x <= 0) {
    if (Number.isInteger(x)) return Infinity;
    return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * (x - Math.floor(x))))) - logGamma(1 - x);
  }
  if (x === Infinity) return Infinity;
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingRemainder(x);
  if (x < 0.5) return logGammaNearTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return logGammaNearTwo(x - 1) - Math.log(x);
  let product = 1;
  let at = x;
  for (; at > 2.5; at--) product *= at - 1;
  return logGammaNearTwo(at - 2) + Math.log(product);
}

/** log Γ(1 + a) for a in [0, 1], accurate to a's own size as a falls to 0. */
export function logGammaOnePlus(a: number): number {
  return a <= 0.5 ? logGammaNearTwo(a) - Math.log1p(a) : logGamma(1 + a);
}
