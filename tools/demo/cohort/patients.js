import { digestOf, random, seedFromDigest } from '@radloom/core';
import { antiplatelet, counts, curves, groups, jointCounts, valuesAlong } from './published.js';

/** How far the hidden severities of the two outcomes lie apart, in standard deviations: an AUC of 0.84 at best. */
const SEPARATION = 1.4;

const DAY = 86400000;
const FIRST_SCAN = Date.UTC(2019, 0, 7);
const SCAN_DAYS = 1750;

/** A stream of random numbers for one purpose. */
export const streamFor = (...identity) => random(seedFromDigest(digestOf(identity)));

/**
 * The 110 patients in the order of their ids: what the table says, and what the scan is made from.
 *
 * @returns {{ id: string, row: Record<string, string | number>, scanDate: Date, severity: number, seed: unknown[] }[]}
 */
export function makePatients(seed) {
  const stream = streamFor(seed, 'patients');
  const patients = groups.flatMap((group, index) => makeGroup(group, index, stream));
  const order = stream.permutation(patients.length);
  const taken = new Set();
  return Array.from(order, (place, i) => {
    const id = `P${String(i + 1).padStart(3, '0')}`;
    const { severity, ...clinical } = patients[place];
    const scanDate = new Date(FIRST_SCAN + DAY * stream.integer(SCAN_DAYS));
    const name = inventName(stream, taken);
    const row = { id, image: `images/${id}`, mask: `masks/${id}.seg.nrrd`, name, birth_date: dateText(birthDate(scanDate, clinical.age, stream)), ...clinical };
    return { id, row, scanDate, severity, seed: [seed, id] };
  });
}

/** The variables of one outcome's patients; each column is dealt out on its own, the joint counts together. */
function makeGroup({ outcome, size }, index, stream) {
  const dealt = (values) => Array.from(stream.permutation(size), (place) => values[place]);
  const some = (count) => dealt(Array.from({ length: size }, (_, i) => (i < count ? 1 : 0)));
  const columns = Object.fromEntries(Object.entries(counts).map(([name, pair]) => [name, some(pair[index])]));
  const treatments = dealt(Object.entries(antiplatelet).flatMap(([name, pair]) => repeat(name, pair[index])).concat(repeat('none', size)).slice(0, size));
  const patterns = dealt(jointCounts.flatMap(([pattern, ...pair]) => repeat(pattern, pair[index])));
  const ages = dealt(valuesAlong(curves.age[index]));
  const scores = dealt(valuesAlong(curves.nihss[index]));
  const severities = dealt(Array.from({ length: size }, (_, i) => (outcome === 1 ? SEPARATION / 2 : -SEPARATION / 2) + normalQuantile((i + 0.5) / size)));
  return Array.from({ length: size }, (_, i) => {
    const { male, sulodexide, hypertension, ...history } = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[i]]));
    const [argatroban, heparin, atrialFibrillation] = [...patterns[i]].map(Number);
    return {
      age: ages[i],
      male,
      nihss: scores[i],
      ...Object.fromEntries(Object.keys(antiplatelet).map((name) => [name, treatments[i] === name ? 1 : 0])),
      heparin,
      argatroban,
      sulodexide,
      hypertension,
      ...history,
      atrial_fibrillation: atrialFibrillation,
      haemorrhagic_transformation: outcome,
      severity: severities[i],
    };
  });
}

const repeat = (value, count) => Array.from({ length: count }, () => value);

/** Quantile of the standard normal distribution by bisection of its density's integral; a handful of calls, no need to be fast. */
function normalQuantile(p) {
  let low = -6;
  let high = 6;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normalProbability(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Power series of the normal integral (Abramowitz & Stegun 26.2.11), good to double precision within six deviations. */
function normalProbability(x) {
  let term = x;
  let sum = x;
  for (let k = 1; k < 200; k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Somebody of that age on that day. */
function birthDate(day, age, stream) {
  const birthday = new Date(Date.UTC(day.getUTCFullYear() - age, day.getUTCMonth(), day.getUTCDate()));
  return new Date(birthday.getTime() - DAY * stream.integer(364));
}

export const dateText = (date) => date.toISOString().slice(0, 10);

const beginnings = ['Vos', 'Quil', 'Tarn', 'Ybel', 'Orsk', 'Drem', 'Halv', 'Zurn', 'Pell', 'Kess', 'Morv', 'Ulfr'];
const middles = ['tra', 'ome', 'indi', 'aru', 'ebo', 'ulle', 'iska', 'onda'];
const endings = ['kel', 'strom', 'wick', 'dahl', 'mere', 'gast', 'rand', 'lund'];
const givenNames = ['Ludmirel', 'Amarantis', 'Sivonde', 'Teodrik', 'Yorunn', 'Benedikta', 'Osvaldine', 'Fridolf', 'Casimira', 'Leontyn', 'Marzelle', 'Hedvigar'];

/** A name that nobody has, so that a search for it finds nothing else: surname and given name. */
function inventName(stream, taken) {
  const pick = (list) => list[stream.integer(list.length)];
  for (;;) {
    const name = `${pick(beginnings)}${pick(middles)}${pick(endings)} ${pick(givenNames)}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
