import { type Column, makeTable, random, type Table } from '@radloom/core';

/**
 * Clinical rows with the published margins of the study that examples/stroke-ht follows: Table 1 (56 patients with haemorrhagic transformation,
 * 54 without; of 13 variables the counts of either group) and the combinations of argatroban, heparin and atrial fibrillation that Table 2
 * determines. How the other variables go together is not known; here each is dealt by itself.
 */
export function strokeCohort(features = 0): Table {
  const patterns = [['0000', 14], ['0001', 2], ['0010', 9], ['0011', 2], ['0100', 18], ['0101', 4], ['0110', 4], ['0111', 1], ['1000', 23], ['1001', 12], ['1010', 3], ['1011', 1], ['1100', 10], ['1101', 6], ['1110', 1]] as const;
  const rows = patterns.flatMap(([pattern, count]) => Array.from({ length: count }, () => [...pattern].map(Number)));
  const column = (name: string, values: ArrayLike<number>): Column => ({ kind: 'numeric', name, values: Float64Array.from(values) });
  const joint = ['haemorrhagic_transformation', 'argatroban', 'heparin', 'atrial_fibrillation'].map((name, c) => column(name, rows.map((row) => row[c])));
  const stream = random([1, 9, 8, 4]);
  const dealt = margins.map(([name, yes, other]) => {
    const values = new Float64Array(rows.length);
    for (const [event, count] of [[1, yes], [0, other]]) {
      const members = rows.flatMap((row, i) => (row[0] === event ? [i] : []));
      for (const at of stream.permutation(members.length).subarray(0, count)) values[members[at]] = 1;
    }
    return column(name, values);
  });
  return makeTable({ rows: rows.map((_, i) => ({ id: `p${String(i + 1).padStart(3, '0')}` })), outcome: { column: 'haemorrhagic_transformation', event: '1' }, columns: [...joint, ...dealt, ...imagined(features, rows.map(([y]) => y))] });
}

const margins: readonly (readonly [name: string, yes: number, other: number])[] = [
  ['sex_male', 32, 37], ['aspirin', 19, 12], ['clopidogrel', 6, 8], ['dual_antiplatelet', 26, 29], ['sulodexide', 17, 20], ['hypertension', 41, 38], ['diabetes', 17, 17], ['coronary_heart_disease', 16, 9], ['cerebral_infarction', 20, 18], ['cerebral_haemorrhage', 4, 3],
];

export const clinicalNames = ['argatroban', 'heparin', 'atrial_fibrillation', ...margins.map(([name]) => name)];

/** Columns like radiomic features: every tenth is constant, every tenth nearly so, blocks of eight follow the first of them, the first two blocks follow the outcome. */
function imagined(count: number, y: readonly number[]): Column[] {
  const stream = random([2, 9, 8, 4]);
  let lead = new Float64Array(y.length);
  return Array.from({ length: count }, (_, f): Column => {
    const inBlock = f % 10;
    if (inBlock === 0) lead = Float64Array.from(y, (value) => stream.normal() + (f < 20 ? 1.1 * value : 0));
    const values = Float64Array.from(y, (_value, i) => {
      if (inBlock === 8) return 3;
      if (inBlock === 9) return i % 50 === 0 ? i : 0;
      return 10 ** (f % 5) * (lead[i] + (inBlock === 0 ? 0 : 0.1 * stream.normal()));
    });
    return { kind: 'numeric', name: `feature-${f + 1}`, values };
  });
}
