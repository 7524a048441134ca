/** Share of the larger part of an interval in which the golden section cuts. */
const GOLDEN = (3 - Math.sqrt(5)) / 2;
const ROUNDING = Math.sqrt(Number.EPSILON);

/**
 * Where a function of one maximum in an interval has it, within about `tolerance`: Brent's (1973) method, parabolas through the best three
 * points and golden sections where these lead nowhere; start and stopping rule as R's optimize, so that its digits are reached.
 */
export function maximise(f: (x: number) => number, lower: number, upper: number, tolerance: number): number {
  let [low, high] = [lower, upper];
  let best = low + GOLDEN * (high - low);
  let bestValue = f(best);
  // The second and third best points; equal to the best until there are others.
  let [second, third] = [best, best];
  let [secondValue, thirdValue] = [bestValue, bestValue];
  let [step, earlierStep] = [0, 0];
  for (;;) {
    const middle = (low + high) / 2;
    const least = ROUNDING * Math.abs(best) + tolerance / 3;
    if (Math.abs(best - middle) <= 2 * least - (high - low) / 2) return best;
    const parabola = Math.abs(earlierStep) > least ? vertex(best, bestValue, second, secondValue, third, thirdValue) : undefined;
    const inside = parabola !== undefined && Math.abs(parabola) < Math.abs(earlierStep) / 2 && best + parabola > low && best + parabola < high;
    if (inside) {
      earlierStep = step;
      step = parabola;
      // Not too near the ends.
      if (best + step - low < 2 * least || high - (best + step) < 2 * least) step = best < middle ? least : -least;
    } else {
      earlierStep = best < middle ? high - best : low - best;
      step = GOLDEN * earlierStep;
    }
    const tried = best + (Math.abs(step) >= least ? step : step > 0 ? least : -least);
    const value = f(tried);
    if (value >= bestValue) {
      if (tried < best) high = best;
      else low = best;
      [third, thirdValue, second, secondValue, best, bestValue] = [second, secondValue, best, bestValue, tried, value];
      continue;
    }
    if (tried < best) low = tried;
    else high = tried;
    if (value >= secondValue || second === best) [third, thirdValue, second, secondValue] = [second, secondValue, tried, value];
    else if (value >= thirdValue || third === best || third === second) [third, thirdValue] = [tried, value];
  }
}

/** Step from a to the vertex of the parabola through three points; undefined where they are on a line. */
function vertex(a: number, fa: number, b: number, fb: number, c: number, fc: number): number | undefined {
  const towardsC = (a - b) * (fa - fc);
  const towardsB = (a - c) * (fa - fb);
  const bend = 2 * (towardsB - towardsC);
  return bend === 0 ? undefined : -((a - c) * towardsB - (a - b) * towardsC) / bend;
}
