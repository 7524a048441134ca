/** What a second model's probabilities change against a first one's. */
export interface Reclassification {
  /** Events moved up less events moved down, as a share of the events; −1 to 1. */
  readonly eventsNri: number;
  /** Others moved down less others moved up, as a share of the others. */
  readonly othersNri: number;
  /** Their sum. */
  readonly nri: number;
  /** Integrated discrimination improvement: gain in the difference of mean probabilities between the classes. */
  readonly idi: number;
}

/**
 * Net reclassification improvement and integrated discrimination improvement of `second` over `first` (Pencina et al. 2008, 2011).
 *
 * @param cuts limits between risk categories; none (default) counts every change of probability, the continuous NRI
 */
export function reclassification(outcome: ArrayLike<number>, first: ArrayLike<number>, second: ArrayLike<number>, cuts: readonly number[] = []): Reclassification {
  const category = (p: number) => (cuts.length === 0 ? p : cuts.filter((cut) => p >= cut).length);
  const classes = [0, 1].map((wanted) => {
    let [rows, up, down, gain] = [0, 0, 0, 0];
    for (let i = 0; i < outcome.length; i++) {
      if (outcome[i] !== wanted) continue;
      rows++;
      const move = Math.sign(category(second[i]) - category(first[i]));
      if (move > 0) up++;
      if (move < 0) down++;
      gain += second[i] - first[i];
    }
    return { net: (up - down) / rows, gain: gain / rows };
  });
  const [others, events] = classes;
  return { eventsNri: events.net, othersNri: 0 - others.net, nri: events.net - others.net, idi: events.gain - others.gain };
}
