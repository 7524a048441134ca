export { type ContractOptions, describeContract, type Example } from './contract.js';
export { closeTo, type Tolerance } from './matchers.js';
export { ballMask, exampleRegion, exampleTable, exampleVolume, testContext } from './examples.js';
