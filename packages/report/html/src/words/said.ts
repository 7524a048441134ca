/**
 * What evaluations and other steps say in English, in Chinese: a sentence that is listed here is told in the report's language, with its own
 * numbers and names; any other stays as it was said.
 */
const sentences: readonly (readonly [english: RegExp, chinese: string])[] = [
  // Tests of Table 1 and of single variables
  [/^(.+): whether P is below (\S+) depends on the test \((.+)\); the table gives (\S+), (\S+)\.$/, '$1：P 是否小于 $2 取决于所用检验（$3）；表中为 $4，$5。'],
  [/^(.+) has no P: (.+)\.$/, '$1 无 P 值：$2。'],
  [/^none: (.+)$/, '无：$1'],
  [/^all values are equal$/, '所有取值相同'],
  [/^the values hardly vary$/, '取值几乎不变'],
  [/^no row has a value$/, '没有任何取值'],
  [/^no row (with|without) the event has a value$/, '其中一组没有任何取值'],
  // Discrimination, calibration, decision curves
  [/^(\d+) rows are of (\d+) patients, as several folds predict the same case: intervals and tests count each patient once\.$/, '$1 行来自 $2 名患者（同一病例由多折预测）：区间与检验中每名患者只计一次。'],
  [/^(\d+) rows are of (\d+) patients, as some patients have several cases: intervals and tests count each patient once\.$/, '$1 行来自 $2 名患者（部分患者有多个病例）：区间与检验中每名患者只计一次。'],
  [/^(\d+) rows are of (\d+) patients, as several folds predict the same case and some patients have several cases: intervals and tests count each patient once\.$/, '$1 行来自 $2 名患者（同一病例由多折预测，且部分患者有多个病例）：区间与检验中每名患者只计一次。'],
  [/^At an AUC of (\S+) on these rows DeLong’s variance is 0 and no resample differs: the intervals have no width and say nothing about the uncertainty\.$/, '这些病例上 AUC 为 $1，DeLong 方差为 0，各次重抽样均无差别：区间没有宽度，不反映不确定性。'],
  [/^One class has a single row, or rows of a single patient: DeLong’s variance is not defined\.$/, '其中一类只有一例，或仅来自一名患者，DeLong 方差无定义。'],
  [/^All (\d+) rows are (with|without) the event: nothing can be told apart\.$/, '全部 $1 例属同一类结局，无从区分。'],
  [/^All (\d+) rows have the same outcome(?:: nothing can be told apart)?\.$/, '全部 $1 例结局相同。'],
  [/^All rows have the same outcome: there is nothing to gain over\.$/, '全部病例结局相同，无从比较。'],
  [/^All rows have the same probability: there is no (slope|curve)\.$/, '全部病例的预测概率相同，无法得出斜率或曲线。'],
  [/^The probabilities part the rows with the event from those without: the slope is infinite\.$/, '预测概率将两类结局完全分开，斜率为无穷大。'],
  [/^(\d+) of (\d+) rows are predicted with probability 0 or 1; their logit is infinite, and intercept, slope and calibration in the large are without them\.$/, '$2 例中有 $1 例的预测概率为 0 或 1，其 logit 为无穷大，截距、斜率与总体校准的计算未包括这些病例。'],
  [/^(\d+) of (\d+) rows have no probability\.$/, '$2 例中有 $1 例没有预测概率。'],
  [/^A row has no probability\.$/, '有病例没有预测概率。'],
  [/^There are neither events nor positive calls\.$/, '既无事件，也无判为阳性者。'],
  [/^All rows are of one class or were called alike\.$/, '全部病例属同一类结局，或判定结果相同。'],
  [/^There are no rows called positive\.$/, '没有判为阳性的病例。'],
  [/^There are no rows called negative\.$/, '没有判为阴性的病例。'],
  [/^There are no rows with the event\.$/, '没有发生事件的病例。'],
  [/^There are no rows without the event\.$/, '没有未发生事件的病例。'],
  [/^There are no rows\.$/, '没有病例。'],
  [/^No event is expected\.$/, '预期事件数为 0。'],
  [/^NRI and IDI need rows with and without the event\.$/, 'NRI 与 IDI 需要两类结局的病例。'],
  [/^(\d+) rows that only one of (.+) and (.+) predicted are left out\.$/, '$2 与 $3 中仅有一个模型预测的 $1 例未纳入。'],
  [/^bootstrap \(stratified, (\d+)\)$/, '分层自助法，$1 次'],
  [/^bootstrap \(cases, (\d+)\)$/, '按病例的自助法，$1 次'],
  [/^DeLong, paired$/, '配对 DeLong 法'],
  [/^(.+), by patient$/, '$1，按患者'],
  [/^(DeLong|Wilson|Wald)$/, '$1 法'],
  // Selection and explanation
  [/^No predictor is left\.$/, '没有保留任何变量。'],
  [/^The model uses no feature: there is nothing to explain\.$/, '模型未使用任何特征，无可解释。'],
  [/^The model did not predict the coalitions, and its SHAP values cannot be read off it\.$/, '模型未预测各联盟，也无法直接读出 SHAP 值。'],
  // Why steps failed
  [/^All (\d+) candidates failed\. The first, (\S+): (.+)$/, '全部 $1 个候选均失败。第一个（$2）：$3'],
  [/^(\S+) needs the predictions of at least one member, and they are not there\.$/, '$1 需要至少一个成员模型的预测，但均未得到。'],
  [/^(\d+) patients (with|without) the event cannot be dealt into (\d+) folds\.$/, '其中一类结局仅 $1 名患者，无法分成 $3 折。'],
  [/^Use at most (\d+) folds, or set stratify: false\.$/, '折数不超过 $1，或设 stratify: false。'],
  [/^(\d+) folds need (\d+) training rows (with|without) the event, and there are (\d+)\.$/, '$1 折要求其中一类结局至少有 $2 例训练病例，而仅有 $4 例。'],
  [/^Use at most (\d+) folds\.$/, '折数不超过 $1。'],
  [/^Set folds to at most (\d+)\.$/, '将 folds 设为不超过 $1。'],
  [/^(\d+) neighbours and the next one are needed, and there are (\d+) training rows\.$/, '需要 $1 个近邻及其后一个，而训练病例仅 $2 例。'],
  [/^Set k to at most (\d+)\.$/, '将 k 设为不超过 $1。'],
  [/^The row has no (\S+)\.$/, '该行没有 $1。'],
  [/^Fill in the column (\S+) of the cohort table\.$/, '在队列表中填写 $1 列。'],
];

/** In Chinese where the sentence is known; what it holds in another sentence (a cause, a reason) is told in Chinese too. */
export function inChinese(text: string): string {
  for (const [english, chinese] of sentences) {
    const found = english.exec(text);
    if (found !== null) return chinese.replaceAll(/\$(\d)/g, (_, group: string) => (found[Number(group)] === text ? text : inChinese(found[Number(group)] ?? '')));
  }
  return text;
}
