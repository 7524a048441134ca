import { classifier } from './classifier.js';
import { featureFamily } from './feature-family.js';
import { filter } from './filter.js';
import { selector } from './selector.js';
import { transform } from './transform.js';

/** Source files of a new package, by kind. */
export const sources = { 'feature-family': featureFamily, filter, transform, selector, classifier };
