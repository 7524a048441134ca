/** ζ(k) − 1 for k = 2, 3, …: coefficients of the series of log Γ about 2 (Abramowitz & Stegun 6.1.33, table 23.3). */
const ZETA_MINUS_ONE = [
  0.64493406684822643647, 0.2020569031595942854, 0.082323233711138191516, 0.036927755143369926331, 0.017343061984449139715, 0.0083492773819228268398,
  0.0040773561979443393787, 0.0020083928260822144179, 0.00099457512781808533715, 0.0004941886041194645587, 0.00024608655330804829864,
  0.00012271334757848914675, 0.000061248135058704829259, 0.000030588236307020493552, 0.000015282259408651871733, 7.6371976378997622736e-6,
  3.8172932649998398565e-6, 1.9082127165539389257e-6, 9.5396203387279611315e-7, 4.7693298678780646312e-7, 2.3845050272773299e-7,
  1.1921992596531107307e-7, 5.9608189051259479612e-8, 2.9803503514652280186e-8, 1.4901554828365041235e-8,
];
const ONE_MINUS_EULER = 0.42278433509846713939;
const HALF_LOG_TWO_PI = 0.91893853320467274178;

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
