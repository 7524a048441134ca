export { describeContract } from './contract.js';
export { type CheckName, type ContractOptions, type Example, exampleRunProblems, type Problem, staticProblems } from './problems.js';
export { closeTo, type Tolerance } from './matchers.js';
export { ballMask, exampleRegion, exampleTable, exampleVolume, testContext } from './examples.js';
