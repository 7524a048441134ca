import type { Projection } from '../gram.js';
import type { Loss } from './loss.js';

/** Rows in order of time (events before censored rows of the same time) and the distinct event times. */
export interface RiskSets {
  readonly order: Int32Array;
  /** First place in `order` of the rows at risk at each event time, ascending. */
  readonly first: Int32Array;
  /** One past the last place whose time is before the next event time. */
  readonly until: Int32Array;
  /** Weight of the events at each event time. */
  readonly deaths: Float64Array;
}

/** A row censored at an event time is still at risk then. */
export function riskSets(time: Float64Array, status: Float64Array, weights: Float64Array): RiskSets {
  const n = time.length;
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((i, j) => time[i] - time[j] || status[j] - status[i] || i - j);
  const first: number[] = [];
  const deaths: number[] = [];
  order.forEach((row, place) => {
    if (status[row] === 0 || weights[row] === 0) return;
    const last = first.length - 1;
    if (last >= 0 && time[order[first[last]]] === time[row]) deaths[last] += weights[row];
    else {
      first.push(place);
      deaths.push(weights[row]);
    }
  });
  const until = first.map((_, k) => first[k + 1] ?? n);
  return { order, first: Int32Array.from(first), until: Int32Array.from(until), deaths: Float64Array.from(deaths) };
}

/** Σ_i w_i δ_i η_i − Σ_k d_k log Σ_{at risk} w e^η: the log partial likelihood with Breslow's (1974) rule for ties. */
export function partialLogLikelihood({ order, first, deaths }: RiskSets, status: Float64Array, weights: Float64Array, eta: ArrayLike<number>): number {
  let at = 0;
  let total = 0;
  let k = first.length - 1;
  for (let place = order.length - 1; place >= 0 && k >= 0; place--) {
    const row = order[place];
    at += weights[row] * Math.exp(bounded(eta[row]));
    if (status[row] === 1) total += weights[row] * eta[row];
    if (place === first[k]) total -= deaths[k--] * Math.log(at);
  }
  return total;
}

/** The value of a model that predicts the order of events perfectly. */
export function saturatedLogLikelihood({ deaths }: RiskSets): number {
  return -deaths.reduce((sum, d) => sum + d * Math.log(d), 0);
}

/**
 * Minus the log partial likelihood per unit of weight. Its second derivatives are diag(w e^η Σ_k d_k / S_k), the curvature, minus
 * Σ_k d_k m_k m_k' with m_k the weighted mean of the columns over the rows at risk: the projection.
 */
export function coxLoss(time: Float64Array, status: Float64Array, weights: Float64Array): Loss {
  const n = time.length;
  const sets = riskSets(time, status, weights);
  const { order, first, until, deaths } = sets;
  const risk = new Float64Array(first.length);
  const hazard = new Float64Array(n);
  const evaluate: Loss['evaluate'] = (eta, residual, curvature) => {
    let at = 0;
    let loss = 0;
    let k = first.length - 1;
    for (let place = n - 1; place >= 0; place--) {
      const row = order[place];
      hazard[row] = weights[row] * Math.exp(bounded(eta[row]));
      at += hazard[row];
      if (status[row] === 1) loss -= weights[row] * eta[row];
      if (k >= 0 && place === first[k]) {
        risk[k] = at;
        loss += deaths[k--] * Math.log(at);
      }
    }
    residual.fill(0);
    curvature.fill(0);
    let cumulative = 0;
    for (let s = 0; s < first.length; s++) {
      cumulative += deaths[s] / risk[s];
      for (let place = first[s]; place < until[s]; place++) {
        const row = order[place];
        curvature[row] = hazard[row] * cumulative;
        residual[row] = weights[row] * status[row] - curvature[row];
      }
    }
    return loss;
  };
  const frozenHazard = new Float64Array(n);
  const frozenRisk = new Float64Array(first.length);
  const projection: Projection = {
    rows: first.length,
    freeze() {
      frozenHazard.set(hazard);
      frozenRisk.set(risk);
    },
    project(z, from, out, to) {
      let at = 0;
      let k = first.length - 1;
      for (let place = n - 1; k >= 0; place--) {
        const row = order[place];
        at += frozenHazard[row] * z[from + row];
        if (place !== first[k]) continue;
        out[to + k] = (Math.sqrt(deaths[k]) * at) / frozenRisk[k];
        k--;
      }
    },
  };
  return {
    constantCurvature: false,
    projection,
    nullIntercept: 0,
    nullLoss: -partialLogLikelihood(sets, status, weights, new Float64Array(n)),
    saturatedLoss: -saturatedLogLikelihood(sets),
    evaluate,
  };
}

/** Keeps e^η finite. */
function bounded(eta: number): number {
  return eta > 700 ? 700 : eta < -700 ? -700 : eta;
}
