export { describeContract } from './contract.js';
export { contractProblems } from './problems.js';
export { type CheckName, checks, type ContractOptions, type Example, type Problem } from './problem.js';
export { closeTo, type Tolerance } from './matchers.js';
export { ballMask, exampleRegion, exampleTable, exampleVolume, testContext } from './examples.js';
